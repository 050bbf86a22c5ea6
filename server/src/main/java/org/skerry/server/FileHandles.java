package org.skerry.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalInt;

/**
 * Shares the process's file handles out. A store that cannot open its own files refuses writes, so
 * connections get what the store and the indexes leave.
 */
final class FileHandles {
  /** RocksDB keeps up to 512 files open for documents, and as many for indexes. */
  private static final long STORES = 2 * 512;

  /** Logs, libraries, connections to peers. */
  private static final long OTHERS = 256;

  /** With less than the stores want, half for each: clients must not be shut out either. */
  private static final int HALF = 2;

  private FileHandles() {}

  /** How many connections there may be at once; nothing where the system has no such limit. */
  static OptionalInt forConnections() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? OptionalInt.of(forConnections(system.getMaxFileDescriptorCount()))
        : OptionalInt.empty();
  }

  static int forConnections(long handles) {
    long left = Math.max(handles / HALF - OTHERS / HALF, handles - STORES - OTHERS);
    return Math.clamp(left, 16, Integer.MAX_VALUE);
  }
}
