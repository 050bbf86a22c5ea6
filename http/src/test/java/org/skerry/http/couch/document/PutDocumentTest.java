package org.skerry.http.couch.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.skerry.http.couch.document.DocumentNode.Reply;

class PutDocumentTest extends DocumentTest {
  @Test
  void aNewDocumentIsCreated() {
    Reply reply = node.put("/db/a%20b%2Fc", "{\"n\":1}");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path("ok").asBoolean()).isTrue();
    assertThat(reply.json().path("id").asString()).isEqualTo("a b/c");
    assertThat(reply.rev()).startsWith("1-");
    assertThat(reply.header("ETag")).isEqualTo("\"" + reply.rev() + "\"");
    assertThat(reply.header("Location")).startsWith("http://").endsWith("/db/a%20b%2Fc");
  }

  @Test
  void anEditNamesItsRevisionAnywhere() {
    String first = node.put("/db/a", "{}").rev();
    String second = node.put("/db/a", "{\"_rev\":\"" + first + "\",\"n\":2}").rev();
    String third = node.put("/db/a?rev=" + second, "{\"n\":3}").rev();
    String fourth = node.put("/db/a", "{\"n\":4}", "If-Match", "\"" + third + "\"").rev();
    assertThat(fourth).startsWith("4-");
    assertThat(node.put("/db/a", "{\"n\":5}").problem())
        .isEqualTo("409 conflict: Document update conflict.");
    assertThat(node.put("/db/a?rev=" + first, "{\"n\":5}").status()).isEqualTo(409);
    assertThat(node.put("/db/new?rev=1-x", "{}").status()).isEqualTo(409);
  }

  @Test
  void placesThatNameDifferentRevisionsAreRefused() {
    String rev = node.put("/db/a", "{}").rev();
    String body = "{\"_rev\":\"" + rev + "\"}";
    assertThat(node.put("/db/a?rev=1-x", body).problem())
        .isEqualTo(
            "400 bad_request: Document rev from request body and query string have different"
                + " values");
    assertThat(node.put("/db/a", body, "If-Match", "1-x").problem())
        .isEqualTo("400 bad_request: Document rev and etag have different values");
    assertThat(node.put("/db/a?rev=" + rev, "{}", "If-Match", "1-x").status()).isEqualTo(400);
    assertThat(node.put("/db/a?rev=" + rev, body, "If-Match", rev).status()).isEqualTo(201);
  }

  @Test
  void aRevisionThatIsNoneIsRefused() {
    String refusal = "400 bad_request: Invalid rev format";
    for (String rev : new String[] {"\"x\"", "\"\"", "\"1-\"", "1", "null", "{}", "\"a-b\""}) {
      assertThat(node.put("/db/a", "{\"_rev\":" + rev + "}").problem()).as(rev).isEqualTo(refusal);
    }
    assertThat(node.put("/db/a?rev=x", "{}").problem()).isEqualTo(refusal);
    assertThat(node.put("/db/a", "{}", "If-Match", "\"x\"").problem()).isEqualTo(refusal);
    assertThat(node.totals()).isEqualTo("0 live, 0 deleted");
  }

  @Test
  void thePathSaysWhatTheIdIs() {
    assertThat(node.put("/db/a", "{\"_id\":\"b\"}").json().path("id").asString()).isEqualTo("a");
    assertThat(node.get("/db/b").status()).isEqualTo(404);
    assertThat(node.put("/db/c", "{\"_id\":7}").problem())
        .isEqualTo("400 illegal_docid: Document id must be a string");
  }

  @Test
  void aDocumentComesBackOverItsTombstone() {
    String first = node.put("/db/a", "{}").rev();
    String tombstone = node.delete("/db/a?rev=" + first).rev();
    String third = node.put("/db/a", "{}").rev();
    assertThat(third).startsWith("3-");
    String gone = node.delete("/db/a?rev=" + third).rev();
    assertThat(node.put("/db/a?rev=" + gone, "{}").rev()).startsWith("5-");
    assertThat(node.put("/db/a?rev=" + tombstone, "{}").status()).isEqualTo(409);
  }

  @Test
  void aTombstoneMayKeepMembers() {
    String rev = node.put("/db/a", "{}").rev();
    Reply reply = node.put("/db/a?rev=" + rev, "{\"_deleted\":true,\"why\":\"moved\"}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(node.get("/db/a").problem()).isEqualTo("404 not_found: deleted");
    assertThat(node.get("/db/a?rev=" + reply.rev()).text()).contains("\"why\":\"moved\"");
  }

  @Test
  void aRevisionThatHasItsNameIsTakenAsOftenAsItComes() {
    String json = "{\"_rev\":\"2-b\",\"_revisions\":{\"start\":2,\"ids\":[\"b\",\"a\"]},\"n\":1}";
    for (int i = 0; i < 2; i++) {
      Reply reply = node.put("/db/a?new_edits=false", json);
      assertThat(reply.status()).isEqualTo(201);
      assertThat(reply.rev()).isEqualTo("2-b");
    }
    assertThat(node.put("/db/a?new_edits=false", "{\"_rev\":\"1-z\"}").rev()).isEqualTo("1-z");
    assertThat(node.put("/db/b?new_edits=false&rev=1-q", "{}").rev()).isEqualTo("1-q");
    assertThat(node.put("/db/c?new_edits=false", "{}").problem())
        .isEqualTo(
            "400 bad_request: When `new_edits: false`, the document needs `_rev` or `_revisions`"
                + " specified");
    assertThat(
            node.put(
                    "/db/c?new_edits=false",
                    "{\"_rev\":\"2-b\",\"_revisions\":{\"start\":2,\"ids\":[\"c\"]}}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void lazyWritesAreAcceptedWithoutARevision() {
    Reply reply = node.put("/db/a?batch=ok", "{}");
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().toString()).isEqualTo("{\"ok\":true,\"id\":\"a\"}");
    assertThat(node.get("/db/a").status()).isEqualTo(200);
  }

  @Test
  void textThatIsNoDocumentIsRefused() {
    String[] broken = {
      "",
      " ",
      "{",
      "}",
      "{\"a\"}",
      "{\"a\":}",
      "{\"a\":1,}",
      "{a:1}",
      "{'a':1}",
      "{\"a\":1}x",
      "{\"a\":1}{}",
      "{\"a\":01}",
      "{\"a\":1.}",
      "{\"a\":NaN}",
      "{\"a\":\"\n\"}",
      "{\"a\":\"\\x\"}",
      "{\"a\":\"\\u12\"}",
      "{\"a\":tru}",
      "nul",
      "/**/{}",
      "{\"a\":1,\"a\":2}",
      "{\"x\":{\"a\":1,\"a\":2}}",
      "{\"_rev\":\"1-a\",\"_rev\":\"1-a\"}"
    };
    for (String text : broken) {
      assertThat(node.put("/db/a", text).problem()).as(text).startsWith("400 bad_request: ");
    }
    for (String text : new String[] {"[]", "1", "\"x\"", "null", "true"}) {
      assertThat(node.put("/db/a", text).problem())
          .isEqualTo("400 bad_request: Document must be a JSON object");
    }
    assertThat(node.totals()).isEqualTo("0 live, 0 deleted");
  }

  @Test
  void malformedUtf8IsRefused() {
    for (String bytes : new String[] {"\u00ff", "\u00c3(", "\u00c0\u0080", "\u00ed\u00a0\u0080"}) {
      byte[] body = ("{\"a\":\"" + bytes + "\"}").getBytes(StandardCharsets.ISO_8859_1);
      assertThat(node.send("PUT", "/db/a", body).problem())
          .startsWith("400 bad_request: invalid UTF-8 JSON");
    }
    byte[] wide = "{\"a\":1}".getBytes(StandardCharsets.UTF_16);
    assertThat(node.send("PUT", "/db/a", wide).status()).isEqualTo(400);
  }

  @Test
  void underscoreMembersWithoutAMeaningAreRefused() {
    assertThat(node.put("/db/a", "{\"_what\":1}").problem())
        .isEqualTo("400 doc_validation: Bad special document member: _what");
    assertThat(node.put("/db/a", "{\"x\":{\"_what\":1}}").status()).isEqualTo(201);
    for (String member :
        new String[] {
          "\"_deleted\":1",
          "\"_attachments\":[]",
          "\"_revisions\":[]",
          "\"_revisions\":{\"start\":\"1\",\"ids\":[]}",
          "\"_revisions\":{\"start\":1,\"ids\":[1]}"
        }) {
      assertThat(node.put("/db/b", "{" + member + "}").status()).as(member).isEqualTo(400);
    }
  }

  @Test
  void documentsBeyondTheLimitsAreRefused() {
    assertThat(node.put("/db/a", "{\"a\":\"" + "x".repeat(100_001) + "\"}").problem())
        .startsWith("413 document_too_large:");
    assertThat(node.put("/db/a", "{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}").problem())
        .startsWith("400 bad_request:");
    assertThat(node.put("/db/a", "{\"a\":" + "[".repeat(50_000)).status()).isEqualTo(400);
  }

  @Test
  void numbersOfAnySizeAreKept() {
    String digits = "9".repeat(5_000);
    node.put("/db/a", "{\"n\":" + digits + ",\"e\":1e999999999,\"s\":-0.0}");
    assertThat(node.get("/db/a").text())
        .contains("\"n\":" + digits + ",\"e\":1e999999999,\"s\":-0.0}");
  }

  @Test
  void attachmentsThatAreNoneAreRefused() {
    for (String attachment :
        new String[] {
          "1",
          "[]",
          "{}",
          "{\"data\":1}",
          "{\"data\":\"!!\"}",
          "{\"data\":\"aGVsbG8\"\"}",
          "{\"follows\":true}",
          "{\"data\":\"aGVsbG8=\",\"content_type\":1}",
          "{\"stub\":true,\"revpos\":-1}",
          "{\"stub\":true,\"revpos\":99999999999999999999}"
        }) {
      Reply reply = node.put("/db/a", "{\"_attachments\":{\"x\":" + attachment + "}}");
      assertThat(reply.problem()).as(attachment).startsWith("400 ");
    }
    assertThat(node.put("/db/a", "{\"_attachments\":{\"_x\":{\"data\":\"\"}}}").problem())
        .isEqualTo("400 bad_request: Attachment name '_x' starts with prohibited character '_'");
    assertThat(node.put("/db/a", "{\"_attachments\":{\"x\":{\"stub\":true}}}").problem())
        .isEqualTo("412 missing_stub: Invalid attachment stub in a for x");
    assertThat(node.totals()).isEqualTo("0 live, 0 deleted");
  }

  @Test
  void aStubKeepsWhatIsThere() {
    String rev = withAttachment("a");
    node.put("/db/a?rev=" + rev, "{\"_attachments\":{\"a.txt\":{\"stub\":true}}}");
    assertThat(node.get("/db/a/a.txt").text()).isEqualTo("hello");
    rev = node.get("/db/a").json().path("_rev").asString();
    node.put("/db/a?rev=" + rev, "{}");
    assertThat(node.get("/db/a/a.txt").problem())
        .isEqualTo("404 not_found: Document is missing attachment");
  }

  @Test
  void idsOfEveryKindComeBack() {
    String[] ids = {
      "%C3%A9",
      "e%CC%81",
      "%F0%9F%92%89",
      "%E2%80%AEx",
      "%01%7F",
      "%EF%BF%BF",
      "%EF%BB%BFx",
      "..",
      "..%2F..%2Fetc%2Fpasswd",
      "a%3Fb%23c",
      "%25",
      "a%2Bb",
      ":;@&=$,",
      "%22%5C",
      "~"
    };
    for (String id : ids) {
      String path = "/db/" + id;
      Reply written = node.put(path, "{}");
      assertThat(written.status()).as(id + written.text()).isEqualTo(201);
      String location = written.header("Location");
      assertThat(location).as(id).isNotEmpty();
      String text = written.json().path("id").asString();
      assertThat(node.get(path).json().path("_id").asString()).isEqualTo(text);
    }
    assertThat(node.get("/db/_all_docs").json().path("rows").size()).isEqualTo(ids.length);
  }
}
