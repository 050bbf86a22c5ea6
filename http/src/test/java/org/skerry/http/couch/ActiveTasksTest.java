package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ActiveTasksTest {
  private final ActiveTasks tasks = new ActiveTasks();

  @Test
  void aTaskIsShownUntilItIsClosed() {
    try (ActiveTasks.Task first = tasks.start("a", out -> {});
        ActiveTasks.Task second = tasks.start("b", out -> {})) {
      assertThat(tasks.running()).containsExactly(first, second);
    }
    assertThat(tasks.running()).isEmpty();
  }

  @Test
  void aTaskTellsItsProgressWhenAsked() {
    int[] progress = {0};
    try (ActiveTasks.Task task =
        tasks.start("work", out -> out.writeNumberProperty("progress", progress[0]))) {
      progress[0] = 40;
      JsonNode shown = new JsonMapper().readTree(JsonOut.bytes(task::write));
      assertThat(shown.path("type").asString()).isEqualTo("work");
      assertThat(shown.path("progress").asInt()).isEqualTo(40);
      assertThat(shown.path("started_on").isIntegralNumber()).isTrue();
      assertThat(shown.path("node").asString()).isEqualTo("nonode@nohost");
    }
  }
}
