package org.skerry.replication.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.database.Database;
import org.skerry.replication.ReplicationSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What documents ask for, and what becomes of it. */
@Timeout(300)
class ScheduleTest {
  private final ScheduledNode node = new ScheduledNode();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void theReplicatorDatabaseIsBornWithTheNode() {
    node.start();
    assertThat(node.databases.names()).contains("_replicator");
  }

  @Test
  void aDocumentIsDoneAndSaysSo() {
    Schedule schedule = node.start();
    node.write("a", "x", "{\"n\":1}");
    node.write(
        "_replicator",
        "job",
        "{\"source\":\"a\",\"target\":\"b\",\"create_target\":true,\"n\":1.50}");
    ScheduledNode.await(() -> node.state("job").equals("completed"));

    assertThat(node.document("b", "x")).isPresent();
    ObjectNode json = node.json("_replicator", "job");
    assertThat(json.path("_replication_state_time").asString()).matches("[0-9-]+T[0-9:]+Z");
    assertThat(json.path("_replication_stats").path("docs_written").asInt()).isEqualTo(1);
    assertThat(json.path("_replication_stats").path("start_time").isString()).isTrue();
    assertThat(json.path("n").toString()).as("what the author wrote").isEqualTo("1.50");
    JsonNode shown = node.shown(schedule, "job");
    assertThat(shown.path("state").asString()).isEqualTo("completed");
    assertThat(shown.path("id").isNull()).isTrue();
    assertThat(shown.path("info").path("docs_written").asInt()).isEqualTo(1);
    assertThat(shown.path("info").has("start_time")).isFalse();
    assertThat(schedule.scheduler().jobs()).isEmpty();
  }

  @Test
  void aLiveDocumentRunsUntilItIsDeleted() {
    Schedule schedule = node.start();
    node.database("b");
    node.write("a", "x", "{}");
    node.write("_replicator", "job", "{\"source\":\"a\",\"target\":\"b\",\"continuous\":true}");
    ScheduledNode.await(() -> node.document("b", "x").isPresent());
    node.write("a", "y", "{}");
    ScheduledNode.await(() -> node.document("b", "y").isPresent());
    assertThat(node.shownState(schedule, "job")).isEqualTo("running");
    assertThat(node.state("job")).as("only what nothing follows is written").isEmpty();
    JobStatus job = schedule.scheduler().jobs().getFirst();
    assertThat(job.origin().document()).contains("job");
    assertThat(job.history().stream().map(event -> event.type().word()))
        .containsExactly("started", "added");

    node.write("_replicator", "job", "");
    ScheduledNode.await(
        () -> schedule.scheduler().jobs().isEmpty() && node.replicator.running().isEmpty());
  }

  @Test
  void whatCannotBeDoneIsSaidInTheDocument() {
    Schedule schedule = node.start();
    node.write(
        "_replicator",
        "job",
        "{\"source\":\"http://far/a\",\"target\":\"b\",\"proxy\":\"socks4://clerk:secret@gate\"}");
    ScheduledNode.await(() -> node.state("job").equals("failed"));
    assertThat(node.json("_replicator", "job").path("_replication_state_reason").asString())
        .contains("`proxy`: must begin with http://, https:// or socks5://")
        .doesNotContain("secret");
    assertThat(node.shownState(schedule, "job")).isEqualTo("failed");
  }

  @Test
  void proxiesAreShownWithoutTheirPasswords() {
    Schedule schedule = node.start();
    node.cut.add("far");
    node.write(
        "_replicator",
        "job",
        "{\"source\":\"http://far/a\",\"target\":\"b\",\"source_proxy\":\"http://clerk:secret@gate\"}");
    ScheduledNode.await(() -> node.shownState(schedule, "job").equals("crashing"));
    JsonNode shown = node.shown(schedule, "job");
    assertThat(shown.path("source_proxy").asString()).isEqualTo("http://clerk:*****@gate:80");
    assertThat(shown.path("target_proxy").isNull()).isTrue();
  }

  @Test
  void anEditedDocumentReplacesItsJob() {
    Schedule schedule = node.start();
    node.database("b");
    node.database("c");
    node.write(
        "_replicator",
        "job",
        "{\"source\":\"a\",\"target\":\"b\",\"continuous\":true,\"create_target\":false}");
    node.write("a", "x", "{}");
    ScheduledNode.await(() -> node.document("b", "x").isPresent());
    node.write("_replicator", "job", "{\"source\":\"a\",\"target\":\"c\",\"continuous\":true}");
    ScheduledNode.await(() -> node.document("c", "x").isPresent());

    assertThat(schedule.scheduler().jobs())
        .singleElement()
        .satisfies(job -> assertThat(job.target()).isEqualTo("c"));
  }

