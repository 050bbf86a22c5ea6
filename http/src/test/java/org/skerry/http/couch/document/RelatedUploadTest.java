package org.skerry.http.couch.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.skerry.http.couch.document.DocumentNode.Reply;

/** {@code PUT} of a document with its attachments behind it. */
class RelatedUploadTest extends DocumentTest {
  private static final String TYPE = "multipart/related; boundary=\"zz\"";
  private static final String JSON =
      part(
          "",
          "{\"n\":1,\"_attachments\":{"
              + "\"a\":{\"follows\":true,\"content_type\":\"text/plain\",\"length\":5},"
              + "\"b\":{\"follows\":true,\"content_type\":\"text/plain\",\"length\":3}}}");
  private static final String END = "\r\n--zz--";

  private static String part(String headers, String body) {
    return "\r\n--zz\r\n" + headers + "\r\n" + body;
  }

  private Reply put(String body) {
    return node.send("PUT", "/db/d", body.getBytes(StandardCharsets.UTF_8), "Content-Type", TYPE);
  }

  @Test
  void attachmentsFollowInTheOrderOfTheirMembers() {
    Reply reply = put(JSON + part("", "hello") + part("", "you") + END);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(node.get("/db/d/a").text()).isEqualTo("hello");
    assertThat(node.get("/db/d/b").text()).isEqualTo("you");
    assertThat(node.get("/db/d").json().path("n").asInt()).isEqualTo(1);
  }

  @Test
  void whatWeSendCanBeSentBack() {
    put(JSON + part("", "hello") + part("", "you") + END);
    Reply read = node.get("/db/d?attachments=true&revs=true", "Accept", "multipart/related");
    Reply copied =
        node.send(
            "PUT",
            "/db/e?new_edits=false",
            read.bytes(),
            "Content-Type",
            read.header("Content-Type"));
    assertThat(copied.rev()).isEqualTo(node.get("/db/d").json().path("_rev").asString());
    assertThat(node.get("/db/e/b").text()).isEqualTo("you");
  }

  @Test
  void partsThatAreMissingTooManyOrWrongAreRefused() {
    String hello = part("", "hello");
    String you = part("", "you");
    String named = part("Content-Disposition: attachment; filename=\"b\"\r\n", "hello");
    for (String bad :
        new String[] {
          JSON + hello + END,
          JSON + END,
          JSON + hello + you + you + END,
          JSON + you + hello + END,
          JSON + named + you + END,
          JSON + part("", "hell") + you + END,
          JSON + part("", "hello!") + you + END,
          part("", "{}") + hello + END,
          part("", "{") + hello + END,
          part("", "") + END,
          END,
          "",
          "nothing of the kind"
        }) {
      Reply reply = put(bad);
      assertThat(reply.status()).as(bad + "\n" + reply.text()).isEqualTo(400);
      assertThat(reply.json().path("reason").asString()).isNotEmpty();
    }
    assertThat(node.totals()).isEqualTo("0 live, 0 deleted");
  }

  @Test
  void aDigestThatIsWrongIsRefused() {
    String json =
        part(
            "", "{\"_attachments\":{\"a\":{\"follows\":true,\"length\":5,\"digest\":\"md5-%s\"}}}");
    assertThat(put(json.formatted("AAAAAAAAAAAAAAAAAAAAAA==") + part("", "hello") + END).problem())
        .startsWith("400 content_md5_mismatch: ");
    assertThat(node.totals()).isEqualTo("0 live, 0 deleted");
    assertThat(put(json.formatted("XUFAKrxLKna5cZ2REBfFkg==") + part("", "hello") + END).status())
        .isEqualTo(201);
  }

  @Test
  void typesWithoutAUsableBoundaryAreRefused() {
    for (String type :
        new String[] {
          "multipart/related",
          "multipart/related; boundary=",
          "multipart/related;boundary=\"\"",
          "multipart/related; boundary=" + "x".repeat(500)
        }) {
      Reply reply =
          node.send("PUT", "/db/d", "x".getBytes(StandardCharsets.UTF_8), "Content-Type", type);
      assertThat(reply.problem()).as(type).startsWith("400 bad_request: ");
    }
  }

  @Test
  void whatIsCutOffAnywhereIsNotStored() throws IOException {
    String whole = JSON + part("", "hello") + part("", "you") + END;
    String head = "PUT /db/d HTTP/1.1\r\nHost: x\r\nContent-Type: " + TYPE + "\r\n";
    for (int length = 0; length < whole.length() - 2; length += 5) {
      String begun = whole.substring(0, length);
      String announced = head + "Content-Length: " + whole.length() + "\r\n\r\n" + begun;
      String chunked =
          head
              + "Transfer-Encoding: chunked\r\n\r\n"
              + (begun.isEmpty() ? "" : Integer.toHexString(length) + "\r\n" + begun + "\r\n");
      for (String request : new String[] {announced, chunked}) {
        assertThat(node.raw(request.getBytes(StandardCharsets.UTF_8)))
            .as(request)
            .startsWith("HTTP/1.1 400 ");
      }
    }
    assertThat(node.totals()).isEqualTo("0 live, 0 deleted");
  }
}
