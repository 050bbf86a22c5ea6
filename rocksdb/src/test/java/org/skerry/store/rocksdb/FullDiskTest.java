package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.store.DocumentStore;
import org.skerry.store.Reads;

/**
 * A disk of 48 MB runs full under a process of its own, in a mount namespace of its own, so that
 * the disk goes away with it.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs a small disk, which Linux makes from memory")
class FullDiskTest {
  @TempDir Path temporary;

  /**
   * With most of the disk taken, the log meets the end of it; with less, a table file does, which
   * RocksDB writes behind our back.
   */
  @ParameterizedTest
  @ValueSource(ints = {44, 30})
  void writingStopsAtTheEndAndGoesOnWhenThereIsRoom(int taken) throws Exception {
    List<String> lines = run(taken);
    assertThat(lines).contains("health FULL", "readable true", "recovered");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("refused"))
        .singleElement()
        .asString()
        .startsWith("refused true")
        .contains("make room");
    assertThat(lines).contains("written after9");
    try (RocksStore store = RocksStore.open(temporary.resolve("remains").resolve("store"))) {
      DocumentStore db = store.find("db").orElseThrow();
      assertThat(lines.stream().filter(line -> line.startsWith("written ")))
          .hasSizeGreaterThan(50)
          .allMatch(line -> Reads.document(db, line.substring("written ".length())).isPresent());
    }
  }

  private List<String> run(int taken) throws IOException, InterruptedException {
    Path disk = Files.createDirectories(temporary.resolve("disk"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--mount",
                "--map-root-user",
                "sh",
                "-c",
                "mount -t tmpfs -o size=48m none \"$1\" || exit 9; shift; exec \"$@\"",
                "sh",
                disk.toString(),
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx160m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FullDiskWriter.class.getName(),
                disk.toString(),
                Integer.toString(taken),
                temporary.resolve("remains").toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    }
    assertThat(process.waitFor()).as("%s", lines).isZero();
    return lines;
  }
}
