package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PouchDB from npm, unchanged, against the real program: the tests in {@code src/test/pouchdb}. */
class PouchDbIT {
  private static final Path SOURCES = Path.of("src", "test", "pouchdb");

  @TempDir Path folder;

  @Test
  void pouchDbReplicatesWithANode() throws Exception {
    Path tests = Path.of("target", "pouchdb").toAbsolutePath();
    copySources(tests);
    assertThat(run(tests, "", "npm", "ci", "--no-audit", "--no-fund")).isZero();
    try (NodeProcess node = NodeProcess.start(folder.resolve("data"))) {
      assertThat(run(tests, node.urlWithCredentials(), "node", "--test")).isZero();
    }
  }

  private static void copySources(Path tests) throws IOException {
    Files.createDirectories(tests);
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.write(tests.resolve(file.getFileName().toString()), Files.readAllBytes(file));
      }
    }
  }

  private static int run(Path where, String url, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command)).directory(where.toFile()).redirectErrorStream(true);
    builder.environment().put("SKERRY_URL", url);
    Process process = builder.start();
    process.inputReader().lines().forEach(System.out::println);
    return process.waitFor();
  }
}
