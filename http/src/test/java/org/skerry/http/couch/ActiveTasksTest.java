package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ActiveTasksTest {
  private final ActiveTasks tasks = new ActiveTasks();

  @Test
  void aTaskIsShownUntilItIsClosed() {
    try (ActiveTasks.Running first = tasks.start("a", "db", out -> {}, () -> {});
        ActiveTasks.Running second = tasks.start("b", "db", out -> {}, () -> {})) {
      assertThat(first).isNotEqualTo(second);
      assertThat(tasks.running()).extracting(ActiveTasks.Task::type).containsExactly("a", "b");
    }
    assertThat(tasks.running()).isEmpty();
  }

  @Test
  void aTaskTellsItsProgressWhenAsked() {
    int[] progress = {0};
    try (ActiveTasks.Running running =
        tasks.start(
            "work", "db", out -> out.writeNumberProperty("progress", progress[0]), () -> {})) {
      assertThat(running).isNotNull();
      progress[0] = 40;
      JsonNode shown = new JsonMapper().readTree(JsonOut.bytes(tasks.running().getFirst()::write));
      assertThat(shown.path("type").asString()).isEqualTo("work");
      assertThat(shown.path("database").asString()).isEqualTo("db");
      assertThat(shown.path("progress").asInt()).isEqualTo(40);
      assertThat(shown.path("started_on").isIntegralNumber()).isTrue();
      assertThat(shown.path("node").asString()).isEqualTo("nonode@nohost");
    }
  }

  @Test
  void tasksAreFoundByTheirPidsWhoeverKeepsThem() {
    tasks.from(
        () ->
            List.of(
                new ActiveTasks.Task(
                    ActiveTasks.pid(1, 1),
                    "scope",
                    "other",
                    Instant.now(),
                    out -> {},
                    Optional.empty())));
    boolean[] cancelled = {false};
    try (ActiveTasks.Running running =
        tasks.start("work", "db", out -> {}, () -> cancelled[0] = true)) {
      assertThat(running).isNotNull();
      assertThat(tasks.running()).extracting(ActiveTasks.Task::pid).doesNotHaveDuplicates();
      String pid = tasks.running("db").getFirst().pid();
      tasks.find(pid).flatMap(ActiveTasks.Task::cancel).orElseThrow().run();
      assertThat(cancelled[0]).isTrue();
      assertThat(tasks.running("other")).hasSize(1);
      assertThat(tasks.find("<0.99.0>")).isEmpty();
    }
  }
}
