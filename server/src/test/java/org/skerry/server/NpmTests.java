package org.skerry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tests written in JavaScript with a client from npm: a folder below {@code src/test}, which is
 * copied below {@code target}, gets the packages that its lock file names, and runs against a node.
 */
final class NpmTests {
  private NpmTests() {}

  /**
   * Runs all tests of a folder.
   *
   * @return the test runner's exit status
   */
  static int run(String folder, NodeProcess node) throws IOException, InterruptedException {
    Path tests = Path.of("target", folder).toAbsolutePath();
    copySources(Path.of("src", "test", folder), tests);
    int installed = run(tests, "", "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund");
    return installed == 0 ? run(tests, node.urlWithCredentials(), "node", "--test") : installed;
  }

  private static void copySources(Path sources, Path tests) throws IOException {
    Files.createDirectories(tests);
    try (Stream<Path> files = Files.list(sources)) {
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
