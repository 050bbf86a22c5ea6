package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.http.Method;
import org.skerry.http.couch.CouchNode.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class DatabaseEndpointsTest {
  private final CouchNode node = new CouchNode();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void aDatabaseIsCreatedOnce() {
    Reply created = node.put("/db", "");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.compact()).isEqualTo("{\"ok\":true}");
    assertThat(created.headers()).containsEntry("Location", "http://node.test/db");
    Reply again = node.put("/db", "");
    assertThat(again.status()).isEqualTo(412);
    assertThat(again.error()).isEqualTo("file_exists");
  }

  @Test
  void namesThatNoDatabaseMayHaveAreRefused() {
    for (String name : new String[] {"Db", "_db", "1db", "d%C3%A4", "..", "d b"}) {
      Reply refused = node.put("/" + name, "");
      assertThat(refused.status()).as(name).isEqualTo(400);
      assertThat(refused.error()).as(name).isEqualTo("illegal_database_name");
    }
    assertThat(node.get("/_nowhere").status()).isEqualTo(404);
    assertThat(node.delete("/Nowhere").reason()).isEqualTo("Database does not exist.");
  }

  @Test
  void aNameWithASlashIsOneSegment() {
    assertThat(node.put("/a%2Fb", "").headers().get("Location"))
        .isEqualTo("http://node.test/a%2Fb");
    assertThat(node.get("/a%2Fb").json().path("db_name").asString()).isEqualTo("a/b");
  }

  @Test
  void clusterOptionsMustBeNumbers() {
    assertThat(node.put("/a?q=4&n=1", "").status()).isEqualTo(201);
    assertThat(node.put("/b?q=x", "").reason())
        .isEqualTo("The `q` value should be a positive integer.");
    assertThat(node.put("/b?n=0", "").status()).isEqualTo(400);
    assertThat(node.put("/b?partitioned=true", "").status()).isEqualTo(400);
  }

  @Test
  void infoCountsDocumentsAndTombstones() {
    node.put("/db", "");
    node.post(
        "/db/_bulk_docs",
        "{\"docs\":[{\"_id\":\"a\"},{\"_id\":\"b\"},{\"_id\":\"c\",\"_deleted\":true}]}");
    JsonNode info = node.get("/db").json();
    assertThat(info.path("doc_count").asInt()).isEqualTo(2);
    assertThat(info.path("doc_del_count").asInt()).isEqualTo(1);
    assertThat(info.path("update_seq").asString()).startsWith("3-");
    assertThat(info.path("instance_start_time").asString()).isEqualTo("0");
    assertThat(info.path("compact_running").asBoolean()).isFalse();
    assertThat(info.path("cluster").toString()).isEqualTo("{\"q\":1,\"n\":1,\"w\":1,\"r\":1}");
    assertThat(info.path("sizes").size()).isEqualTo(3);
  }

  @Test
  void aDeletedDatabaseIsGone() {
    node.put("/db", "");
    assertThat(node.delete("/db?rev=1-a").reason()).contains("?=rev");
    assertThat(node.delete("/db").compact()).isEqualTo("{\"ok\":true}");
    Reply gone = node.get("/db");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.reason()).isEqualTo("Database does not exist.");
    assertThat(node.delete("/db").status()).isEqualTo(404);
  }

  @Test
  void aPostedDocumentGetsANameUnlessItHasOne() {
    node.put("/db", "");
    Reply named = node.post("/db", "{\"_id\":\"a b/c\",\"n\":1}");
    assertThat(named.status()).isEqualTo(201);
    assertThat(named.headers()).containsEntry("Location", "http://node.test/db/a%20b%2Fc");
    assertThat(named.json().path("rev").asString()).startsWith("1-");
    Reply unnamed = node.post("/db", "{}");
    assertThat(unnamed.json().path("id").asString()).matches("[0-9a-f]{32}");
    assertThat(node.post("/db", "{\"_id\":\"a b/c\"}").status()).isEqualTo(409);
  }

  @Test
  void aBatchIsAcceptedWithoutARevision() {
    node.put("/db", "");
    Reply batch = node.post("/db?batch=ok", "{\"_id\":\"a\"}");
    assertThat(batch.status()).isEqualTo(202);
    assertThat(batch.compact()).isEqualTo("{\"ok\":true,\"id\":\"a\"}");
    assertThat(node.get("/db").json().path("doc_count").asInt()).isEqualTo(1);
  }

  @Test
  void whatIsNoDocumentIsRefused() {
    node.put("/db", "");
    assertThat(node.post("/db", "{\"a\":").status()).isEqualTo(400);
    assertThat(node.post("/db", "[]").reason()).isEqualTo("Document must be a JSON object");
    assertThat(node.post("/db", "{\"_zing\":4}").error()).isEqualTo("doc_validation");
    assertThat(node.post("/db", "{\"_id\":\"_zing\"}").error()).isEqualTo("illegal_docid");
    assertThat(node.post("/db", "{\"_rev\":\"x\"}").error()).isEqualTo("bad_request");
    assertThat(node.get("/db").json().path("doc_count").asInt()).isZero();
  }

  @Test
  void postsNeedJson() {
    node.put("/db", "");
    Reply form =
        node.send(
            CouchNode.ADMIN,
            Method.POST,
            "/db",
            "{}",
            Map.of("Content-Type", "application/x-www-form-urlencoded"));
    assertThat(form.status()).isEqualTo(415);
    assertThat(form.error()).isEqualTo("bad_content_type");
    assertThat(node.send(CouchNode.ADMIN, Method.POST, "/db", "{}", Map.of()).status())
        .isEqualTo(415);
    assertThat(
            node.send(
                    CouchNode.ADMIN,
                    Method.POST,
                    "/db",
                    "{}",
                    Map.of("content-type", "application/json; charset=utf-8"))
                .status())
        .isEqualTo(201);
  }

  @Test
  void theRevisionLimitIsANumberFromOne() {
    node.put("/db", "");
    assertThat(node.get("/db/_revs_limit").compact()).isEqualTo("1000");
    assertThat(node.put("/db/_revs_limit", "5").compact()).isEqualTo("{\"ok\":true}");
    assertThat(node.get("/db/_revs_limit").compact()).isEqualTo("5");
    for (String bad : new String[] {"0", "-1", "\"7\"", "1.5", "{}", "", "99999999999"}) {
      assertThat(node.put("/db/_revs_limit", bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void aFullCommitIsNothingToDo() {
    node.put("/db", "");
    Reply reply = node.post("/db/_ensure_full_commit", "");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.compact()).isEqualTo("{\"ok\":true,\"instance_start_time\":\"0\"}");
  }

  @Test
  void compactionIsAccepted() {
    node.put("/db", "");
    assertThat(node.post("/db/_compact", "").status()).isEqualTo(202);
  }

  @Test
  void missingRevisionsAreReportedWithPossibleAncestors() {
    node.put("/db", "");
    String rev = node.post("/db", "{\"_id\":\"a\"}").json().path("rev").asString();
    String question = "{\"a\":[\"" + rev + "\",\"2-x\"],\"b\":[\"1-y\"],\"c\":[]}";
    assertThat(node.post("/db/_revs_diff", question).compact())
        .isEqualTo(
            "{\"a\":{\"missing\":[\"2-x\"],\"possible_ancestors\":[\""
                + rev
                + "\"]},\"b\":{\"missing\":[\"1-y\"]}}");
    assertThat(node.post("/db/_missing_revs", question).compact())
        .isEqualTo("{\"missing_revs\":{\"a\":[\"2-x\"],\"b\":[\"1-y\"]}}");
  }

  @Test
  void missingRevisionsAreReportedOfIdsOfAnyKind() {
    node.put("/db", "");
    for (String id : new String[] {"a\"b", "a\\b", "a\u0001\n", "\u00e9\u4e2d", "\ud83d\ude00"}) {
      ObjectNode question = JsonNodeFactory.instance.objectNode();
      question.putArray(id).add("1-y");
      JsonNode answer = node.post("/db/_revs_diff", question.toString()).json();
      assertThat(answer.path(id).path("missing").path(0).asString()).as(id).isEqualTo("1-y");
      assertThat(answer.size()).isOne();
    }
  }

  @Test
  void aQuestionHasABound() {
    node.put("/db", "");
    String revs = "\"1-y\",".repeat(RevisionQueries.MOST - 2) + "\"1-y\"";
    assertThat(node.post("/db/_revs_diff", "{\"a\":[" + revs + "]}").status()).isEqualTo(200);
    assertThat(node.post("/db/_revs_diff", "{\"a\":[" + revs + ",\"1-y\"]}").status())
        .isEqualTo(413);
  }

  /** A tree of two-byte values needs many times their room. */
  @Test
  void aTreeHasABound() {
    node.put("/db", "");
    String lists = "[],".repeat(1_000_001) + "[]";
    for (String body : new String[] {"{\"keys\":[" + lists + "]}", "{\"docs\":[" + lists + "]}"}) {
      String path = body.startsWith("{\"docs") ? "/db/_bulk_get" : "/db/_all_docs";
      assertThat(node.post(path, body).status()).as(path).isEqualTo(413);
    }
    assertThat(node.put("/db/_security", "{\"a\":[" + lists + "]}").status()).isEqualTo(413);
  }

  /** Each needs many times its room, and nothing is written of too many. */
  @Test
  void aBulkHasABound() {
    node.put("/db", "");
    String docs = "{},".repeat(100_000) + "{}";
    Reply reply = node.post("/db/_bulk_docs", "{\"docs\":[" + docs + "]}");
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.text()).contains("at most 100000 documents");
    assertThat(node.get("/db").json().path("doc_count").asInt()).isZero();
  }

  @Test
  void questionsOfAnotherShapeAreRefused() {
    node.put("/db", "");
    for (String bad :
        new String[] {
          "",
          "x",
          "[]",
          "[[",
          "{\"a\":7}",
          "{\"a\":[7]}",
          "{\"a\":[\"x\"]}",
          "{\"a\":[\"1-y\"",
          "{\"a\":[\"1-y\",]}",
          "{\"_a\":[]}",
          "{\"\":[]}",
          "{\"\\ud83d\":[]}",
          "{\"a\":[],\"a\":[]}",
          "{\"a\":[]} {}"
        }) {
      assertThat(node.post("/db/_revs_diff", bad).status()).as(bad).isEqualTo(400);
      assertThat(node.post("/db/_missing_revs", bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void securityIsKeptAsItWasGiven() {
    node.put("/db", "");
    assertThat(node.get("/db/_security").json().path("admins").path("roles").path(0).asString())
        .isEqualTo("_admin");
    String rules = "{\"members\":{\"names\":[\"ann\"]},\"mine\":[1.50]}";
    assertThat(node.put("/db/_security", rules).compact()).isEqualTo("{\"ok\":true}");
    assertThat(node.get("/db/_security").text()).isEqualTo(rules);
    assertThat(node.put("/db/_security", "[]").status()).isEqualTo(400);
    assertThat(node.put("/db/_security", "{\"members\":{\"names\":\"ann\"}}").reason())
        .isEqualTo("members.names must be a JSON list of strings");
    node.put("/_users", "");
    assertThat(node.put("/_users/_security", rules).status()).isEqualTo(403);
  }
}
