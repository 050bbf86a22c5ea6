package org.skerry.http.couch.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.skerry.http.couch.document.DocumentNode.Reply;
import tools.jackson.databind.JsonNode;

class GetDocumentTest extends DocumentTest {
  @Test
  void membersComeBackAsTheyWereWritten() {
    String rev = node.put("/db/a", "{\"z\":1.10,\"n\":12345678901234567890,\"a\":\"é\"}").rev();
    Reply reply = node.get("/db/a");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.text())
        .isEqualTo(
            "{\"_id\":\"a\",\"_rev\":\""
                + rev
                + "\",\"z\":1.10,\"n\":12345678901234567890,\"a\":\"é\"}\n");
  }

  @Test
  void missingAndDeletedAreToldApart() {
    assertThat(node.get("/db/a").problem()).isEqualTo("404 not_found: missing");
    String rev = node.put("/db/a", "{}").rev();
    String tombstone = node.delete("/db/a?rev=" + rev).rev();
    assertThat(node.get("/db/a").problem()).isEqualTo("404 not_found: deleted");
    Reply named = node.get("/db/a?rev=" + tombstone);
    assertThat(named.text())
        .isEqualTo("{\"_id\":\"a\",\"_rev\":\"" + tombstone + "\",\"_deleted\":true}\n");
    assertThat(node.get("/db/a?rev=9-x").problem()).isEqualTo("404 not_found: missing");
    assertThat(node.get("/db/b?rev=1-x").problem()).isEqualTo("404 not_found: missing");
  }

  @Test
  void aRevisionThatIsNoneIsRefused() {
    node.put("/db/a", "{}");
    for (String rev : new String[] {"x", "1", "1-", "-x", "0-x", "99999999999-x", "", "1-a%20b"}) {
      assertThat(node.get("/db/a?rev=" + rev).problem())
          .as(rev)
          .isEqualTo("400 bad_request: Invalid rev format");
    }
  }

  @Test
  void theBranchIsShownWhereItIsAskedFor() {
    node.branch("a", "", "c", "b", "a");
    assertThat(node.get("/db/a?revs=true").json().path("_revisions").toString())
        .isEqualTo("{\"start\":3,\"ids\":[\"c\",\"b\",\"a\"]}");
    assertThat(node.get("/db/a?rev=3-c&revs=true").json().path("_revisions").path("start").asInt())
        .isEqualTo(3);
    assertThat(node.get("/db/a").json().has("_revisions")).isFalse();
  }

  @Test
  void revsInfoSaysWhatIsHere() {
    node.branch("a", "", "b", "a");
    String third = node.put("/db/a", "{\"_rev\":\"2-b\"}").rev();
    assertThat(node.get("/db/a?revs_info=true").json().path("_revs_info").toString())
        .isEqualTo(
            "[{\"rev\":\""
                + third
                + "\",\"status\":\"available\"},{\"rev\":\"2-b\",\"status\":\"available\"},"
                + "{\"rev\":\"1-a\",\"status\":\"missing\"}]");
    String tombstone = node.delete("/db/a?rev=" + third).rev();
    node.put("/db/a", "{}");
    assertThat(node.get("/db/a?revs_info=true").json().path("_revs_info").path(1).toString())
        .isEqualTo("{\"rev\":\"" + tombstone + "\",\"status\":\"deleted\"}");
  }

  @Test
  void conflictsAreTheOtherLiveLeavesAndDeletedConflictsTheTombstones() {
    node.branch("a", "", "c", "a");
    node.branch("a", "", "b", "a");
    node.branch("a", ",\"_deleted\":true", "x", "a");
    assertThat(node.get("/db/a").json().path("_rev").asString()).isEqualTo("2-c");
    assertThat(node.get("/db/a?conflicts=true").json().path("_conflicts").toString())
        .isEqualTo("[\"2-b\"]");
    assertThat(
            node.get("/db/a?deleted_conflicts=true").json().path("_deleted_conflicts").toString())
        .isEqualTo("[\"2-x\"]");
    Reply meta = node.get("/db/a?meta=true");
    assertThat(meta.json().propertyNames())
        .containsExactly("_id", "_rev", "_revs_info", "_conflicts", "_deleted_conflicts");
    assertThat(meta.header("ETag")).as("no revision stands for all of that").isEmpty();
  }

  @Test
  void withoutConflictsThereIsNothingToShow() {
    node.put("/db/a", "{}");
    assertThat(node.get("/db/a?conflicts=true&deleted_conflicts=true").json().propertyNames())
        .containsExactly("_id", "_rev");
  }

  @Test
  void theSequenceNumberIsThatOfTheLastChange() {
    node.put("/db/a", "{}");
    node.put("/db/b", "{}");
    assertThat(node.get("/db/b?local_seq=true").json().path("_local_seq").asInt()).isEqualTo(2);
  }

  @Test
  void latestLeadsFromARevisionToItsLeaf() {
    node.branch("a", "", "c", "b", "a");
    assertThat(node.get("/db/a?rev=1-a&latest=true").json().path("_rev").asString())
        .isEqualTo("3-c");
    assertThat(node.get("/db/a?rev=3-c&latest=true").status()).isEqualTo(200);
    assertThat(node.get("/db/a?rev=1-z&latest=true").problem()).isEqualTo("404 not_found: missing");
  }

  @Test
  void whoHasTheRevisionIsNotSentIt() {
    String rev = node.put("/db/a", "{}").rev();
    String tag = "\"" + rev + "\"";
    Reply first = node.get("/db/a");
    assertThat(first.header("ETag")).isEqualTo(tag);
    for (String known : new String[] {tag, "\"1-x\", " + tag, "W/" + tag, "*"}) {
      Reply again = node.get("/db/a", "If-None-Match", known);
      assertThat(again.status()).as(known).isEqualTo(304);
      assertThat(again.bytes()).isEmpty();
      assertThat(again.header("ETag")).isEqualTo(tag);
    }
    assertThat(node.get("/db/a", "If-None-Match", "\"1-x\"").status()).isEqualTo(200);
    assertThat(node.get("/db/a?meta=true", "If-None-Match", tag).status()).isEqualTo(200);
  }

  @Test
  void headsTellTheSameWithoutABody() {
    String rev = withAttachment("a");
    Reply head = node.send("HEAD", "/db/a", new byte[0]);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.bytes()).isEmpty();
    assertThat(head.header("ETag")).isEqualTo("\"" + rev + "\"");
    assertThat(head.header("Content-Length"))
        .isEqualTo(Integer.toString(node.get("/db/a").bytes().length));
    for (String accept : new String[] {"application/json", "multipart/related"}) {
      Reply all = node.send("HEAD", "/db/a?attachments=true", new byte[0], "Accept", accept);
      assertThat(all.status()).isEqualTo(200);
      assertThat(all.bytes()).isEmpty();
    }
    assertThat(node.send("HEAD", "/db/b", new byte[0]).status()).isEqualTo(404);
  }

  @Test
  void attachmentsAreStubsUnlessTheyAreAskedFor() {
    withAttachment("a");
    String digest = "md5-XUFAKrxLKna5cZ2REBfFkg==";
    assertThat(node.get("/db/a").json().path("_attachments").path("a.txt").toString())
        .isEqualTo(
            "{\"content_type\":\"text/plain\",\"revpos\":1,\"digest\":\""
                + digest
                + "\",\"length\":5,\"stub\":true}");
    assertThat(
            node.get("/db/a?attachments=true", "Accept", "application/json")
                .json()
                .path("_attachments")
                .path("a.txt")
                .toString())
        .isEqualTo(
            "{\"content_type\":\"text/plain\",\"revpos\":1,\"digest\":\""
                + digest
                + "\",\"data\":\"aGVsbG8=\"}");
  }

  @Test
  void onlyAttachmentsThatCameLaterAreSentToWhoHasTheOthers() {
    String first = withAttachment("a");
    String second =
        node.send(
                "PUT",
                "/db/a/b.txt?rev=" + first,
                "new".getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "text/plain")
            .rev();
    var attachments = json("atts_since=[\"" + first + "\"]").path("_attachments");
    assertThat(attachments.path("a.txt").path("stub").asBoolean()).isTrue();
    assertThat(attachments.path("b.txt").path("data").asString()).isEqualTo("bmV3");
    var all = json("atts_since=[\"7-x\"]&rev=" + second).path("_attachments");
    assertThat(all.path("a.txt").has("data")).isTrue();
    for (String bad : new String[] {"x", "[1]", "{}", "[\"x\"]", "%5B"}) {
      assertThat(node.get("/db/a?atts_since=" + bad).status()).as(bad).isEqualTo(400);
    }
    Reply nothing = node.get("/db/a?atts_since=[\"" + second + "\"]");
    assertThat(nothing.header("Content-Type")).as("nothing follows").isEqualTo("application/json");
  }

  private JsonNode json(String query) {
    return node.get("/db/a?" + query, "Accept", "application/json").json();
  }

  @Test
  void whoNamesMultipartGetsTheBytesBehindTheDocument() {
    String rev = withAttachment("a");
    Reply reply = node.get("/db/a?attachments=true", "Accept", "multipart/related");
    assertThat(reply.header("Content-Type")).startsWith("multipart/related; boundary=\"");
    assertThat(reply.text())
        .contains("\"_rev\":\"" + rev + "\"")
        .contains("\"follows\":true")
        .contains("Content-Disposition: attachment; filename=\"a.txt\"")
        .contains("Content-Length: 5\r\n")
        .contains("\r\n\r\nhello\r\n--");
    assertThat(reply.header("ETag")).isEqualTo("\"" + rev + "\"");
  }

  @Test
  void soDoesWhoTakesAnything() {
    withAttachment("a");
    assertThat(node.get("/db/a?attachments=true").header("Content-Type"))
        .startsWith("multipart/related; boundary=\"");
    assertThat(node.get("/db/a?attachments=true", "Accept", "*/*").text())
        .contains("\r\n\r\nhello\r\n--");
    node.put("/db/b", "{}");
    assertThat(node.get("/db/b?attachments=true").header("Content-Type"))
        .isEqualTo("application/json");
  }

  @Test
  void designDocumentsHaveOneIdHoweverTheirSlashIsWritten() {
    node.put("/db/_design/x", "{\"views\":{}}");
    assertThat(node.get("/db/_design%2Fx").json().path("_id").asString()).isEqualTo("_design/x");
    assertThat(node.get("/db/_design/x").status()).isEqualTo(200);
  }

  @Test
  void idsThatNoDocumentMayHaveAreRefused() {
    assertThat(node.get("/db/_nothing").problem())
        .isEqualTo("400 illegal_docid: Only reserved document ids may start with underscore.");
    assertThat(node.get("/db/_design%2F").status()).isEqualTo(400);
    assertThat(node.get("/db/%FF").status()).isEqualTo(400);
  }

  @Test
  void flagsThatAreNeitherTrueNorFalseAreRefused() {
    node.put("/db/a", "{}");
    assertThat(node.get("/db/a?revs=perhaps").problem()).startsWith("400 query_parse_error:");
  }
}
