/**
 * What an operator decides: one TOML file, overridden by the environment, overridden by the command
 * line.
 *
 * <p>{@link org.skerry.server.settings.SettingsReader} reads all three and reports every problem at
 * once, with the place where it stands; {@link org.skerry.server.settings.Settings} is the result.
 * {@link org.skerry.server.settings.Setting} lists what there is, with defaults: the one place to
 * add another.
 */
@NullMarked
package org.skerry.server.settings;

import org.jspecify.annotations.NullMarked;
