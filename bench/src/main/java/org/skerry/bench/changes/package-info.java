/**
 * What a feed costs above the store, in JMH: reading it row by row ({@link
 * org.skerry.bench.changes.FeedBenchmark}), and waking those who wait for it ({@link
 * org.skerry.bench.changes.WakeBenchmark}).
 */
@NullMarked
package org.skerry.bench.changes;

import org.jspecify.annotations.NullMarked;
