package org.skerry.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files for browsers as they stand in the source tree. */
final class Sources {
  static final Path ROOT = Path.of("src/main/resources/org/skerry/console/files");

  /** The demonstration's clinic, which stands beside the console. */
  static final Path CLINIC = ROOT.resolveSibling("clinic");

  private Sources() {}

  /** All files whose names end so, by their path below the root. */
  static Map<String, String> ending(String suffix) {
    return ending(ROOT, suffix);
  }

  /** Those of another folder. */
  static Map<String, String> ending(Path root, String suffix) {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(file -> file.toString().endsWith(suffix))
          .forEach(file -> texts.put(root.relativize(file).toString(), read(file)));
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
