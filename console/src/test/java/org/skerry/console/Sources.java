package org.skerry.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The console's files as they stand in the source tree. */
final class Sources {
  static final Path ROOT = Path.of("src/main/resources/org/skerry/console/files");

  private Sources() {}

  /** All files whose names end so, by their path below the root. */
  static Map<String, String> ending(String suffix) {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .filter(file -> file.toString().endsWith(suffix))
          .forEach(file -> texts.put(ROOT.relativize(file).toString(), read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
