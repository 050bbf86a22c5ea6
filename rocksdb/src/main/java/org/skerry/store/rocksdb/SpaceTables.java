package org.skerry.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.skerry.store.StoreException;
import org.skerry.store.ordered.DamagedException;

/**
 * RocksDB, opened the way derived data need it: one family, written in large batches without
 * waiting for the disk, compressed, small in memory. Any thread; whoever calls holds a {@link
 * Gate.Pass}.
 */
final class SpaceTables implements AutoCloseable {
  static {
    NativeLibrary.load();
  }

  /** Nodes of trees are about this large, and are read one by one. */
  private static final long BLOCK_BYTES = 8L << 10;

  /** A view of a hundred thousand rows, which is read as a whole to be grouped. */
  private static final long CACHE_BYTES = 24L << 20;

  private static final long MEMTABLE_BYTES = 8L << 20;
  private static final long ARENA_BYTES = 256L << 10;
  private static final long FILE_BYTES = 16L << 20;
  private static final long WAL_BYTES = 64L << 20;
  private static final double BLOOM_BITS = 10;

  /** The file that says why the folder has to be thrown away by the next opening. */
  private static final String CONDEMNED = "DAMAGED";

  private final Path folder;
  private final Path condemned;

  /** Told why a write was refused. Volatile: set once, before the first write. */
  private volatile Consumer<RuntimeException> refusals = refusal -> {};

  /** Volatile: replaced while nobody is inside, read by all who are. */
  private volatile Opened opened;

  /**
   * RocksDB in that folder.
   *
   * @throws DamagedException when it cannot be opened and is of no use any more, or was found to be
   *     damaged before
   */
  SpaceTables(Path folder) {
    this.folder = folder;
    this.condemned = folder.resolve(CONDEMNED);
    if (Files.exists(condemned)) {
      throw new DamagedException(
          "damage was found earlier (" + condemned + ")", new IllegalStateException());
    }
    this.opened = open();
  }

  /** RocksDB with what was made for it. */
  private record Opened(Natives natives, RocksDB db, ReadOptions latest, WriteOptions buffered) {}

  private Opened open() {
    Natives natives = new Natives();
    try {
      RocksDB db = open(natives);
      return new Opened(
          natives,
          db,
          natives.own(new ReadOptions().setVerifyChecksums(true)),
          natives.own(new WriteOptions()));
    } catch (RocksDBException e) {
      natives.close();
      throw opening(folder, e);
    }
  }

  Path folder() {
    return folder;
  }

  /** From now on tells somebody why a write was refused. */
  void tellOfRefusals(Consumer<RuntimeException> listener) {
    refusals = listener;
  }

  /** As {@link Tables#reopen}. */
  void reopen() {
    opened.natives.close();
    opened = open();
  }

  private Opened opened() {
    Opened now = opened;
    if (!now.db.isOwningHandle()) {
      throw new StoreException("the indexes could not be opened again so far");
    }
    return now;
  }

  private RocksDB db() {
    return opened().db;
  }

