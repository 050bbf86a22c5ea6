package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.http.Method;
import org.skerry.http.couch.CouchNode.Reply;
import tools.jackson.databind.JsonNode;

class BulkDocsTest {
  private final CouchNode node = new CouchNode();

  @BeforeEach
  void createDatabase() {
    node.put("/db", "");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private Reply bulk(String json) {
    return node.post("/db/_bulk_docs", json);
  }

  private int count() {
    return node.get("/db").json().path("doc_count").asInt();
  }

  @Test
  void everyDocumentHasItsRowInOrder() {
    Reply reply = bulk("{\"docs\":[{\"_id\":\"b\"},{\"n\":1},{\"_id\":\"a\"}]}");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path(0).path("ok").asBoolean()).isTrue();
    assertThat(reply.json().path(0).path("id").asString()).isEqualTo("b");
    assertThat(reply.json().path(1).path("id").asString()).matches("[0-9a-f]{32}");
    assertThat(reply.json().path(2).path("rev").asString()).startsWith("1-");
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void nothingToWriteIsFine() {
    Reply reply = bulk("{\"docs\":[]}");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.compact()).isEqualTo("[]");
    assertThat(bulk("{\"docs\":[],\"new_edits\":false}").compact()).isEqualTo("[]");
  }

  @Test
  void aConflictConcernsItsRowAlone() {
    bulk("{\"docs\":[{\"_id\":\"a\"}]}");
    JsonNode rows = bulk("{\"docs\":[{\"_id\":\"a\"},{\"_id\":\"b\"},{\"_id\":\"b\"}]}").json();
    assertThat(rows.path(0).toString())
        .isEqualTo(
            "{\"id\":\"a\",\"error\":\"conflict\",\"reason\":\"Document update conflict.\"}");
    assertThat(rows.path(1).path("ok").asBoolean()).isTrue();
    assertThat(rows.path(2).path("error").asString()).isEqualTo("conflict");
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void editsFollowTheRevisionTheyName() {
    String rev = bulk("{\"docs\":[{\"_id\":\"a\"}]}").json().path(0).path("rev").asString();
    JsonNode edited =
        bulk("{\"docs\":[{\"_id\":\"a\",\"_rev\":\"" + rev + "\",\"n\":2}]}").json().path(0);
    assertThat(edited.path("rev").asString()).startsWith("2-");
    JsonNode deleted =
        bulk("{\"docs\":[{\"_id\":\"a\",\"_rev\":" + edited.path("rev") + ",\"_deleted\":true}]}")
            .json();
    assertThat(deleted.path(0).path("rev").asString()).startsWith("3-");
    assertThat(count()).isZero();
  }

  @Test
  void revisionsThatHaveTheirNamesAreNotReportedWhenTheyAreHere() {
    String docs =
        "{\"new_edits\":false,\"docs\":[{\"_id\":\"a\",\"_rev\":\"3-c\",\"_revisions\":"
            + "{\"start\":3,\"ids\":[\"c\",\"b\",\"a\"]}},{\"_id\":\"b\",\"_rev\":\"1-x\"}]}";
    assertThat(bulk(docs).compact()).isEqualTo("[]");
    Reply again = bulk(docs);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.compact()).isEqualTo("[]");
    assertThat(node.post("/db/_revs_diff", "{\"a\":[\"2-b\",\"2-z\"]}").compact())
        .isEqualTo("{\"a\":{\"missing\":[\"2-z\"]}}");
  }