  /** The id stays the same: the new job waits for the old one's last checkpoint. */
  @Test
  void anEditThatOnlySaysHowBeginsAgainToo() {
    Schedule schedule = node.start();
    node.database("b");
    node.write("a", "x", "{}");
    String same = "\"source\":\"a\",\"target\":\"b\",\"continuous\":true";
    node.write("_replicator", "job", "{" + same + "}");
    ScheduledNode.await(() -> node.document("b", "x").isPresent());
    for (int i = 1; i < 10; i++) {
      node.write("_replicator", "job", "{" + same + ",\"checkpoint_interval\":" + i * 1000 + "}");
    }
    node.write("a", "y", "{}");
    ScheduledNode.await(() -> node.document("b", "y").isPresent());
    ScheduledNode.await(() -> node.shownState(schedule, "job").equals("running"));

    assertThat(schedule.scheduler().jobs()).hasSize(1);
  }

  @Test
  void anEditOfOtherMembersDisturbsNothing() {
    Schedule schedule = node.start();
    node.database("b");
    node.write("a", "x", "{}");
    String same = "\"source\":\"a\",\"target\":\"b\",\"continuous\":true";
    node.write("_replicator", "job", "{" + same + "}");
    ScheduledNode.await(() -> node.shownState(schedule, "job").equals("running"));
    node.write("_replicator", "job", "{" + same + ",\"comment\":\"of the clinic\"}");
    node.write(
        "_replicator", "other", "{\"source\":\"a\",\"target\":\"b2\",\"create_target\":true}");
    ScheduledNode.await(() -> node.state("other").equals("completed"));

    assertThat(schedule.scheduler().jobs().getFirst().history()).hasSize(2);
  }

  @Test
  void aDocumentThatCannotBeUnderstoodFails() {
    Schedule schedule = node.start();
    node.write(
        "_replicator", "job", "{\"source\":\"http://u:secret@h.test/a\",\"continuous\":\"yes\"}");
    ScheduledNode.await(() -> node.state("job").equals("failed"));

    assertThat(node.json("_replicator", "job").path("_replication_state_reason").asString())
        .contains("continuous")
        .contains("target")
        .doesNotContain("secret");
    JsonNode shown = node.shown(schedule, "job");
    assertThat(shown.path("state").asString()).isEqualTo("failed");
    assertThat(shown.path("error_count").asInt()).isEqualTo(1);
    assertThat(shown.path("info").path("error").asString()).contains("continuous");
    assertThat(shown.toString()).doesNotContain("secret");
    assertThat(shown.path("source").asString()).isEqualTo("http://u:*****@h.test/a");
  }

  @Test
  void theSecondDocumentOfOneReplicationFails() {
    Schedule schedule = node.start();
    node.database("b");
    node.database("a");
    String same = "{\"source\":\"a\",\"target\":\"b\",\"continuous\":true}";
    node.write("_replicator", "first", same);
    ScheduledNode.await(() -> node.shownState(schedule, "first").equals("running"));
    node.write("_replicator", "second", same);
    ScheduledNode.await(() -> node.state("second").equals("failed"));

    assertThat(node.json("_replicator", "second").path("_replication_state_reason").asString())
        .matches(
            "Replication `[0-9a-f]{32}\\+continuous` specified by document `second` already"
                + " started, triggered by document `first` from db `_replicator`");
    assertThat(node.shownState(schedule, "first")).isEqualTo("running");
  }

  @Test
  void aDocumentWaitsForTheSameReplicationBegunByHand() throws InterruptedException {
    Schedule schedule = node.start();
    node.database("b");
    node.write("a", "x", "{}");
    String same = "{\"source\":\"a\",\"target\":\"b\",\"continuous\":true}";
    ReplicationSpec spec = ReplicationSpec.parse(new JsonMapper().readTree(same));
    node.replicator.start(spec);
    ScheduledNode.await(() -> node.document("b", "x").isPresent());
    node.write("_replicator", "job", same);
    ScheduledNode.await(() -> node.shownState(schedule, "job").equals("error"));
    assertThat(node.shown(schedule, "job").path("info").path("error").asString())
        .endsWith(
            "specified by document `job` already running as a transient replication, started via"
                + " `_replicate` API endpoint");
    assertThat(schedule.scheduler().jobs())
        .singleElement()
        .satisfies(job -> assertThat(job.origin().isTransient()).isTrue());
    node.replicator.cancel(spec);

    ScheduledNode.await(() -> node.shownState(schedule, "job").equals("running"));
  }

