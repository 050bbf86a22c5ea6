package org.skerry.server.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.server.Node;
import org.skerry.server.QuickSettings;
import org.skerry.server.settings.Setting;
import org.skerry.server.settings.Settings;
import org.skerry.server.settings.SettingsReader;

class RehearsalTest {
  private static final String PASSWORD = "tide-pool-42";

  @TempDir Path folder;

  private Node node() throws IOException {
    Settings settings =
        SettingsReader.read(
            Optional.of(QuickSettings.file()),
            Map.of(SettingsReader.PASSWORD_VARIABLE, PASSWORD),
            Map.of(Setting.DATA, folder.toString(), Setting.PORT, "0"));
    return Node.start(settings);
  }

  private static long documents(Node node, String database) {
    return node.databases().find(database).orElseThrow().store().totals().documents();
  }

  @Test
  void everythingIsPlayedAndArrives() throws Exception {
    try (Node node = node();
        Rehearsal rehearsal = new Rehearsal(node.url(), "admin", PASSWORD, 20)) {
      rehearsal.play();
      assertThat(documents(node, "desk")).isEqualTo(20);
      long loaded = documents(node, "clinic");
      assertThat(loaded).isGreaterThan(1_000);
      assertThat(documents(node, "district")).isEqualTo(documents(node, "centre"));
      assertThat(documents(node, "centre")).isGreaterThanOrEqualTo(loaded);
    }
  }

  @Test
  void aRefusedRequestEndsThePlay() throws Exception {
    try (Node node = node();
        Rehearsal rehearsal = new Rehearsal(node.url(), "admin", "wrong", 1)) {
      assertThatThrownBy(rehearsal::play)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("/clinic: 401");
    }
  }
}
