package org.skerry.store.rocksdb;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.skerry.store.StoreException;
import org.skerry.store.StoreFullException;

/**
 * The room that is left on the disk. Documents and attachments are refused before it is all gone:
 * what keeps a store well (moving tables together, removing, the log of what is small) needs some,
 * and so does everybody else on the machine. Any thread.
 */
final class Room {
  /** The file system is asked at most so often; writers bring some megabytes in the meantime. */
  private static final long LOOK_NANOS = 250_000_000;

  private final Path folder;
  private final long least;
  private final LongSupplier free;
  private final LongSupplier nanos;

  /** Racy on purpose: two that look at once see the same. */
  private volatile Look last;

  /** What was seen, and when. */
  private record Look(long nanos, long free) {}

  Room(Path folder, long least, LongSupplier free, LongSupplier nanos) {
    this.folder = folder;
    this.least = least;
    this.free = free;
    this.nanos = nanos;
    this.last = new Look(nanos.getAsLong(), free.getAsLong());
  }

  /** The room beside a folder, which may not be there yet. */
  static Room of(Path folder, long least) {
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      FileStore disk = Files.getFileStore(there);
      return new Room(folder, least, () -> usable(disk), System::nanoTime);
    } catch (IOException e) {
      throw new StoreException("cannot look at the disk of " + folder + ": " + e, e);
    }
  }

  private static long usable(FileStore disk) {
    try {
      return disk.getUsableSpace();
    } catch (IOException e) {
      // A disk that cannot be asked is one that the next write will find out about.
      return Long.MAX_VALUE;
    }
  }

  /** Bytes that are left, as last seen. */
  long free() {
    return look().free;
  }

  private Look look() {
    Look look = last;
    long now = nanos.getAsLong();
    if (now - look.nanos >= LOOK_NANOS) {
      look = new Look(now, free.getAsLong());
      last = look;
    }
    return look;
  }

  /** Throws when there is less than there should be. */
  void check() {
    if (least == 0) {
      return;
    }
    Look look = look();
    if (look.free < least) {
      throw new StoreFullException(
          "the disk of "
              + folder
              + " is full: "
              + (look.free >> 20)
              + " MB are free, and at least "
              + (least >> 20)
              + " MB must stay. Nothing of this was written; make room, and writing goes on by"
              + " itself");
    }
  }
}
