/**
 * The program: command line, configuration and wiring. Nothing else in the project names a store
 * engine and a server at once.
 *
 * <p>{@link org.skerry.server.Main} reads the command line, {@link org.skerry.server.Node} is one
 * running node: other Java programs may start one of their own.
 */
@NullMarked
package org.skerry.server;

import org.jspecify.annotations.NullMarked;
