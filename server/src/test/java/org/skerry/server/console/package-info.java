/**
 * The console in a real browser, over a real node. {@link org.skerry.server.console.ConsoleCase} is
 * what tests extend; pictures of what they look at are left in {@code target/screenshots}.
 */
package org.skerry.server.console;
