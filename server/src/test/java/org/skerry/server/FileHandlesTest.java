package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileHandlesTest {
  @Test
  void connectionsGetWhatTheStoresLeave() {
    assertThat(FileHandles.forConnections(65_536)).isEqualTo(65_536 - 1_024 - 256);
    assertThat(FileHandles.forConnections(1_024)).isEqualTo(384);
    assertThat(FileHandles.forConnections(64)).isEqualTo(16);
    assertThat(FileHandles.forConnections(Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
  }
}