  private RocksDB open(Natives natives) throws RocksDBException {
    LRUCache cache = natives.own(new LRUCache(CACHE_BYTES));
    BloomFilter filter = natives.own(new BloomFilter(BLOOM_BITS, false));
    Options options = natives.own(new Options());
    options
        .setCreateIfMissing(true)
        .setParanoidChecks(true)
        // A batch that a crash tore is forgotten with those behind it; a position goes with each.
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        .setMaxTotalWalSize(WAL_BYTES)
        .setMaxBackgroundJobs(2)
        .setBytesPerSync(1L << 20)
        .setWalBytesPerSync(1L << 20)
        .setMaxOpenFiles(256)
        .setManifestPreallocationSize(Tables.MANIFEST_BYTES)
        // Nor does a log take 9 MB of the disk before an index is asked for.
        .setAllowFAllocate(false)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(2)
        .setStatsDumpPeriodSec(0);
    options
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setOptimizeFiltersForMemory(true)
                .setFormatVersion(6)
                .setBlockSize(BLOCK_BYTES)
                .setFilterPolicy(filter))
        .setWriteBufferSize(MEMTABLE_BYTES)
        .setArenaBlockSize(ARENA_BYTES)
        .setMaxWriteBufferNumber(3)
        .setLevelCompactionDynamicLevelBytes(true)
        .setTargetFileSizeBase(FILE_BYTES)
        .setMaxBytesForLevelBase(4 * FILE_BYTES)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setBottommostCompressionType(CompressionType.LZ4_COMPRESSION);
    return natives.own(RocksDB.open(options, folder.toString()));
  }

  /** A folder that is in use or cannot be written is the operator's; all else is thrown away. */
  private static StoreException opening(Path folder, RocksDBException e) {
    Status status = e.getStatus();
    boolean damaged =
        status != null
            && switch (status.getCode()) {
              case Corruption, NotFound, InvalidArgument, NotSupported, Incomplete -> true;
              default -> false;
            };
    // A table file that is gone is reported as an I/O error.
    boolean lost = String.valueOf(e.getMessage()).contains("No such file");
    return damaged || lost
        ? new DamagedException(String.valueOf(e.getMessage()), e)
        : Faults.opening(folder, e);
  }

  /**
   * What a failure means here. Where damage was found once, compactions would meet it again and
   * again: so the folder is condemned, and the next opening begins anew.
   */
  StoreException fault(RocksDBException e) {
    Status status = e.getStatus();
    if (status == null || status.getCode() != Status.Code.Corruption) {
      return Faults.reading(e);
    }
    try {
      Files.writeString(condemned, String.valueOf(e.getMessage()));
    } catch (IOException unwritten) {
      System.getLogger(SpaceTables.class.getName())
          .log(System.Logger.Level.WARNING, "cannot write " + condemned + ": " + unwritten);
    }
    return new DamagedException(String.valueOf(e.getMessage()), e);
  }

  ReadOptions latest() {
    return opened().latest;
  }

  /** One moment, until it is closed. */
  View view() {
    return new View(db());
  }

  Cursor cursor(ReadOptions options) {
    return new Cursor(db().newIterator(options), this::fault);
  }

  byte @Nullable [] find(ReadOptions options, byte[] key) {
    try {
      return db().get(options, key);
    } catch (RocksDBException e) {
      throw fault(e);
    }
  }

  /** Writes all or nothing, without waiting for the disk. */
  void write(WriteBatch batch) {
    try {
      db().write(opened().buffered, batch);
    } catch (RocksDBException e) {
      Status status = e.getStatus();
      boolean damaged = status != null && status.getCode() == Status.Code.Corruption;
      StoreException refusal = damaged ? fault(e) : Faults.writing(e);
      refusals.accept(refusal);
      throw refusal;
    }
  }

  long size(int number) {
    try (Slice from = new Slice(Keys.database(number));
        Slice to = new Slice(Keys.database(number + 1))) {
      return Arrays.stream(
              db().getApproximateSizes(
                      List.of(new Range(from, to)),
                      SizeApproximationFlag.INCLUDE_FILES,
                      SizeApproximationFlag.INCLUDE_MEMTABLES))
          .sum();
    }
  }

  /** Gives back the files that hold nothing but a dropped space. Platform threads only. */
  void dropFiles(int number) {
    try {
      db().deleteFilesInRanges(
              db().getDefaultColumnFamily(),
              List.of(Keys.database(number), Keys.database(number + 1)),
              false);
    } catch (RocksDBException e) {
      throw Faults.writing(e);
    }
  }

  /** Moves the memtable into a file. Platform threads only. */
  void flush() {
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true).setAllowWriteStall(true)) {
      db().flush(wait);
    } catch (RocksDBException e) {
      throw Faults.writing(e);
    }
  }

  @Override
  public void close() {
    opened.natives.close();
  }
}
