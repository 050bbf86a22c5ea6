package org.skerry.replication.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Who runs when: places, crashes, lines. */
@Timeout(300)
class SchedulingTest {
  private final ScheduledNode node = new ScheduledNode();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void aJobWhoseDatabaseIsMissingCrashesUntilSomebodyCreatesItAndAsks() {
    Schedule schedule = node.start();
    node.database("b");
    node.write(
        "_replicator", "job", "{\"source\":\"missing\",\"target\":\"b\",\"continuous\":true}");
    ScheduledNode.await(() -> node.shownState(schedule, "job").equals("crashing"));
    JsonNode shown = node.shown(schedule, "job");
    assertThat(shown.path("info").path("error").asString()).contains("could not open missing");
    assertThat(shown.path("error_count").asInt()).isEqualTo(1);
    assertThat(node.state("job")).isEmpty();

    node.write("missing", "x", "{}");
    assertThat(schedule.run("_replicator", "job")).isTrue();
    ScheduledNode.await(() -> node.document("b", "x").isPresent());
    ScheduledNode.await(() -> node.shownState(schedule, "job").equals("running"));
  }

  @Test
  void manyJobsShareFewPlaces() {
    Schedule schedule = node.start(SchedulerSettings.DEFAULT.with(3, Duration.ofMillis(20), 2));
    node.database("b");
    node.write("a", "x", "{}");
    for (int i = 0; i < 12; i++) {
      node.write(
          "_replicator",
          "job-" + i,
          "{\"source\":\"a\",\"target\":\"t"
              + i
              + "\",\"create_target\":true,\"continuous\":true}");
    }
    ScheduledNode.await(
        () ->
            IntStream.range(0, 12)
                .allMatch(
                    i ->
                        node.databases.find("t" + i).isPresent()
                            && node.document("t" + i, "x").isPresent()));
    node.write("a", "y", "{}");
    ScheduledNode.await(
        () -> IntStream.range(0, 12).allMatch(i -> node.document("t" + i, "y").isPresent()));

    assertThat(node.replicator.running().size()).isLessThanOrEqualTo(3);
    assertThat(schedule.scheduler().jobs()).hasSize(12);
    assertThat(schedule.scheduler().jobs().stream().flatMap(job -> job.history().stream()))
        .noneMatch(event -> event.type() == JobEvent.Type.CRASHED);
  }

  @Test
  void aJobThatCannotBeBegunCrashesAndStopsNoOthers() {
    Schedule schedule = node.start(SchedulerSettings.DEFAULT.with(0, Duration.ofSeconds(60), 20));
    node.database("b");
    node.write("a", "x", "{}");
    node.write("_replicator", "odd", "{\"source\":\"http://far/a\",\"target\":\"b\"}");
    node.write("_replicator", "job", "{\"source\":\"a\",\"target\":\"b\",\"continuous\":true}");
    ScheduledNode.await(() -> schedule.scheduler().jobs().size() == 2);
    node.odd.add("far");

    schedule.scheduler().settings(SchedulerSettings.DEFAULT);
    ScheduledNode.await(() -> node.document("b", "x").isPresent());
    ScheduledNode.await(() -> node.shownState(schedule, "odd").equals("crashing"));
  }

  @Test
  void fewerPlacesAtRunTimeMakeJobsLeave() {
    Schedule schedule = node.start();
    node.database("b");
    node.database("a");
    node.write("_replicator", "job", "{\"source\":\"a\",\"target\":\"b\",\"continuous\":true}");
    ScheduledNode.await(() -> node.shownState(schedule, "job").equals("running"));
    schedule.scheduler().settings(SchedulerSettings.DEFAULT.with(0, Duration.ofSeconds(60), 20));
    ScheduledNode.await(() -> node.shownState(schedule, "job").equals("pending"));
    schedule.scheduler().settings(SchedulerSettings.DEFAULT);

    ScheduledNode.await(() -> node.shownState(schedule, "job").equals("running"));
  }

  @Test
  void aJobGoesOnAsSoonAsItsLineIsBack() {
    node.cut.add("127.0.0.1");
    Schedule schedule = node.start();
    node.database("b");
    node.write("a", "x", "{}");
    try (ServerSocket there = new ServerSocket(0)) {
      String url = "http://127.0.0.1:" + there.getLocalPort() + "/b";
      node.write(
          "_replicator",
          "job",
          "{\"source\":\"a\",\"target\":\"" + url + "\",\"continuous\":true}");
      ScheduledNode.await(
          () -> node.document("b", "x").isPresent() || uncutAfterFirstCrash(schedule));
      ScheduledNode.await(() -> node.document("b", "x").isPresent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JobStatus job = schedule.scheduler().jobs().getFirst();
    assertThat(job.history().getFirst().type()).isEqualTo(JobEvent.Type.STARTED);
  }

  private boolean uncutAfterFirstCrash(Schedule schedule) {
    boolean crashed =
        schedule.scheduler().jobs().stream()
            .anyMatch(job -> job.state() == JobState.CRASHING && !node.cut.isEmpty());
    if (crashed) {
      node.cut.clear();
    }
    return crashed;
  }
}
