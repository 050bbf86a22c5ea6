package org.skerry.store.rocksdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.HyperClockCache;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;
import org.skerry.store.StoreException;

/**
 * RocksDB, opened the way this engine needs it: the families, bounded memory, checksums verified on
 * every read. Any thread; whoever calls holds a {@link Gate.Pass}, because nothing here may be used
 * after {@link #close}.
 *
 * <p>JNI calls pin a virtual thread to its carrier. Reads are short and are made where the caller
 * is. What waits for the disk (a synced write, a flush, a compaction, a checkpoint) is made on
 * platform threads only: {@link GroupWriter} and {@link Chores}.
 */
final class Tables implements AutoCloseable {
  static {
    NativeLibrary.load();
  }

  /** Two cores are what a clinic's machine has: one flush and one compaction. */
  private static final int BACKGROUND_JOBS = 2;

  /**
   * Lets the kernel write table files bit by bit instead of in one burst that an fsync must wait
   * for.
   */
  private static final long BYTES_PER_SYNC = 1L << 20;

  /** By default a new store takes 4 MB of the disk for a list of a few files. */
  static final long MANIFEST_BYTES = 64L << 10;

  /** Bounds what opening replays after a crash. */
  private static final long WAL_BYTES = 64L << 20;

  /**
   * By default a cache of this size is cut into 64 parts of half a megabyte, of which one index
   * takes a fifth: then hot indexes are read again and again.
   */
  private static final int CACHE_SHARD_BITS = 2;

  /**
   * Entries of no certain size, from a node of a tree to an index. By a clock instead of a list of
   * what was used last, so that a look-up takes no lock and writes to no neighbours; indexes and
   * filters stay for more rounds than blocks.
   */
  private static final long CACHE_ENTRIES_OF_ANY_SIZE = 0;

  /** The Java binding demands a cache to charge memtables to. */
  private static final long UNUSED_CACHE_BYTES = 1L << 20;

  private final Path folder;
  private final RocksOptions options;
  private final Room room;

  /** Volatile: replaced while nobody is inside, read by all who are. */
  private volatile Opened opened;

  Tables(Path folder, RocksOptions options) {
    this.folder = folder;
    this.options = options;
    this.room = Room.of(folder, options.freeBytes());
    this.opened = open();
  }

  /** RocksDB with what was made for it. */
  private record Opened(
      Natives natives,
      RocksDB db,
      Map<Family, ColumnFamilyHandle> families,
      int[] numbers,
      ReadOptions latest,
      WriteOptions synced,
      WriteOptions buffered) {}

  private Opened open() {
    Natives natives = new Natives();
    try {
      Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
      RocksDB db = open(natives, families);
      return new Opened(
          natives,
          db,
          families,
          families.values().stream().mapToInt(ColumnFamilyHandle::getID).toArray(),
          natives.own(new ReadOptions().setVerifyChecksums(true)),
          natives.own(new WriteOptions().setSync(true)),
          natives.own(new WriteOptions()));
    } catch (RocksDBException e) {
      natives.close();
      throw Faults.opening(folder, e);
    } catch (RuntimeException | Error e) {
      natives.close(); // or the folder stays locked, and no later attempt can open it
      throw e;
    }
  }

  /**
   * Opens RocksDB anew, which so forgets why it refuses to write. Nobody may be inside; what was
   * not in table files is replayed from the log. When it cannot be opened, everything fails until a
   * later attempt succeeds.
   */
  void reopen() {
    LogCheck.check(folder);
    opened.natives.close();
    opened = open();
  }

  private Opened opened() {
    Opened now = opened;
    if (!now.db.isOwningHandle()) {
      throw new StoreException(
          "the store could not be opened again so far: look for free file handles and at the disk;"
              + " it is tried again by itself");
    }
    return now;
  }

  private RocksDB db() {
    return opened().db;
  }

