/**
 * The node's configuration as CouchDB's API shows it: values under a section and a key, changeable
 * while the node runs.
 *
 * <p>{@link org.skerry.config.Configuration} lays three layers over each other: the program's
 * defaults, what the operator gave at the start (file, environment, command line), and what an
 * administrator changed since, which the store keeps. Keys that the program does not know are kept
 * like all others. Who uses a value asks for it each time, or {@linkplain
 * org.skerry.config.Configuration#derived derives} something from it that follows every change. A
 * {@link org.skerry.config.ConfigRule} refuses bad values, or keeps them in another form.
 *
 * <p>All types are safe for use by many threads; reading takes no lock.
 */
@NullMarked
package org.skerry.config;

import org.jspecify.annotations.NullMarked;
