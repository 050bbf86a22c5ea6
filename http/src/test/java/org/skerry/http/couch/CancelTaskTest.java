package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.audit.AuditAction;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;
import org.skerry.http.UserContext;
import org.skerry.http.couch.CouchNode.Reply;
import org.skerry.index.IndexBuildCancelledException;
import org.skerry.index.IndexDefinition;
import org.skerry.index.Indexer;
import org.skerry.search.IndexBuild;
import org.skerry.search.IndexPlace;
import org.skerry.search.SearchBuildCancelledException;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;

/** Long work, watched and broken off. */
@Timeout(300)
class CancelTaskTest {
  private static final UserContext KEEPER = CouchNode.user("keeper");
  private static final UserContext NURSE = CouchNode.user("nurse");

  private final CouchNode node = new CouchNode();
  private final CountDownLatch building = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  @BeforeEach
  void create() {
    node.put("/db", "");
    node.put("/other", "");
    node.put(
        "/db/_security",
        "{\"admins\":{\"names\":[\"keeper\"]},\"members\":{\"names\":[\"nurse\"]}}");
  }

  @AfterEach
  void close() {
    go.countDown();
    node.close();
  }

  private final class Waiting implements Indexer {
    @Override
    public Mapping open() {
      return new Mapping() {
        @Override
        public void map(StoredDocument document, RowSink rows) {
          building.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        }

        @Override
        public void close() {
          // Holds nothing.
        }
      };
    }
  }

  private Future<Throwable> build(ExecutorService threads) throws InterruptedException {
    String documents =
        IntStream.range(0, 2_000)
            .mapToObj(i -> "{\"_id\":\"d" + i + "\"}")
            .collect(Collectors.joining(","));
    node.post("/db/_bulk_docs", "{\"docs\":[" + documents + "]}");
    IndexDefinition definition =
        new IndexDefinition(
            "waiting", "_design/slow", List.of(IndexDefinition.View.PLAIN), false, new Waiting());
    Future<Throwable> asked =
        threads.submit(
            () -> {
              try {
                node.indexes().open(node.database("db"), definition).catchUp();
                return new AssertionError("it was not cancelled");
              } catch (RuntimeException e) {
                return e;
              }
            });
    building.await();
    return asked;
  }

  private static String path(JsonNode task) {
    return task.path("pid").asString().replace("<", "%3C").replace(">", "%3E");
  }

  @Test
  void whoWaitsForACancelledBuildLearnsWhatHappenedAndHowToGoOn() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Throwable> asked = build(threads);
      JsonNode task = node.get("/_active_tasks").json().get(0);
      assertThat(task.path("type").asString()).isEqualTo("indexer");
      assertThat(task.path("design_document").asString()).isEqualTo("_design/slow");
      assertThat(task.path("total_changes").asInt()).isEqualTo(2_000);
      assertThat(task.path("cancellable").asBoolean()).isTrue();
      Reply reply = node.delete("/_active_tasks/" + path(task));
      assertThat(reply.status()).isEqualTo(202);
      assertThat(reply.compact()).isEqualTo("{\"ok\":true}");
      assertThat(node.audited(AuditAction.TASK_CANCELLED))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.subject()).isEqualTo("db");
                assertThat(event.actor().name()).contains("admin");
                assertThat(event.details()).containsEntry("task", "indexer");
              });
      go.countDown();
      assertThat(asked.get()).isInstanceOf(IndexBuildCancelledException.class);
      HttpProblem problem =
          CouchProblems.of((IndexBuildCancelledException) asked.get()).orElseThrow();
      assertThat(problem.status()).isEqualTo(503);
      assertThat(problem.error()).isEqualTo("index_build_cancelled");
      assertThat(problem.reason())
          .contains("_design/slow")
          .contains("of 2000 changes")
          .contains("update=false");
      assertThat(node.get("/_active_tasks").json().isEmpty()).isTrue();
    }
  }

  @Test
  void aDatabasesAdministratorSeesAndCancelsItsTasksAlone() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Throwable> asked = build(threads);
      assertThat(node.send(KEEPER, Method.GET, "/_active_tasks", "").status()).isEqualTo(401);
      assertThat(node.send(NURSE, Method.GET, "/db/_active_tasks", "").status()).isEqualTo(403);
      assertThat(node.get("/other/_active_tasks").json().isEmpty()).isTrue();
      JsonNode task = node.send(KEEPER, Method.GET, "/db/_active_tasks", "").json().get(0);
      String below = "/_active_tasks/" + path(task);
      assertThat(node.send(NURSE, Method.DELETE, "/db" + below, "").status()).isEqualTo(403);
      assertThat(node.send(KEEPER, Method.DELETE, below, "").status()).isEqualTo(401);
      assertThat(node.delete("/other" + below).status()).isEqualTo(404);
      assertThat(node.send(KEEPER, Method.DELETE, "/db" + below, "").status()).isEqualTo(202);
      go.countDown();
      assertThat(asked.get()).isInstanceOf(IndexBuildCancelledException.class);
    }
  }

  @Test
  void aSearchBuildIsCancelledInTheSameWay() {
    node.fullText()
        .building
        .add(
            new IndexBuild(
                7, "db", new IndexPlace("_design/d", "bar"), Instant.ofEpochSecond(99), 30, 120));
    JsonNode task = node.get("/_active_tasks").json().get(0);
    assertThat(node.delete("/_active_tasks/" + path(task)).status()).isEqualTo(202);
    assertThat(node.fullText().building).isEmpty();
    SearchBuildCancelledException cancelled =
        new SearchBuildCancelledException(new IndexPlace("_design/d", "bar"), 30, 120);
    assertThat(CouchProblems.of(cancelled).orElseThrow().error())
        .isEqualTo("index_build_cancelled");
  }

  @Test
  void whatDoesNotRunIsNotFound() {
    for (String pid : new String[] {"%3C0.1.0%3E", "nonsense", "%3C0.99999999999999999999.1%3E"}) {
      Reply reply = node.delete("/_active_tasks/" + pid);
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.error()).isEqualTo("not_found");
      assertThat(reply.reason()).isEqualTo("No such task runs, or it has just ended.");
    }
  }
}
