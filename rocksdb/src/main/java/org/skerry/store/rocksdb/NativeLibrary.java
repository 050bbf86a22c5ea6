package org.skerry.store.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * RocksDB's native library. It is a file in a jar, and has to be one outside to be loaded: 17 MB in
 * the folder for temporary files, which RocksDB deletes when the process ends in order. Nodes lose
 * their power instead; so it is deleted as soon as it is loaded, where the system allows that.
 */
final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * Loads it, once for all of the process.
   *
   * @throws UncheckedIOException when it cannot be unpacked, for want of room or of rights
   */
  static void load() {
    try {
      Path unpacked = Files.createTempDirectory("skerry-rocksdb");
      try {
        NativeLibraryLoader.getInstance().loadLibrary(unpacked.toString());
      } finally {
        delete(unpacked);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "RocksDB's native library cannot be unpacked in the folder for temporary files, which"
              + " -Djava.io.tmpdir names",
          e);
    }
    RocksDB.loadLibrary();
  }

  /** Where a file that is in use cannot be deleted, RocksDB does it at the end of the process. */
  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      folder.toFile().deleteOnExit();
    }
  }
}
