package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.store.DocumentStore;
import org.skerry.store.Reads;

/** A process that may open few files takes them all, and lets go of them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "counts file handles as Linux does")
class OutOfHandlesTest {
  @TempDir Path temporary;

  @Test
  void writingStopsWithoutHandlesAndGoesOnWithThem() throws Exception {
    List<String> lines = run();
    assertThat(lines)
        .contains(
            "health WELL", "health FAILED", "readable true", "recovered", "next 1", "all true");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("refused"))
        .singleElement()
        .asString()
        .contains("out of file handles", "nothing of this was acknowledged");
    assertThat(lines)
        .contains("indexes readable true", "indexes all true")
        .anyMatch(line -> line.startsWith("indexes: an old view"));
    try (RocksStore store = RocksStore.open(temporary.resolve("store"))) {
      DocumentStore db = store.find("db").orElseThrow();
      assertThat(lines.stream().filter(line -> line.startsWith("written ")))
          .hasSizeGreaterThan(10)
          .allMatch(line -> Reads.document(db, line.substring("written ".length())).isPresent());
    }
  }

  private List<String> run() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n 200 && exec \"$@\"",
                "sh",
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx160m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OutOfHandlesWriter.class.getName(),
                temporary.toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    }
    assertThat(process.waitFor()).as("%s", lines).isZero();
    return lines;
  }
}
