package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.database.Author;
import org.skerry.database.WriteGuard.Verdict;
import org.skerry.http.Method;
import org.skerry.http.couch.CouchNode.Reply;
import tools.jackson.databind.JsonNode;

/** How clients and replications are told what a guard refused. */
class RefusedWritesTest {
  private final CouchNode node = new CouchNode();
  private final List<Author> authors = new ArrayList<>();

  @BeforeEach
  void createDatabases() {
    node.put("/db", "");
    node.put("/source", "");
    node.databases()
        .guard(
            "db",
            (database, revision, author) -> {
              authors.add(author);
              String body = revision.body().toString();
              if (body.contains("\"no\"")) {
                return Verdict.forbidden("never");
              }
              if (body.contains("\"who\"")) {
                return Verdict.unauthorized("sign in");
              }
              return body.contains("\"odd\"") ? new Verdict.Refuse("odd", "strange") : Verdict.PASS;
            });
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static void assertTold(Reply reply, int status, String error, String reason) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("error").asString()).isEqualTo(error);
    assertThat(reply.json().path("reason").asString()).isEqualTo(reason);
  }

  @Test
  void aSingleDocumentIsRefusedWithItsStatus() {
    assertTold(node.put("/db/a", "{\"no\":1}"), 403, "forbidden", "never");
    assertTold(node.put("/db/a", "{\"who\":1}"), 401, "unauthorized", "sign in");
    assertTold(node.put("/db/a", "{\"odd\":1}"), 500, "odd", "strange");
    assertTold(node.post("/db", "{\"no\":1}"), 403, "forbidden", "never");
    assertTold(
        node.put("/db/a?new_edits=false", "{\"_rev\":\"1-aa\",\"no\":1}"),
        403,
        "forbidden",
        "never");
  }

  @Test
  void aBulkTellsOfEachDocument() {
    JsonNode rows =
        node.post(
                "/db/_bulk_docs",
                "{\"docs\":[{\"_id\":\"a\",\"no\":1},{\"_id\":\"b\"},{\"_id\":\"c\",\"who\":1}]}")
            .json();
    assertThat(rows.path(0).toString())
        .isEqualTo("{\"id\":\"a\",\"error\":\"forbidden\",\"reason\":\"never\"}");
    assertThat(rows.path(1).path("ok").asBoolean()).isTrue();
    assertThat(rows.path(2).path("error").asString()).isEqualTo("unauthorized");
  }

  @Test
  void ofRevisionsWithNamesTheRefusedAreReported() {
    JsonNode rows =
        node.post(
                "/db/_bulk_docs",
                "{\"new_edits\":false,\"docs\":[{\"_id\":\"a\",\"_rev\":\"1-aa\",\"no\":1},"
                    + "{\"_id\":\"b\",\"_rev\":\"1-bb\"}]}")
            .json();
    assertThat(rows).hasSize(1);
    assertThat(rows.path(0).path("id").asString()).isEqualTo("a");
    assertThat(rows.path(0).path("error").asString()).isEqualTo("forbidden");
  }

  @Test
  void aReplicationCountsWhatItsTargetRefuses() {
    node.post("/source/_bulk_docs", "{\"docs\":[{\"_id\":\"a\",\"no\":1},{\"_id\":\"b\"}]}");
    JsonNode history =
        node.post("/_replicate", "{\"source\":\"source\",\"target\":\"db\"}")
            .json()
            .path("history")
            .path(0);
    assertThat(history.path("docs_written").asInt()).isEqualTo(1);
    assertThat(history.path("doc_write_failures").asInt()).isEqualTo(1);
    assertThat(node.get("/db").json().path("doc_count").asInt()).isEqualTo(1);
    assertThat(authors).extracting(author -> author.name().orElse("")).containsOnly("admin");
  }

  @Test
  void theAuthorIsWhoSignedIn() {
    node.put("/db/_security", "{\"members\":{\"roles\":[\"ward\"]}}");
    node.send(CouchNode.user("nurse", "ward"), Method.PUT, "/db/a", "{}");
    assertThat(authors.getLast().name()).contains("nurse");
    assertThat(authors.getLast().roles()).containsExactly("ward");
  }

  @Test
  void localDocumentsAreNotGuarded() {
    assertThat(node.put("/db/_local/x", "{\"no\":1}").status()).isEqualTo(201);
    assertThat(authors).isEmpty();
  }
}
