/**
 * What the embedded engine costs, in JMH: the key layouts that were considered ({@link
 * org.skerry.bench.store.LayoutBenchmark}) and, once chosen, the engine beside raw RocksDB ({@link
 * org.skerry.bench.store.CommitBenchmark}); and what a thousand sites add to each write ({@link
 * org.skerry.bench.store.SubsetBenchmark}).
 *
 * <p>Wall time says little on a shared machine, and RocksDB works in threads of its own; so {@link
 * org.skerry.bench.store.ProcessCpu} adds the CPU of the whole process per operation to every
 * result. That is the figure to compare.
 */
@NullMarked
package org.skerry.bench.store;

import org.jspecify.annotations.NullMarked;
