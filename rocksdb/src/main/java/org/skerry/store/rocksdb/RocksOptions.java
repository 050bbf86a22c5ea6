package org.skerry.store.rocksdb;

/**
 * What an operator may tune. Everything else is decided in {@link Family} and {@link Tables}, with
 * its reason.
 *
 * @param cacheBytes cache of blocks, indexes and filters. Bodies stand in it compressed, so 32 MB
 *     hold about 100,000 documents of 1 KB with nearly all that reading them by id needs
 * @param memtableBytes writes that are not yet in a table file, over all families
 * @param freeBytes with less room on the disk, documents and attachments are refused
 */
public record RocksOptions(long cacheBytes, long memtableBytes, long freeBytes) {
  /** For a clinic's laptop: a node that idles below 120 MB. */
  public static final RocksOptions DEFAULT = new RocksOptions(32L << 20, 24L << 20, 64L << 20);

  /** The same with another bound on the room that must stay. */
  public RocksOptions withFreeBytes(long bytes) {
    return new RocksOptions(cacheBytes, memtableBytes, bytes);
  }

  public RocksOptions {
    if (cacheBytes < 1 << 20 || memtableBytes < 1 << 20) {
      throw new IllegalArgumentException(
          "cache and memtables need at least 1 MB each: " + cacheBytes + ", " + memtableBytes);
    }
  }
}
