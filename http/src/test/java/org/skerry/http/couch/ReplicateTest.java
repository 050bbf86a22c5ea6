package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.http.Method;
import org.skerry.http.couch.CouchNode.Reply;
import tools.jackson.databind.JsonNode;

@Timeout(300)
class ReplicateTest {
  private final CouchNode node = new CouchNode();

  @BeforeEach
  void createDatabases() {
    node.put("/a", "");
    node.put("/b", "");
    node.post("/a/_bulk_docs", "{\"docs\":[{\"_id\":\"1\"},{\"_id\":\"2\"}]}");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private int count(String database) {
    return node.get("/" + database).json().path("doc_count").asInt();
  }

  @Test
  void aOneShotReplicationIsAnsweredAtItsEnd() {
    Reply reply = node.post("/_replicate", "{\"source\":\"a\",\"target\":\"b\"}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("ok").asBoolean()).isTrue();
    assertThat(reply.json().path("history").path(0).path("docs_written").asInt()).isEqualTo(2);
    assertThat(count("b")).isEqualTo(2);
    JsonNode again = node.post("/_replicate", "{\"source\":\"a\",\"target\":\"b\"}").json();
    assertThat(again.path("no_changes").asBoolean()).isTrue();
  }

  @Test
  void aTargetIsCreatedWhenAskedFor() {
    Reply missing = node.post("/_replicate", "{\"source\":\"a\",\"target\":\"new\"}");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.error()).isEqualTo("db_not_found");
    assertThat(
            node.post("/_replicate", "{\"source\":\"a\",\"target\":\"new\",\"create_target\":true}")
                .status())
        .isEqualTo(200);
    assertThat(count("new")).isEqualTo(2);
  }

  @Test
  void aContinuousReplicationIsATaskUntilItIsCancelled() {
    String words = "{\"source\":\"a\",\"target\":\"b\",\"continuous\":true";
    Reply begun = node.post("/_replicate", words + "}");
    assertThat(begun.status()).isEqualTo(202);
    String id = begun.json().path("_local_id").asString();
    assertThat(id).endsWith("+continuous");
    JsonNode task = node.get("/_active_tasks").json().path(0);
    assertThat(task.path("type").asString()).isEqualTo("replication");
    assertThat(task.path("replication_id").asString()).isEqualTo(id);
    assertThat(task.path("target").asString()).isEqualTo("b");
    Reply cancelled = node.post("/_replicate", words + ",\"cancel\":true}");
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.json().path("_local_id").asString()).isEqualTo(id);
    assertThat(node.get("/_active_tasks").compact()).isEqualTo("[]");
    assertThat(node.post("/_replicate", words + ",\"cancel\":true}").status()).isEqualTo(404);
    assertThat(
            node.post("/_replicate", "{\"cancel\":true,\"replication_id\":\"" + id + "\"}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void aRequestThatCannotBeUnderstoodIsRefused() {
    for (String bad :
        new String[] {
          "{}",
          "{\"source\":\"a\"}",
          "{\"source\":7,\"target\":\"b\"}",
          "{\"source\":\"a\",\"target\":\"a\"}",
          "{\"source\":\"a\",\"target\":\"b\",\"doc_ids\":7}",
          "[]",
          "{"
        }) {
      assertThat(node.post("/_replicate", bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void onlyServerAdministratorsReplicate() {
    assertThat(
            node.send(
                    CouchNode.user("ann"),
                    Method.POST,
                    "/_replicate",
                    "{\"source\":\"a\",\"target\":\"b\"}")
                .status())
        .isEqualTo(401);
    assertThat(count("b")).isZero();
  }
}
