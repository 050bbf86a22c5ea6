package org.skerry.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Copies of a store's files as they are, also while it runs: what a kill would leave. */
final class StoreCopies {
  private StoreCopies() {}

  static Path copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(from)) {
      all = files.toList();
    }
    for (Path path : all) {
      Path target = to.resolve(from.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(target);
      } else if (!path.endsWith("LOCK")) {
        Files.copy(path, target);
      }
    }
    return to;
  }

  static Path newestLog(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(StoreFolder.DATABASE))) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .max(Comparator.comparing(Path::toString))
          .orElseThrow();
    }
  }
}
