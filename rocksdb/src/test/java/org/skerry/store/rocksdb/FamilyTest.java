package org.skerry.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FamilyTest {
  @TempDir private Path folder;

  @Test
  void noFamilyRewritesWhatWasJustLoadedWhenASnapshotIsLetGo() throws IOException {
    new Tables(folder, RocksOptions.DEFAULT).close();

    String line = "bottommost_file_compaction_delay=" + Family.SECONDS_UNTIL_REWRITTEN;
    try (DirectoryStream<Path> options = Files.newDirectoryStream(folder, "OPTIONS-*")) {
      for (Path file : options) {
        assertThat(Files.readString(file, UTF_8).lines().map(String::strip).filter(line::equals))
            .as("what RocksDB says in %s", file.getFileName())
            .containsExactlyElementsOf(Collections.nCopies(Family.values().length, line));
        return;
      }
    }
    throw new AssertionError("RocksDB keeps no options in " + folder);
  }
}
