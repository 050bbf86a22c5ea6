package org.skerry.postgres.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Programs that tests run, and their files. */
final class Processes {
  private Processes() {}

  /** Runs a program to its end. Returns what it said; fails with that when it fails. */
  static String run(Map<String, String> environment, String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String said;
      try (InputStream in = process.getInputStream()) {
        said = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      if (join(process) != 0) {
        throw new IllegalStateException(String.join(" ", List.of(command)) + "\n" + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int join(Process ending) {
    try {
      return ending.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a program ends", e);
    }
  }

  /** Removes a folder. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
