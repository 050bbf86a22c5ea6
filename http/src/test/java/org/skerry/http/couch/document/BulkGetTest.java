package org.skerry.http.couch.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.skerry.http.couch.document.DocumentNode.Reply;
import tools.jackson.databind.JsonNode;

class BulkGetTest extends DocumentTest {
  private Reply ask(String query, String docs, String... headers) {
    return node.post("/db/_bulk_get" + query, "{\"docs\":[" + docs + "]}", headers);
  }

  private JsonNode row(String doc) {
    Reply reply = ask("", doc);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().path("results").path(0);
  }

  private static String error(String id, String rev, String error, String reason) {
    return "{\"id\":%s,\"docs\":[{\"error\":{\"id\":%s,\"rev\":%s,\"error\":\"%s\",\"reason\":\"%s\"}}]}"
        .formatted(id, id, rev, error, reason);
  }

  @Test
  void rowsComeInTheOrderAskedFor() {
    String a = node.put("/db/a", "{\"n\":1}").rev();
    String b = node.put("/db/b", "{\"n\":2}").rev();
    Reply reply = ask("", "{\"id\":\"b\",\"rev\":\"" + b + "\"},{\"id\":\"a\"},{\"id\":\"b\"}");
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.json().path("results").findValuesAsString("_rev")).containsExactly(b, a, b);
    assertThat(ask("", "").json().toString()).isEqualTo("{\"results\":[]}");
  }

  @Test
  void withoutARevisionAllLeavesAreMeant() {
    node.branch("a", "", "c", "a");
    node.branch("a", ",\"_deleted\":true", "b", "a");
    assertThat(row("{\"id\":\"a\"}").toString())
        .isEqualTo(
            "{\"id\":\"a\",\"docs\":[{\"ok\":{\"_id\":\"a\",\"_rev\":\"2-c\"}},"
                + "{\"ok\":{\"_id\":\"a\",\"_rev\":\"2-b\",\"_deleted\":true}}]}");
  }

  @Test
  void whatIsNotThereIsSaidInItsRow() {
    node.put("/db/a", "{}");
    assertThat(row("{\"id\":\"x\"}").toString())
        .isEqualTo(error("\"x\"", "\"undefined\"", "not_found", "missing"));
    assertThat(row("{\"id\":\"a\",\"rev\":\"7-x\"}").toString())
        .isEqualTo(error("\"a\"", "\"7-x\"", "not_found", "missing"));
  }

  @Test
  void aMistakeConcernsItsRowAlone() {
    assertThat(row("{\"id\":\"a\",\"rev\":\"x\"}").toString())
        .isEqualTo(error("\"a\"", "\"x\"", "bad_request", "Invalid rev format"));
    assertThat(row("{\"id\":\"_x\"}").toString())
        .isEqualTo(
            error(
                "\"_x\"",
                "null",
                "illegal_docid",
                "Only reserved document ids may start with underscore."));
    assertThat(row("{\"id\":\"\"}").toString())
        .isEqualTo(error("\"\"", "null", "illegal_docid", "Document id must not be empty"));
    assertThat(row("{\"rev\":\"1-a\"}").toString())
        .isEqualTo(error("null", "null", "bad_request", "document id missed"));
    assertThat(row("7").toString())
        .isEqualTo(error("null", "null", "bad_request", "document must be a JSON object"));
    assertThat(row("{\"id\":7}").findValuesAsString("reason"))
        .containsExactly("Document id must be a string");
    assertThat(row("{\"id\":\"a\",\"rev\":{}}").findValuesAsString("reason"))
        .containsExactly("Invalid rev format");
    assertThat(row("{\"id\":\"a\",\"atts_since\":7}").toString())
        .contains("\"error\":\"bad_request\"");
  }

  @Test
  void whatIsNoListIsRefused() {
    for (String body : new String[] {"", "{", "{\"docs\":[", "[}", "\u0001"}) {
      assertThat(node.post("/db/_bulk_get", body).problem()).startsWith("400 bad_request: ");
    }
    assertThat(node.post("/db/_bulk_get", "{}").problem())
        .isEqualTo("400 bad_request: Missing JSON list of 'docs'.");
    assertThat(node.post("/db/_bulk_get", "{\"docs\":{}}").status()).isEqualTo(400);
    assertThat(ask("?rev=1-a", "").problem())
        .isEqualTo("400 bad_request: \"rev\" query parameter is not acceptable");
  }

  @Test
  void branchesLatestLeavesAndAttachmentsComeWhereAskedFor() {
    node.branch("a", "", "c", "b", "a");
    assertThat(ask("?revs=true", "{\"id\":\"a\",\"rev\":\"3-c\"}").text())
        .contains("\"_revisions\":{\"start\":3,\"ids\":[\"c\",\"b\",\"a\"]}");
    assertThat(ask("?latest=true", "{\"id\":\"a\",\"rev\":\"1-a\"}").text())
        .contains("\"_rev\":\"3-c\"");
    String rev = withAttachment("b");
    assertThat(ask("", "{\"id\":\"b\"}").text()).contains("\"stub\":true");
    assertThat(ask("?attachments=true", "{\"id\":\"b\"}").text()).contains("\"data\":\"aGVsbG8=\"");
    assertThat(ask("", "{\"id\":\"b\",\"atts_since\":[\"" + rev + "\"]}").text())
        .contains("\"stub\":true");
    assertThat(ask("", "{\"id\":\"b\",\"atts_since\":[\"1-z\"]}").text())
        .contains("\"data\":\"aGVsbG8=\"");
  }

  @Test
  void latestBringsEachLeafThatIsNamedAndAllThatAreNot() {
    node.branch("d", "", "b", "a");
    node.branch("d", "", "c", "a");
    assertThat(ask("?latest=true&revs=true", "{\"id\":\"d\",\"rev\":\"2-b\"}").text())
        .contains("\"_rev\":\"2-b\"", "\"_revisions\":{\"start\":2,\"ids\":[\"b\",\"a\"]}")
        .doesNotContain("\"_rev\":\"2-c\"");
    assertThat(ask("?latest=true&revs=true", "{\"id\":\"d\",\"rev\":\"2-c\"}").text())
        .contains("\"_rev\":\"2-c\"", "\"_revisions\":{\"start\":2,\"ids\":[\"c\",\"a\"]}")
        .doesNotContain("\"_rev\":\"2-b\"");
    assertThat(ask("?latest=true", "{\"id\":\"d\",\"rev\":\"1-a\"}").text())
        .contains("\"_rev\":\"2-b\"", "\"_rev\":\"2-c\"");
    assertThat(ask("", "{\"id\":\"d\"}").text()).contains("\"_rev\":\"2-b\"", "\"_rev\":\"2-c\"");
    assertThat(ask("?latest=true", "{\"id\":\"d\",\"rev\":\"1-x\"}").text())
        .contains("\"error\":\"not_found\"");
  }

  @Test
  void aDocumentThatIsAskedForInManyWaysIsAnsweredInEach() {
    node.branch("d", "", "b", "a");
    node.branch("d", "", "c", "a");
    String answer =
        ask(
                "?latest=true",
                "{\"id\":\"d\",\"rev\":\"1-a\"},{\"id\":\"d\",\"rev\":\"2-b\"},{\"id\":\"d\"},"
                    + "{\"id\":\"d\",\"rev\":\"2-c\"},{\"id\":\"none\"}")
            .text();
    assertThat(Pattern.compile("_rev\":\"(2-.)|not_found").matcher(answer).results())
        .extracting(MatchResult::group)
        .containsExactly(
            "_rev\":\"2-c",
            "_rev\":\"2-b",
            "_rev\":\"2-b",
            "_rev\":\"2-c",
            "_rev\":\"2-b",
            "_rev\":\"2-c",
            "not_found");
  }

  @Test
  void whoNamesOnlyMultipartGetsParts() {
    withAttachment("a");
    String docs = "{\"id\":\"a\"},{\"id\":\"x\",\"rev\":\"1-x\"},7";
    Reply reply = ask("?attachments=true&revs=true", docs, "Accept", "multipart/mixed");
    assertThat(reply.header("Content-Type")).startsWith("multipart/mixed; boundary=\"");
    assertThat(reply.text())
        .contains("Content-Type: multipart/related; boundary=\"")
        .contains("\r\n\r\nhello\r\n--")
        .contains(
            "Content-Type: application/json; error=\"true\"\r\n\r\n"
                + "{\"id\":\"x\",\"rev\":\"1-x\",\"error\":\"not_found\",\"reason\":\"missing\"}");
    assertThat(ask("", docs, "Accept", "multipart/mixed, application/json").header("Content-Type"))
        .isEqualTo("application/json");
  }
}
