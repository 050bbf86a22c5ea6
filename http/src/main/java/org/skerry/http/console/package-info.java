/**
 * The web console's files under {@code /_utils/}.
 *
 * <p>{@link org.skerry.http.console.ConsoleRoutes} is all that others see. The files themselves
 * stand in the module {@code console}, which may be left out; libraries for the browser come from
 * WebJars, of which only the files that {@code libraries.properties} names are served.
 *
 * <p>The demonstration's clinic is served the same way, from a folder of its own, by nodes that
 * were started for it.
 *
 * <p>What holds here: the files are for everybody, because they tell nothing of a node; a path is a
 * list of plain names, so that none leads out of the folder; a browser runs no script but those
 * files, and shows the console in nobody's frame.
 */
@NullMarked
package org.skerry.http.console;

import org.jspecify.annotations.NullMarked;
