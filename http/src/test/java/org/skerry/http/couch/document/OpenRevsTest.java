package org.skerry.http.couch.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skerry.http.couch.document.DocumentNode.Reply;

class OpenRevsTest extends DocumentTest {
  private Reply json(String query) {
    return node.get("/db/a?open_revs=" + query, "Accept", "application/json");
  }

  @Test
  void allLeavesAreShownDeletedOnesToo() {
    node.branch("a", ",\"n\":1", "c", "a");
    node.branch("a", ",\"_deleted\":true", "b", "a");
    Reply reply = json("all");
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.json().toString())
        .isEqualTo(
            "[{\"ok\":{\"_id\":\"a\",\"_rev\":\"2-c\",\"n\":1}},"
                + "{\"ok\":{\"_id\":\"a\",\"_rev\":\"2-b\",\"_deleted\":true}}]");
  }

  /** As CouchDB; a large one would come as often as somebody likes. */
  @Test
  void whatIsNamedTwiceComesOnce() {
    String rev = node.put("/db/a", "{}").rev();
    assertThat(json("%5B%22" + rev + "%22,%22" + rev + "%22%5D").json()).hasSize(1);
  }

  @Test
  void aDeletedDocumentStillHasItsLeaves() {
    String rev = node.put("/db/a", "{}").rev();
    String tombstone = node.delete("/db/a?rev=" + rev).rev();
    assertThat(json("all").json().path(0).path("ok").toString())
        .isEqualTo("{\"_id\":\"a\",\"_rev\":\"" + tombstone + "\",\"_deleted\":true}");
  }

  @Test
  void aDocumentThatNeverWasHasNone() {
    assertThat(json("all").problem()).isEqualTo("404 not_found: missing");
    assertThat(json("[\"1-x\"]").json().toString()).isEqualTo("[{\"missing\":\"1-x\"}]");
    assertThat(json("[]").json().toString()).isEqualTo("[]");
  }

  @Test
  void revisionsAreShownInTheOrderAskedFor() {
    node.branch("a", "", "c", "b", "a");
    node.branch("a", "", "x", "b", "a");
    assertThat(json("[\"3-x\",\"9-z\",\"3-c\"]&revs=true").json().toString())
        .isEqualTo(
            "[{\"ok\":{\"_id\":\"a\",\"_rev\":\"3-x\","
                + "\"_revisions\":{\"start\":3,\"ids\":[\"x\",\"b\",\"a\"]}}},"
                + "{\"missing\":\"9-z\"},{\"ok\":{\"_id\":\"a\",\"_rev\":\"3-c\","
                + "\"_revisions\":{\"start\":3,\"ids\":[\"c\",\"b\",\"a\"]}}}]");
  }

  @Test
  void latestShowsTheLeavesThatDescend() {
    node.branch("a", "", "c", "b", "a");
    node.branch("a", "", "x", "b", "a");
    var rows = json("[\"2-b\"]&latest=true").json();
    assertThat(rows.findValuesAsString("_rev")).containsExactlyInAnyOrder("3-c", "3-x");
    assertThat(json("[\"2-z\"]&latest=true").json().toString())
        .isEqualTo("[{\"missing\":\"2-z\"}]");
  }

  @Test
  void whatIsNoListOfRevisionsIsRefused() {
    for (String bad :
        new String[] {"", "1-a", "[", "[1]", "{}", "null", "[\"x\"]", "[[\"1-a\"]]"}) {
      Reply reply = json(bad);
      assertThat(reply.problem()).as(bad).startsWith("400 bad_request:");
    }
  }

  @Test
  void whoTakesAnythingGetsPartsWithTheBytesOfAttachments() {
    withAttachment("a");
    assertThat(node.get("/db/a?open_revs=all").header("Content-Type"))
        .startsWith("multipart/mixed; boundary=");
    for (String accept : List.of("*/*", "multipart/*", "text/html, */*;q=0.1")) {
      Reply reply = node.get("/db/a?open_revs=all", "Accept", accept);
      assertThat(reply.header("Content-Type")).as(accept).startsWith("multipart/mixed; boundary=");
      assertThat(reply.text()).as(accept).contains("\r\n\r\nhello\r\n--");
    }
    for (String accept :
        List.of(
            "application/json", "text/*", "multipart/mixed;q=0, */*", "*/*;q=none", "*/*;q=0")) {
      assertThat(node.get("/db/a?open_revs=all", "Accept", accept).header("Content-Type"))
          .as(accept)
          .isEqualTo("application/json");
    }
  }

  @Test
  void whoNamesMultipartGetsAPartForEachRevision() {
    withAttachment("a");
    node.branch("a", ",\"_deleted\":true", "b", "a");
    Reply reply =
        node.get("/db/a?open_revs=all&attachments=true&revs=true", "Accept", "multipart/mixed");
    assertThat(reply.header("Content-Type")).startsWith("multipart/mixed; boundary=\"");
    assertThat(reply.text())
        .contains("Content-Type: multipart/related; boundary=\"")
        .contains("\"follows\":true")
        .contains("\r\n\r\nhello\r\n--")
        .contains("Content-Type: application/json\r\n")
        .contains("\"_deleted\":true");
    assertThat(node.get("/db/a?open_revs=[\"9-x\"]", "Accept", "multipart/mixed").text())
        .contains("Content-Type: application/json; error=\"true\"\r\n\r\n{\"missing\":\"9-x\"}");
  }

  @Test
  void attachmentsComeInlineInJson() {
    withAttachment("a");
    assertThat(json("all").text()).contains("\"stub\":true");
    assertThat(json("all&attachments=true").text()).contains("\"data\":\"aGVsbG8=\"");
  }
}
