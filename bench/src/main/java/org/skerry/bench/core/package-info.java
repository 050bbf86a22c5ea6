/**
 * JMH benchmarks of what every write passes through in {@code core}: parsing, hashing, and the
 * revision tree. Run with {@code bench/jmh bench.core -prof gc}.
 */
@NullMarked
package org.skerry.bench.core;

import org.jspecify.annotations.NullMarked;