  private RocksDB open(Natives natives, Map<Family, ColumnFamilyHandle> families)
      throws RocksDBException {
    Cache cache =
        natives.own(
            new HyperClockCache(
                options.cacheBytes(), CACHE_ENTRIES_OF_ANY_SIZE, CACHE_SHARD_BITS, false));
    // Memtables are not charged to the cache: after a load they would leave a quarter of it.
    WriteBufferManager memtables =
        natives.own(
            new WriteBufferManager(
                options.memtableBytes(), natives.own(new LRUCache(UNUSED_CACHE_BYTES)), false));
    BloomFilter filter = natives.own(Family.filter());
    DBOptions settings =
        natives
            .own(new DBOptions())
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setParanoidChecks(true)
            // A crash may tear the last, never acknowledged group. LogCheck has seen to the rest.
            .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
            .setWriteBufferManager(memtables)
            .setMaxTotalWalSize(WAL_BYTES)
            .setMaxBackgroundJobs(BACKGROUND_JOBS)
            .setBytesPerSync(BYTES_PER_SYNC)
            .setMaxOpenFiles(512)
            .setManifestPreallocationSize(MANIFEST_BYTES)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(2)
            .setStatsDumpPeriodSec(0);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (Family family : Family.values()) {
      descriptors.add(family.descriptor(cache, filter, natives.own(Family.options())));
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    RocksDB db = natives.own(RocksDB.open(settings, folder.toString(), descriptors, handles));
    for (Family family : Family.values()) {
      families.put(family, natives.own(handles.get(family.ordinal())));
    }
    return db;
  }

  /** The room left beside the tables. */
  Room room() {
    return room;
  }

  ColumnFamilyHandle handle(Family family) {
    ColumnFamilyHandle handle = opened().families.get(family);
    if (handle == null) {
      throw new IllegalStateException("not open: " + family);
    }
    return handle;
  }

  /** The number by which RocksDB knows a family in what it writes. */
  int number(Family family) {
    return opened().numbers[family.ordinal()];
  }

  /** The newest state, moving on while it is read. */
  ReadOptions latest() {
    return opened().latest;
  }

  /** One moment, until it is closed. */
  View view() {
    return new View(db());
  }

  Cursor cursor(Family family, ReadOptions options) {
    return new Cursor(db().newIterator(handle(family), options));
  }

  Optional<byte[]> get(Family family, ReadOptions options, byte[] key) {
    return Optional.ofNullable(find(family, options, key));
  }

  /** As {@link #get}, for the paths where an object a row matters. */
  byte @Nullable [] find(Family family, ReadOptions options, byte[] key) {
    try {
      return db().get(handle(family), options, key);
    } catch (RocksDBException e) {
      throw Faults.reading(e);
    }
  }

  /**
   * Reads into a buffer of the caller's, as much as it holds: without an array for each value.
   *
   * @return the value's length, which may be more; negative where there is none
   */
  int find(Family family, ReadOptions options, byte[] key, byte[] into) {
    try {
      return db().get(handle(family), options, key, into);
    } catch (RocksDBException e) {
      throw Faults.reading(e);
    }
  }

  /** As the above, into a part of the buffer. */
  int find(Family family, ReadOptions options, byte[] key, byte[] into, int at, int room) {
    try {
      return db().get(handle(family), options, key, 0, key.length, into, at, room);
    } catch (RocksDBException e) {
      throw Faults.reading(e);
    }
  }

  /** Writes all or nothing. With {@code sync} it is durable on return. Platform threads only. */
  void write(WriteBatch batch, boolean sync) {
    try {
      db().write(sync ? opened().synced : opened().buffered, batch);
    } catch (RocksDBException e) {
      throw Faults.writing(e);
    }
  }

  /** What RocksDB has at hand, over all families. */
  Map<String, Long> figures() {
    Map<String, Long> figures = new TreeMap<>();
    figures.put("table_bytes", sum("rocksdb.total-sst-files-size"));
    figures.put("memtable_bytes", sum("rocksdb.cur-size-all-mem-tables"));
    figures.put("compaction_bytes_pending", sum("rocksdb.estimate-pending-compaction-bytes"));
    figures.put("free_bytes", room.free());
    return figures;
  }

  private long sum(String property) {
    try {
      return db().getAggregatedLongProperty(property);
    } catch (RocksDBException e) {
      throw Faults.reading(e);
    }
  }

  /** Bytes of one database in files and memtables, by estimate. */
  long size(int number) {
    try (Slice from = new Slice(Keys.database(number));
        Slice to = new Slice(Keys.database(number + 1))) {
      List<Range> ranges = List.of(new Range(from, to));
      long bytes = 0;
      for (ColumnFamilyHandle handle : opened().families.values()) {
        bytes +=
            Arrays.stream(
                    db().getApproximateSizes(
                            handle,
                            ranges,
                            SizeApproximationFlag.INCLUDE_FILES,
                            SizeApproximationFlag.INCLUDE_MEMTABLES))
                .sum();
      }
      return bytes;
    }
  }

  /**
   * Rewrites one database's part of a family without what was deleted. Slow; platform threads only.
   *
   * @param options by which another thread may cancel it: then some files are rewritten, and some
   *     are not
   */
  void compact(Family family, int number, CompactRangeOptions options) {
    options.setExclusiveManualCompaction(false).setAllowWriteStall(false);
    try {
      db().compactRange(handle(family), Keys.database(number), Keys.database(number + 1), options);
    } catch (RocksDBException e) {
      if (!options.canceled()) {
        throw Faults.writing(e);
      }
    }
  }

  /** Gives back the files that hold nothing but a dropped database. */
  void dropFiles(int number) {
    List<byte[]> range = List.of(Keys.database(number), Keys.database(number + 1));
    try {
      for (ColumnFamilyHandle handle : opened().families.values()) {
        db().deleteFilesInRanges(handle, range, false);
      }
    } catch (RocksDBException e) {
      throw Faults.writing(e);
    }
  }

  /** Moves all memtables into files. Platform threads only. */
  void flush() {
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true).setAllowWriteStall(true)) {
      db().flush(wait, List.copyOf(opened().families.values()));
    } catch (RocksDBException e) {
      throw Faults.writing(e);
    }
  }

  /**
   * Links and copies the files of one moment into a folder that does not exist. Platform threads
   * only.
   */
  void checkpoint(Path folder) {
    try (Checkpoint checkpoint = Checkpoint.create(db())) {
      checkpoint.createCheckpoint(folder.toString());
    } catch (RocksDBException e) {
      throw Faults.writing(e);
    }
  }

  /** Frees all native memory: families before the database, options and cache last. */
  @Override
  public void close() {
    opened.natives.close();
  }
}
