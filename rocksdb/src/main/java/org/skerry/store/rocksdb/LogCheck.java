package org.skerry.store.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.skerry.store.StoreException;

/**
 * Looks through the logs before RocksDB replays them, and tells a torn end from damage.
 *
 * <p>After a crash the log's end may be torn: the last group was being written, and nobody was told
 * that it was. RocksDB then replays what is whole and forgets the rest, as it must. But it does the
 * same when a byte in the middle went bad, and forgets groups that were acknowledged. So every
 * group begins with a mark that says whether the group before it was synced ({@link #mark}). When
 * such a mark stands behind the first record that cannot be read, acknowledged writes would be lost
 * in silence: the store is refused instead.
 *
 * <p>A full disk leaves a torn end, too, and the process goes on: RocksDB moves what it has into
 * table files, begins a new log, and removes the old one a little later. Until then the old log's
 * torn end stands before groups that were acknowledged, and nobody needs it any more. The first
 * group after a refused one says so; at the beginning of a log it makes what was found before it
 * harmless.
 *
 * <p>The logs are at most 64 MB, and almost empty after an orderly end. Their format: RocksDB's
 * wiki, "Write Ahead Log File Format"; blocks of 32 KB, records of checksum, length, type and
 * payload.
 */
final class LogCheck {
  private static final int BLOCK = 32 << 10;
  private static final int HEADER = 7;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int CRC_MASK = 0xa282ead8;

  /**
   * In a batch: sequence and count, then the first operation's tag; 3 is data for the log alone.
   */
  private static final int BATCH_HEADER = 12;

  private static final int LOG_DATA = 3;

  /** What became of the group before one; the number stands in the log. */
  enum Before {
    UNSYNCED(0),
    SYNCED(1),
    REFUSED(2);

    private final byte mark;

    Before(int mark) {
      this.mark = (byte) mark;
    }
  }

  /** Where the first record stands that cannot be read; nothing while all could be. */
  private Optional<String> damage = Optional.empty();

  private LogCheck() {}

  /** What a group's batch begins with. */
  static byte[] mark(Before before) {
    return new byte[] {before.mark};
  }

  /**
   * Checks the logs of a database.
   *
   * @throws StoreException when acknowledged writes stand behind what cannot be read
   */
  static void check(Path database) {
    if (!Files.isDirectory(database)) {
      return;
    }
    LogCheck check = new LogCheck();
    try (Stream<Path> files = Files.list(database)) {
      List<Path> logs =
          files
              .filter(file -> file.getFileName().toString().matches("[0-9]+\\.log"))
              .sorted()
              .toList();
      for (Path log : logs) {
        check.scan(log);
      }
    } catch (IOException e) {
      throw new StoreException("cannot read the logs in " + database + ": " + e, e);
    }
  }

  private void scan(Path log) throws IOException {
    try (FileChannel file = FileChannel.open(log)) {
      // Mapped: a log may be larger than a small heap.
      ByteBuffer bytes = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
      scan(log, bytes.order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  private void scan(Path log, ByteBuffer bytes) {
    int at = 0;
    while (bytes.limit() - at >= HEADER) {
      int left = BLOCK - at % BLOCK;
      if (left < HEADER) {
        at += left;
        continue;
      }
      int length = bytes.getShort(at + 4) & 0xffff;
      int type = bytes.get(at + 6);
      if (!isWhole(bytes, at, left, length)) {
        note(log, at);
        at += left;
        continue;
      }
      boolean begins = damage.isPresent() && (type == FULL || type == FIRST);
      if (at == 0 && begins && follows(Before.REFUSED, bytes, at, length)) {
        damage = Optional.empty();
      } else if (begins && follows(Before.SYNCED, bytes, at, length)) {
        throw new StoreException(
            "the log is damaged at "
                + damage.get()
                + ", and acknowledged writes follow (in "
                + log
                + "). Restore the folder from a checkpoint, or start with an empty folder and"
                + " replicate from a peer; nothing was changed");
      }
      at += HEADER + length;
    }
    if (at < bytes.limit()) {
      note(log, at);
    }
  }

  private void note(Path log, int at) {
    if (damage.isEmpty()) {
      damage = Optional.of(log + ", byte " + at);
    }
  }

  private static boolean isWhole(ByteBuffer bytes, int at, int left, int length) {
    if (HEADER + length > left || at + HEADER + length > bytes.limit()) {
      return false;
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(at + 6, 1 + length));
    int value = (int) crc.getValue();
    return (value >>> 15 | value << 17) + CRC_MASK == bytes.getInt(at);
  }

  private static boolean follows(Before before, ByteBuffer bytes, int at, int length) {
    int tag = at + HEADER + BATCH_HEADER;
    return length >= BATCH_HEADER + 3
        && bytes.get(tag) == LOG_DATA
        && bytes.get(tag + 1) == 1
        && bytes.get(tag + 2) == before.mark;
  }
}
