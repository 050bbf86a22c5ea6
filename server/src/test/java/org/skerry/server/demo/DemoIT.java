package org.skerry.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.server.NodeClasses;

/** The demonstration as people see it: the packaged program, its table and its exit status. */
final class DemoIT {
  @TempDir private Path temporary;

  @Test
  void theDayEndsWithThreeEqualDatabasesAndNothingLeftBehind() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                Path.of("target", "skerry-server.jar").toAbsolutePath().toString(),
                "demo",
                "--once")
            .redirectErrorStream(true);
    // For its nodes, too: none of them lives long enough for the big compiler.
    String flags = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
    // In quotes: a folder may have a space in its name.
    String classes = '"' + String.join("\" \"", NodeClasses.flags()) + '"';
    builder.environment().put("JDK_JAVA_OPTIONS", flags + " " + classes);
    Process demo = builder.start();
    List<String> lines;
    List<ProcessHandle> nodes;
    try (BufferedReader out = demo.inputReader()) {
      String first = out.readLine();
      for (String line = first; !line.contains("clinic B is at"); line = out.readLine()) {
        assertThat(line).as("the nodes start").isNotNull();
      }
      nodes = demo.descendants().toList();
      lines = out.lines().toList();
    }
    assertThat(demo.waitFor()).as("%s", lines).isZero();
    assertThat(nodes).hasSize(3).noneMatch(ProcessHandle::isAlive);
    assertThat(lines)
        .anyMatch(line -> line.matches("  documents +12,691"))
        .anyMatch(line -> line.matches("  attachments +555"))
        .anyMatch(line -> line.matches("  conflicts +1"))
        .anyMatch(line -> line.matches("  all databases equal +yes"))
        .anyMatch(
            line ->
                line.contains("also kept") && line.contains("Port Antonio")
                    || line.contains("also kept") && line.contains("Morant Bay"));
    assertThat(folders()).isEmpty();
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> left = Files.list(temporary)) {
      return left.filter(path -> path.getFileName().toString().startsWith("skerry-demo")).toList();
    }
  }
}