  @Test
  void aDocumentThatIsDoneCanBeRunAgain() {
    Schedule schedule = node.start();
    node.write("a", "x", "{}");
    node.write("_replicator", "job", "{\"source\":\"a\",\"target\":\"b\",\"create_target\":true}");
    ScheduledNode.await(() -> node.state("job").equals("completed"));
    node.write("a", "y", "{}");
    assertThat(schedule.run("_replicator", "job")).isTrue();
    ScheduledNode.await(() -> node.document("b", "y").isPresent());
    ScheduledNode.await(() -> node.state("job").equals("completed"));

    assertThat(schedule.run("_replicator", "nobody")).isFalse();
  }

  @Test
  void whatAnEarlierProcessLeftGoesOn() {
    node.write("a", "x", "{}");
    node.database("b");
    node.database("c");
    node.write("_replicator", "live", "{\"source\":\"a\",\"target\":\"b\",\"continuous\":true}");
    node.write(
        "_replicator",
        "done",
        "{\"source\":\"a\",\"target\":\"c\",\"_replication_state\":\"completed\"}");
    node.write(
        "_replicator",
        "old",
        "{\"source\":\"a\",\"target\":\"d\",\"create_target\":true,\"_replication_state\":\"triggered\"}");
    Schedule schedule = node.start();
    ScheduledNode.await(() -> node.document("b", "x").isPresent());
    ScheduledNode.await(() -> node.state("old").equals("completed"));

    assertThat(node.document("c", "x")).as("done is done").isEmpty();
    assertThat(node.shownState(schedule, "done")).isEqualTo("completed");
  }

  @Test
  void anotherReplicatorDatabaseIsFollowedAsSoonAsItIsThere() {
    Schedule schedule = node.start();
    node.database("b");
    node.write("a", "x", "{}");
    node.write(
        "clinic/_replicator", "job", "{\"source\":\"a\",\"target\":\"b\",\"continuous\":true}");
    ScheduledNode.await(() -> node.document("b", "x").isPresent());
    assertThat(schedule.scheduler().jobs())
        .singleElement()
        .satisfies(job -> assertThat(job.origin().database()).contains("clinic/_replicator"));
    node.databases.drop("clinic/_replicator");

    ScheduledNode.await(
        () -> schedule.scheduler().jobs().isEmpty() && node.replicator.running().isEmpty());
  }

  @Test
  void designDocumentsAskForNothing() {
    Schedule schedule = node.start();
    node.write("_replicator", "_design/x", "{\"language\":\"javascript\"}");
    node.write("_replicator", "job", "{\"source\":\"a\",\"target\":\"b\",\"create_target\":true}");
    node.database("a");
    ScheduledNode.await(() -> !node.shownState(schedule, "job").equals("initializing"));

    assertThat(schedule.document(node.database("_replicator"), "_design/x")).isEmpty();
    assertThat(node.state("_design/x")).isEmpty();
  }

  @Test
  void documentsAreListedByState() {
    Schedule schedule = node.start();
    node.database("a");
    node.write("_replicator", "1", "{\"source\":\"a\",\"target\":\"b\",\"create_target\":true}");
    node.write("_replicator", "2", "{\"source\":\"a\"}");
    node.write("_replicator", "3", "{\"source\":\"a\",\"target\":\"c\",\"create_target\":true}");
    ScheduledNode.await(
        () ->
            node.state("1").equals("completed")
                && node.state("2").equals("failed")
                && node.state("3").equals("completed"));
    Database replicator = node.database("_replicator");

    Schedule.Listing all = schedule.documents(replicator, Set.of(), 0, 100);
    assertThat(all.total()).isEqualTo(3);
    assertThat(all.documents()).extracting(DocumentStatus::document).containsExactly("1", "2", "3");
    assertThat(schedule.documents(replicator, Set.of(JobState.COMPLETED), 1, 100).documents())
        .extracting(DocumentStatus::document)
        .containsExactly("3");
    assertThat(schedule.documents(replicator, Set.of(JobState.RUNNING), 0, 100).documents())
        .isEmpty();
    assertThat(schedule.documents(replicator, Set.of(), 0, 1).documents()).hasSize(1);
  }

  /** The job's own turn would come in half a minute at the earliest. */
}
