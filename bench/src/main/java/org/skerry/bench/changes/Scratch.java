package org.skerry.bench.changes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.skerry.store.Store;
import org.skerry.store.rocksdb.RocksStore;

/**
 * A folder for one benchmark, with an embedded engine in it.
 *
 * @param folder removed on closing
 * @param store closed before
 */
record Scratch(Path folder, Store store) implements AutoCloseable {
  static Scratch open() {
    try {
      Path folder = Files.createTempDirectory("skerry-feed");
      return new Scratch(folder, RocksStore.open(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
    List<Path> paths;
    try (Stream<Path> files = Files.walk(folder)) {
      paths = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
