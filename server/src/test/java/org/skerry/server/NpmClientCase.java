package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client from npm, unchanged, against the real program: the tests in {@code src/test/NAME}. A
 * class each, so that they run beside each other.
 */
abstract class NpmClientCase {
  private final String client;

  @TempDir Path folder;

  NpmClientCase(String client) {
    this.client = client;
  }

  @Test
  void theClientWorksWithANode() throws Exception {
    try (NodeProcess node = NodeProcess.start(folder.resolve("data"))) {
      assertThat(NpmTests.run(client, node)).isZero();
    }
  }
}