  @Test
  void aRevisionWithoutANameIsRefused() {
    assertThat(bulk("{\"new_edits\":false,\"docs\":[{\"_id\":\"a\"}]}").status()).isEqualTo(400);
    assertThat(bulk("{\"docs\":[{\"_id\":\"a\",\"_rev\":\"nonsense\"}]}").reason())
        .startsWith("Invalid rev format");
    assertThat(
            bulk("{\"new_edits\":false,\"docs\":[{\"_id\":\"a\",\"_rev\":\"2-x\",\"_revisions\":"
                    + "{\"start\":2,\"ids\":[\"y\"]}}]}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void inputThatIsNoDocumentRefusesTheWholeRequest() {
    assertThat(bulk("{\"docs\":[{\"_id\":\"a\"},{\"_foo\":1}]}").error())
        .isEqualTo("doc_validation");
    assertThat(bulk("{\"docs\":[{\"_id\":\"a\"},7]}").status()).isEqualTo(400);
    assertThat(bulk("{\"docs\":[{\"_id\":\"a\"},{\"_id\":\"_b\"}]}").error())
        .isEqualTo("illegal_docid");
    assertThat(bulk("{\"docs\":[{\"_id\":\"a\"},{\"_id\":\"\"}]}").status()).isEqualTo(400);
    assertThat(bulk("{\"docs\":[{\"_id\":\"a\"}]").status()).isEqualTo(400);
    assertThat(count()).isZero();
  }

  @Test
  void docsMustBeThereAndBeAnArray() {
    assertThat(bulk("{}").reason()).isEqualTo("POST body must include `docs` parameter.");
    assertThat(bulk("{\"docs\":{}}").reason()).isEqualTo("`docs` parameter must be an array.");
    assertThat(bulk("[]").reason()).isEqualTo("Request body must be a JSON object");
    assertThat(bulk("").status()).isEqualTo(400);
  }

  @Test
  void allOrNothingIsNotPromised() {
    Reply reply = bulk("{\"all_or_nothing\":true,\"docs\":[{\"_id\":\"a\"}]}");
    assertThat(reply.status()).isEqualTo(417);
    assertThat(reply.json().path(0).path("error").asString()).isEqualTo("not_implemented");
    assertThat(count()).isZero();
  }

  @Test
  void attachmentsComeInlineOrAsStubs() {
    JsonNode row =
        bulk("{\"docs\":[{\"_id\":\"a\",\"_attachments\":{\"t\":{\"data\":\"aGk=\"}}}]}").json();
    assertThat(row.path(0).path("ok").asBoolean()).isTrue();
    assertThat(
            bulk("{\"docs\":[{\"_id\":\"a\",\"_rev\":"
                    + row.path(0).path("rev")
                    + ",\"n\":2,\"_attachments\":{\"t\":{\"stub\":true}}}]}")
                .json()
                .path(0)
                .path("ok")
                .asBoolean())
        .isTrue();
    assertThat(bulk("{\"docs\":[{\"_attachments\":{\"t\":{\"data\":\"*\"}}}]}").status())
        .isEqualTo(400);
    assertThat(bulk("{\"docs\":[{\"_attachments\":{\"t\":{\"follows\":true}}}]}").status())
        .isEqualTo(400);
  }

  @Test
  void aStubOfNothingRefusesTheWholeRequest() {
    String stub = "{\"_id\":\"b\",\"_attachments\":{\"t\":{\"stub\":true}}";
    for (String body :
        new String[] {
          "{\"docs\":[{\"_id\":\"a\"}," + stub + "}]}",
          "{\"new_edits\":false,\"docs\":[{\"_id\":\"a\",\"_rev\":\"1-a\"},"
              + stub
              + ",\"_rev\":\"1-b\"}]}"
        }) {
      Reply reply = bulk(body);
      assertThat(reply.status()).as(body).isEqualTo(412);
      assertThat(reply.json().path("error").asString()).isEqualTo("missing_stub");
      assertThat(reply.json().path("reason").asString())
          .isEqualTo("Invalid attachment stub in b for t");
    }
    assertThat(count()).isZero();
  }

  @Test
  void aConflictIsOneWhateverItsStubsWere() {
    String rev = node.put("/db/a", "{\"n\":1}").json().path("rev").asString();
    node.put("/db/a", "{\"_rev\":\"" + rev + "\",\"n\":2}");
    JsonNode rows =
        bulk("{\"docs\":[{\"_id\":\"a\",\"_rev\":\""
                + rev
                + "\",\"_attachments\":{\"t\":{\"stub\":true}}},{\"_id\":\"b\"}]}")
            .json();
    assertThat(rows.path(0).path("error").asString()).isEqualTo("conflict");
    assertThat(rows.path(1).path("ok").asBoolean()).isTrue();
  }

  @Test
  void designDocumentsNeedAnAdministrator() {
    node.put("/db/_security", "{\"members\":{\"names\":[\"ann\"]}}");
    JsonNode rows =
        node.send(
                CouchNode.user("ann"),
                Method.POST,
                "/db/_bulk_docs",
                "{\"docs\":[{\"_id\":\"_design/d\"},{\"_id\":\"a\"}]}")
            .json();
    assertThat(rows.path(0).path("error").asString()).isEqualTo("forbidden");
    assertThat(rows.path(0).path("reason").asString())
        .isEqualTo("You are not a db or server admin.");
    assertThat(rows.path(1).path("ok").asBoolean()).isTrue();
  }

  @Test
  void localDocumentsAreWrittenAmongOthers() {
    JsonNode rows = bulk("{\"docs\":[{\"_id\":\"_local/x\",\"n\":1},{\"_id\":\"a\"}]}").json();
    assertThat(rows.path(0).path("rev").asString()).isEqualTo("0-1");
    assertThat(rows.path(1).path("ok").asBoolean()).isTrue();
    assertThat(bulk("{\"docs\":[{\"_id\":\"_local/x\"}]}").json().path(0).path("error").asString())
        .isEqualTo("conflict");
    assertThat(count()).isEqualTo(1);
  }

  /** The tombstone is met only when the others are written. */
  @Test
  void onTheLastGenerationNothingIsWrittenAndOthersAre() {
    String gone =
        "{\"_id\":\"gone\",\"_rev\":\"2147483647-" + "a".repeat(32) + "\",\"_deleted\":true}";
    node.post("/db/_bulk_docs", "{\"new_edits\":false,\"docs\":[" + gone + "]}");
    JsonNode rows =
        node.post(
                "/db/_bulk_docs", "{\"docs\":[{\"_id\":\"a\"},{\"_id\":\"gone\"},{\"_id\":\"b\"}]}")
            .json();
    assertThat(rows.path(0).path("ok").asBoolean()).isTrue();
    assertThat(rows.path(1).path("error").asString()).isEqualTo("forbidden");
    assertThat(rows.path(2).path("ok").asBoolean()).isTrue();
  }
}
