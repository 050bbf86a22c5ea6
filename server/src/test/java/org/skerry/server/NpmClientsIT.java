package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients from npm, unchanged, against the real program: the tests in {@code src/test/NAME}. */
class NpmClientsIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"pouchdb", "nano", "couchbackup", "pouchserver"})
  void clientWorksWithANode(String client) throws Exception {
    try (NodeProcess node = NodeProcess.start(folder.resolve("data"))) {
      assertThat(NpmTests.run(client, node)).isZero();
    }
  }
}
