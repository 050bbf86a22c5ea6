/**
 * The program: main, command line and configuration. The only place that wires modules together.
 */
@NullMarked
package org.skerry.server;

import org.jspecify.annotations.NullMarked;
