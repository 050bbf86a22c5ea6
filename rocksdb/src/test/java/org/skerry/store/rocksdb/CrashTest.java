package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Reads;
import org.skerry.store.Seq;
import org.skerry.store.Totals;

/**
 * A process of its own writes and says what was acknowledged, until it is killed or the disk
 * refuses.
 */
class CrashTest {
  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("store");
  }

  /**
   * RocksDB's library outside of its jar: unpacking it would meet the limit before the store does.
   */
  private Path library() throws IOException {
    Path folder = Files.createTempDirectory(temporary, "library");
    Path file = folder.resolve(System.mapLibraryName(Environment.getSharedLibraryName("rocksdb")));
    String name = "/" + Environment.getJniLibraryFileName("rocksdb");
    try (InputStream in = RocksDB.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(in, name), file);
    }
    return folder;
  }

  private Process start(String before) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.library.path=" + library(),
            "-cp",
            System.getProperty("java.class.path"),
            CrashWriter.class.getName(),
            folder().toString());
    List<String> shell = new ArrayList<>(command);
    if (!before.isEmpty()) {
      shell = new ArrayList<>(List.of("sh", "-c", before + "; exec \"$@\"", "sh"));
      shell.addAll(command);
    }
    return new ProcessBuilder(shell).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private void assertAllThere(Set<String> acknowledged) {
    try (RocksStore store = RocksStore.open(folder())) {
      DocumentStore db = store.find("db").orElseThrow();
      Set<String> found = new HashSet<>(Reads.ids(Reads.changes(db, Seq.ZERO)));
      assertThat(found).containsAll(acknowledged);
      assertThat(db.totals()).isEqualTo(new Totals(found.size(), 0, 0, 0));
      assertThat(Reads.scan(db, DocRange.ALL)).hasSize(found.size());
    }
  }

  @Test
  void whatWasAcknowledgedSurvivesTheKillOfTheProcess() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    for (int round = 0; round < 3; round++) {
      Process process = start("");
      try (BufferedReader lines = output(process)) {
        int seen = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          acknowledged.add(line);
          if (++seen == 500 + 300 * round) {
            process.toHandle().destroyForcibly();
          }
        }
      }
      assertThat(process.waitFor()).isNotZero();
      assertAllThere(acknowledged);
    }
  }

  /** A limit on the length of files stands for a full disk: the log cannot grow any more. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "limits of the shell")
  void whatTheDiskRefusesIsNotAcknowledgedAndNothingIsLost() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    List<String> refusals = new ArrayList<>();
    Process process = start("ulimit -f 8000");
    try (BufferedReader lines = output(process)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("refused")) {
          refusals.add(line);
        } else {
          acknowledged.add(line);
        }
      }
    }
    assertThat(process.waitFor()).isEqualTo(CrashWriter.REFUSED);
    assertThat(refusals)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("nothing of this was acknowledged"));
    assertThat(acknowledged).isNotEmpty();
    assertAllThere(acknowledged);
  }
}
