package org.skerry.store.rocksdb;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.RocksDB;

/**
 * The column families. Their names are part of the format; the order in which they stand here is
 * not.
 *
 * <p>The figures that chose these settings are in docs/decisions/003-rocksdb-layout.md.
 */
enum Family {
  /** Names, counters, settings, dictionaries, local documents, blobs: small and few. */
  META("default", 8, CompressionType.LZ4_COMPRESSION),
  /** A document's leaves and recent history, by id. */
  HEADS("heads", 8, CompressionType.LZ4_COMPRESSION),
  /** A document's id and leaves, by the sequence of its last change. */
  CHANGES("changes", 8, CompressionType.LZ4_COMPRESSION),
  /**
   * Bodies by the sequence of their write. Each is compressed alone when it comes in; RocksDB must
   * not try again, and small blocks keep a random read cheap.
   */
  BODIES("bodies", 4, CompressionType.NO_COMPRESSION),
  /** Older parts of long histories; hashes do not compress. */
  HISTORY("history", 8, CompressionType.NO_COMPRESSION),
  /** Bodies that compaction may remove, by the sequence of their write. */
  SUPERSEDED("superseded", 8, CompressionType.LZ4_COMPRESSION),
  /** What sites get: labels, rows, members; see package {@code store.subset}. */
  SUBSETS("subsets", 8, CompressionType.LZ4_COMPRESSION),
  /** Attachments' bytes; most are compressed already. */
  CHUNKS("chunks", 64, CompressionType.NO_COMPRESSION);

  /** A database is moved to a new level as a few files of this size rather than one by one. */
  private static final long FILE_BYTES = 16L << 20;

  /** Half of the bound over all families, so that one busy family still has two memtables. */
  private static final long MEMTABLE_BYTES = 12L << 20;

  /** RocksDB's default of 1 MB a family would be most of an idle node's memtables. */
  private static final long ARENA_BYTES = 128L << 10;

  /** About 1 % of lookups of absent keys read a block in vain. */
  private static final double BLOOM_BITS = 10;

  /**
   * 10 bits for each of the hundred thousand heads that a memtable holds: a new document's id is
   * then looked up in 0.8 µs of CPU instead of 1.7.
   */
  private static final double MEMTABLE_BLOOM_RATIO = 0.02;

  /**
   * When a snapshot is let go, RocksDB rewrites each file of the last level that is younger, to
   * drop what was deleted while it was held and to write zeros in place of sequences: of documents
   * that were just loaded, all, and for nothing. A day later it may, where no merge did it before.
   */
  static final long SECONDS_UNTIL_REWRITTEN = Duration.ofDays(1).toSeconds();

  private final byte[] key;
  private final int blockKilobytes;
  private final CompressionType compression;

  Family(String name, int blockKilobytes, CompressionType compression) {
    this.key = name.getBytes(StandardCharsets.US_ASCII);
    this.blockKilobytes = blockKilobytes;
    this.compression = compression;
  }

  /** With what the Java binding has no method for. */
  static ColumnFamilyOptions options() {
    Properties named = new Properties();
    named.setProperty("bottommost_file_compaction_delay", Long.toString(SECONDS_UNTIL_REWRITTEN));
    return Objects.requireNonNull(ColumnFamilyOptions.getColumnFamilyOptionsFromProps(named));
  }

  ColumnFamilyDescriptor descriptor(Cache cache, BloomFilter filter, ColumnFamilyOptions options) {
    options
        .setTableFormatConfig(table(cache, filter))
        .setWriteBufferSize(MEMTABLE_BYTES)
        .setArenaBlockSize(ARENA_BYTES)
        .setMaxWriteBufferNumber(3)
        .setMemtablePrefixBloomSizeRatio(askedForAbsent() ? MEMTABLE_BLOOM_RATIO : 0)
        .setMemtableWholeKeyFiltering(askedForAbsent())
        .setLevelCompactionDynamicLevelBytes(true)
        .setTargetFileSizeBase(FILE_BYTES)
        .setMaxBytesForLevelBase(4 * FILE_BYTES)
        .setCompressionType(compression)
        .setBottommostCompressionType(compression);
    byte[] name = this == META ? RocksDB.DEFAULT_COLUMN_FAMILY : key;
    return new ColumnFamilyDescriptor(name, options);
  }

  private BlockBasedTableConfig table(Cache cache, BloomFilter filter) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true)
            .setOptimizeFiltersForMemory(true)
            .setFormatVersion(6)
            .setBlockSize((long) blockKilobytes << 10);
    if (askedForOne()) {
      table
          .setBlockRestartInterval(1)
          .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash);
    }
    return askedForAbsent() ? table.setFilterPolicy(filter) : table;
  }

  /**
   * Whether its records are mostly looked up one by one, in no order. Then each is found in its
   * block by a hash of its key, where otherwise those before it are walked over.
   */
  private boolean askedForOne() {
    return this == BODIES || this == HEADS;
  }

  /**
   * Whether keys are looked up that may not be there, as every new document's is. In the other
   * families whoever asks was told that the key exists, and filters would only take room.
   */
  private boolean askedForAbsent() {
    return this == HEADS || this == META || this == SUBSETS;
  }

  static BloomFilter filter() {
    return new BloomFilter(BLOOM_BITS, false);
  }
}
