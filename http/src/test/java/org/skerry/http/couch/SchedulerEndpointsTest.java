package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.database.WriteGuard;
import org.skerry.http.Method;
import tools.jackson.databind.JsonNode;

@Timeout(300)
class SchedulerEndpointsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final CouchNode node = new CouchNode();

  @BeforeEach
  void start() {
    node.schedule().start();
    node.put("/a", "");
    node.put("/b", "");
    node.put("/a/x", "{}");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for %s", PATIENCE).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private String state(String id) {
    return node.get("/_scheduler/docs/_replicator/" + id).json().path("state").asString("");
  }

  private void live(String id) {
    assertThat(
            node.put(
                    "/_replicator/" + id, "{\"source\":\"a\",\"target\":\"b\",\"continuous\":true}")
                .status())
        .isEqualTo(201);
    await(() -> state(id).equals("running") && node.get("/b/x").status() == 200);
  }

  @Test
  void aJobHasCouchDbsShape() {
    live("job");
    JsonNode jobs = node.get("/_scheduler/jobs").json();
    assertThat(jobs.propertyNames()).containsExactly("total_rows", "offset", "jobs");
    assertThat(jobs.path("total_rows").asInt()).isEqualTo(1);
    JsonNode job = jobs.path("jobs").get(0);
    assertThat(job.propertyNames())
        .containsExactly(
            "database",
            "id",
            "pid",
            "source",
            "target",
            "user",
            "doc_id",
            "info",
            "history",
            "node",
            "start_time");
    assertThat(job.path("database").asString()).isEqualTo("_replicator");
    assertThat(job.path("doc_id").asString()).isEqualTo("job");
    assertThat(job.path("id").asString()).matches("[0-9a-f]{32}\\+continuous");
    assertThat(job.path("pid").asString()).matches("<0\\.[0-9]+\\.0>");
    assertThat(job.path("history").get(0).path("type").asString()).isEqualTo("started");
    assertThat(job.path("history").get(0).path("timestamp").asString())
        .matches("[0-9-]{10}T[0-9:]{8}Z");
    assertThat(job.path("info").propertyNames())
        .contains("docs_written", "changes_pending", "source_seq", "through_seq");

    String id = job.path("id").asString();
    assertThat(node.get("/_scheduler/jobs/" + id).json().path("doc_id").asString())
        .isEqualTo("job");
    assertThat(node.get("/_scheduler/jobs/" + id.replace("+", "%2B")).status()).isEqualTo(200);
    assertThat(node.get("/_scheduler/jobs/nobody").status()).isEqualTo(404);
    JsonNode task = node.get("/_active_tasks").json().get(0);
    assertThat(task.path("doc_id").asString()).isEqualTo("job");
    assertThat(task.path("database").asString()).isEqualTo("_replicator");
  }

  @Test
  void aDocumentHasCouchDbsShape() {
    live("job");
    JsonNode docs = node.get("/_scheduler/docs").json();
    assertThat(docs.path("total_rows").asInt()).isEqualTo(1);
    assertThat(docs.path("docs").get(0).propertyNames())
        .containsExactlyInAnyOrder(
            "database",
            "doc_id",
            "id",
            "node",
            "source",
            "target",
            "state",
            "info",
            "error_count",
            "last_updated",
            "start_time",
            "source_proxy",
            "target_proxy");
    assertThat(node.get("/_scheduler/docs/_replicator").json()).isEqualTo(docs);
    assertThat(node.get("/_scheduler/docs?states=Running,pending").json().path("docs").size())
        .isEqualTo(1);
    assertThat(node.get("/_scheduler/docs?states=failed").json().path("docs").size()).isZero();
    assertThat(node.get("/_scheduler/docs?skip=1").json().path("docs").size()).isZero();
    assertThat(node.get("/_scheduler/docs?limit=0").json().path("docs").size()).isZero();
  }

  @Test
  void badQuestionsAreToldWhy() {
    assertThat(node.get("/_scheduler/docs?states=lost").reason())
        .isEqualTo(
            "States must be one or more of"
                + " [initializing,error,running,pending,crashing,completed,failed]");
    assertThat(node.get("/_scheduler/jobs?limit=x").reason()).isEqualTo("limit must be an integer");
    assertThat(node.get("/_scheduler/jobs?skip=-1").reason())
        .isEqualTo("skip not in range of [0,infinity]");
    for (String path :
        new String[] {
          "/_scheduler/docs/a",
          "/_scheduler/docs/x_replicator",
          "/_scheduler/docs/no/_replicator",
          "/_scheduler/docs/_replicatorx/y",
          "/_scheduler/docs/_replicator/nobody",
          "/_scheduler/docs/NO/_replicator/x"
        }) {
      assertThat(node.get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(node.post("/_scheduler/docs/_replicator/nobody/_run", "{}").status()).isEqualTo(404);
    assertThat(node.post("/_scheduler/docs/_replicator/nobody", "{}").status()).isEqualTo(404);
    assertThat(node.post("/_scheduler/jobs/nobody/_run", "{}").status()).isEqualTo(404);
  }

  @Test
  void otherReplicatorDatabasesAreNamedWithOrWithoutEscapes() {
    node.put("/x%2F_replicator", "");
    node.put("/x%2F_replicator/job", "{\"source\":\"a\",\"target\":\"b\",\"continuous\":true}");
    await(() -> node.get("/_scheduler/jobs").json().path("total_rows").asInt() == 1);

    for (String path :
        new String[] {"/_scheduler/docs/x/_replicator", "/_scheduler/docs/x%2F_replicator"}) {
      assertThat(node.get(path).json().path("docs").get(0).path("doc_id").asString())
          .isEqualTo("job");
      assertThat(node.get(path + "/job").json().path("database").asString())
          .isEqualTo("x/_replicator");
    }
  }

  @Test
  void onlyAdministratorsSeeWhatEverybodyReplicates() {
    for (String path : new String[] {"/_scheduler/jobs", "/_scheduler/docs"}) {
      assertThat(node.send(CouchNode.user("nurse"), Method.GET, path, "").status()).isEqualTo(401);
    }
    assertThat(
            node.send(
                    CouchNode.user("nurse"),
                    Method.POST,
                    "/_scheduler/docs/_replicator/job/_run",
                    "{}")
                .status())
        .isEqualTo(401);
  }

  @Test
  void aBadDocumentIsRefusedAtTheDoor() {
    CouchNode.Reply reply = node.put("/_replicator/job", "{\"source\":\"a\"}");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.error()).isEqualTo("forbidden");
    assertThat(reply.reason()).contains("target");
  }

  @Test
  void aDocumentShowsItsOwnerAndItsEnd() {
    node.put("/_replicator/job", "{\"source\":\"a\",\"target\":\"b\"}");
    await(
        () ->
            node.get("/_replicator/job")
                .json()
                .path("_replication_state")
                .asString("")
                .equals("completed"));
    JsonNode json = node.get("/_replicator/job").json();
    assertThat(json.path("owner").asString()).isEqualTo("admin");
    assertThat(json.path("_replication_stats").path("docs_written").asInt()).isEqualTo(1);
    assertThat(node.get("/_scheduler/docs/_replicator/job").json().path("state").asString())
        .isEqualTo("completed");

    node.put("/a/y", "{}");
    assertThat(node.post("/_scheduler/docs/_replicator/job/_run", "{}").status()).isEqualTo(202);
    await(() -> node.get("/b/y").status() == 200);
  }

  @Test
  void whatIsStoppedRestsUntilSomebodyRunsItAndTheLogTellsBothFromAnEdit() {
    live("job");
    String path = "/_scheduler/docs/_replicator/job";
    assertThat(node.post(path + "/_stop", "{}").status()).isEqualTo(202);
    await(() -> node.get("/_scheduler/jobs").json().path("total_rows").asInt() == 0);
    assertThat(state("job")).isEqualTo("failed");
    assertThat(node.get(path).json().path("info").path("error").asString())
        .isEqualTo("Stopped by admin");
    assertThat(node.post(path + "/_stop", "{}").status()).as("it rests").isEqualTo(202);

    assertThat(node.post(path + "/_run", "{}").status()).isEqualTo(202);
    await(() -> node.get("/_scheduler/jobs").json().path("total_rows").asInt() == 1);

    JsonNode document = node.get("/_replicator/job").json();
    assertThat(node.put("/_replicator/job", document.toString()).status()).isEqualTo(201);
    List<AuditEvent> noted =
        node.audited(
            AuditAction.REPLICATION_STARTED,
            AuditAction.REPLICATION_STOPPED,
            AuditAction.REPLICATION_RUN,
            AuditAction.REPLICATION_CHANGED);
    assertThat(noted)
        .extracting(AuditEvent::action)
        .containsExactly(
            AuditAction.REPLICATION_STARTED,
            AuditAction.REPLICATION_STOPPED,
            AuditAction.REPLICATION_RUN,
            AuditAction.REPLICATION_CHANGED);
    assertThat(noted).extracting(AuditEvent::subject).containsOnly("_replicator/job");
    assertThat(noted.get(1).actor().name()).contains("admin");
  }

  @Test
  void onlyWhatIsThereIsStoppedAndByAdministratorsAlone() {
    live("job");
    for (String path : new String[] {"_replicator/nobody", "nowhere/_replicator/job"}) {
      assertThat(node.post("/_scheduler/docs/" + path + "/_stop", "{}").status())
          .as(path)
          .isEqualTo(404);
    }
    assertThat(
            node.send(
                    CouchNode.user("nurse"),
                    Method.POST,
                    "/_scheduler/docs/_replicator/job/_stop",
                    "{}")
                .status())
        .isEqualTo(401);
    assertThat(node.audited(AuditAction.REPLICATION_STOPPED)).isEmpty();
  }

  @Test
  void replicationsBegunByHandAreListedToo() {
    node.post("/_replicate", "{\"source\":\"a\",\"target\":\"b\",\"continuous\":true}");
    JsonNode job = node.get("/_scheduler/jobs").json().path("jobs").get(0);
    assertThat(job.path("doc_id").isNull()).isTrue();
    assertThat(job.path("database").isNull()).isTrue();
    assertThat(job.path("user").asString()).isEqualTo("admin");
    String id = job.path("id").asString();
    assertThat(node.get("/_scheduler/jobs/" + id).status()).isEqualTo(200);
  }

  @Test
  void aJobIsCancelledByItsId() {
    live("job");
    String id = node.get("/_scheduler/jobs").json().path("jobs").get(0).path("id").asString();
    CouchNode.Reply reply =
        node.post("/_replicate", "{\"cancel\":true,\"replication_id\":\"" + id + "\"}");
    assertThat(reply.json().path("_local_id").asString()).isEqualTo(id);
    assertThat(node.get("/_scheduler/jobs").json().path("total_rows").asInt()).isZero();
    assertThat(
            node.post("/_replicate", "{\"cancel\":true,\"replication_id\":\"" + id + "\"}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void aCrashedJobRunsWhenItIsAskedFor() {
    node.put("/_replicator/job", "{\"source\":\"late\",\"target\":\"b\",\"continuous\":true}");
    await(() -> state("job").equals("crashing"));
    JsonNode crashed = node.get("/_scheduler/jobs").json().path("jobs").get(0);
    assertThat(crashed.path("pid").isNull()).isTrue();
    assertThat(crashed.path("next_run").asString()).matches("[0-9-]{10}T[0-9:]{8}Z");
    assertThat(crashed.path("history").get(0).path("reason").asString()).contains("late");
    node.put("/late", "");
    node.put("/late/z", "{}");
    String id = crashed.path("id").asString();
    assertThat(node.post("/_scheduler/jobs/" + id + "/_run", "{}").status()).isEqualTo(202);

    await(() -> node.get("/b/z").status() == 200);
  }

  @Test
  void refusedDocumentsAreListedAndSentAgain() {
    AtomicBoolean picky = new AtomicBoolean(true);
    node.databases()
        .guard(
            "b",
            (database, revision, author) ->
                picky.get() ? WriteGuard.Verdict.forbidden("not here") : WriteGuard.Verdict.PASS);
    node.put("/_replicator/job", "{\"source\":\"a\",\"target\":\"b\"}");
    await(() -> state("job").equals("completed"));
    JsonNode list = node.get("/_scheduler/refused").json();
    assertThat(list.path("total_rows").asInt()).isEqualTo(1);
    JsonNode row = list.path("replications").get(0);
    assertThat(row.path("count").asInt()).isEqualTo(1);
    String path = "/_scheduler/refused/" + row.path("id").asString();
    JsonNode refused = node.get(path).json().path("refused").get(0);
    assertThat(refused.path("id").asString()).isEqualTo("x");
    assertThat(refused.path("error").asString()).isEqualTo("forbidden");
    assertThat(refused.path("reason").asString()).isEqualTo("not here");

    picky.set(false);
    JsonNode again = node.post(path + "/_retry", "{}").json();
    assertThat(again.path("accepted").asInt()).isEqualTo(1);
    assertThat(again.path("refused").asInt()).isZero();
    assertThat(node.get("/b/x").status()).isEqualTo(200);
    assertThat(node.get(path).status()).isEqualTo(404);
    assertThat(node.post(path + "/_retry", "{}").status()).isEqualTo(404);
    assertThat(node.delete(path).status()).isEqualTo(404);
  }

  @Test
  void whatNobodyAsksForCannotBeSentAgain() {
    node.databases()
        .guard("b", (database, revision, author) -> WriteGuard.Verdict.forbidden("not here"));
    node.post("/_replicate", "{\"source\":\"a\",\"target\":\"b\"}");
    String id =
        node.get("/_scheduler/refused").json().path("replications").get(0).path("id").asString();
    assertThat(node.post("/_scheduler/refused/" + id + "/_retry", "{}").status()).isEqualTo(409);
    assertThat(node.delete("/_scheduler/refused/" + id).status()).isEqualTo(200);
    assertThat(node.get("/_scheduler/refused").json().path("total_rows").asInt()).isZero();
  }

  private CouchNode.Reply as(String user, Method method, String path, String json) {
    return node.send(CouchNode.user(user), method, path, json);
  }

  @Test
  void membersSeeTheirOwnDocumentsAlone() {
    node.put("/_replicator/_security", "{\"members\":{},\"admins\":{\"names\":[\"chief\"]}}");
    String json = "{\"source\":\"http://u:secret@h.test/a\",\"target\":\"http://h.test/b\"}";
    assertThat(as("nurse", Method.PUT, "/_replicator/job", json).status()).isEqualTo(201);
    assertThat(as("nurse", Method.POST, "/_replicator", json).status()).isEqualTo(201);
    assertThat(as("nurse", Method.GET, "/_replicator/job", "").text())
        .contains("secret")
        .contains("\"owner\":\"nurse\"");
    assertThat(as("chief", Method.GET, "/_replicator/job", "").status()).isEqualTo(200);

    for (String path :
        new String[] {"/_replicator/job", "/_replicator/job?open_revs=all", "/_replicator/none"}) {
      CouchNode.Reply reply = as("other", Method.GET, path, "");
      assertThat(reply.status()).as(path).isEqualTo(404);
      assertThat(reply.text()).doesNotContain("secret");
    }
    for (String path :
        new String[] {
          "/_replicator/_all_docs?include_docs=true",
          "/_replicator/_changes?include_docs=true",
          "/_replicator/_local_docs",
          "/_replicator/_local/refused-x"
        }) {
      assertThat(as("nurse", Method.GET, path, "").status()).as(path).isEqualTo(403);
    }
    assertThat(
            as("other", Method.POST, "/_replicator/_bulk_get", "{\"docs\":[{\"id\":\"job\"}]}")
                .status())
        .isEqualTo(403);
    assertThat(as("other", Method.PUT, "/_replicator/job", json).status())
        .as("as if there were none")
        .isIn(403, 409);
  }

  /** A revision beside another's would win, and show the other one as a conflict. */
  @Test
  void nobodySlipsARevisionBesideThoseOfOthers() {
    node.put("/_replicator/_security", "{\"members\":{}}");
    String json = "{\"source\":\"http://u:secret@h.test/a\",\"target\":\"http://h.test/b\"";
    as("nurse", Method.PUT, "/_replicator/job", json + "}");
    String beside =
        "{\"new_edits\":false,\"docs\":["
            + json
            + ",\"_id\":\"job\",\"owner\":\"other\",\"_rev\":\"9-ffffffffffffffffffffffffffffffff\"}]}";
    assertThat(as("other", Method.POST, "/_replicator/_bulk_docs", beside).text())
        .contains("forbidden");
    assertThat(as("other", Method.GET, "/_replicator/job", "").status()).isEqualTo(404);
  }
}
