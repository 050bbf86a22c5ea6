package org.skerry.http.couch.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.skerry.http.couch.document.DocumentNode.Reply;

class AttachmentTest extends DocumentTest {
  private static final byte[] TEN = "0123456789".getBytes(StandardCharsets.UTF_8);

  private Reply put(String path, byte[] bytes, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "text/plain";
    return node.send("PUT", path, bytes, all);
  }

  @Test
  void theFirstAttachmentMakesTheDocument() {
    Reply reply = put("/db/a/x.txt", TEN);
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.rev()).startsWith("1-");
    assertThat(reply.header("Location")).endsWith("/db/a/x.txt");
    Reply read = node.get("/db/a/x.txt");
    assertThat(read.bytes()).isEqualTo(TEN);
    assertThat(read.header("Content-Type")).isEqualTo("text/plain");
    assertThat(read.header("Content-Length")).isEqualTo("10");
    assertThat(read.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(read.header("ETag")).isEqualTo("\"eB5eJF1ptWaXm4bijSPyxw==\"");
    assertThat(node.get("/db/a/x.txt", "If-None-Match", read.header("ETag")).status())
        .isEqualTo(304);
    Reply head = node.send("HEAD", "/db/a/x.txt", new byte[0]);
    assertThat(head.header("Content-Length")).isEqualTo("10");
    assertThat(head.bytes()).isEmpty();
  }

  @Test
  void aLiveDocumentIsChangedOnlyByItsRevision() {
    String rev = node.put("/db/a", "{\"n\":1}").rev();
    String conflict = "409 conflict: Document update conflict.";
    assertThat(put("/db/a/x", TEN).problem()).isEqualTo(conflict);
    assertThat(put("/db/a/x?rev=9-x", TEN).problem()).isEqualTo(conflict);
    assertThat(put("/db/b/x?rev=1-x", TEN).problem()).isEqualTo(conflict);
    assertThat(put("/db/a/x", TEN, "If-Match", rev).status()).isEqualTo(201);
    assertThat(node.get("/db/a").json().path("n").asInt()).isEqualTo(1);
    assertThat(put("/db/a/x?rev=" + rev, TEN).problem()).isEqualTo(conflict);
  }

  @Test
  void namesMayHoldSlashesAndAnythingElse() {
    put("/db/a/b/c%2Fd%20e/%C3%A9.txt", TEN);
    assertThat(node.get("/db/a").json().path("_attachments").propertyNames())
        .containsExactly("b/c/d e/é.txt");
    assertThat(node.get("/db/a/b%2Fc/d%20e/%C3%A9.txt").bytes()).isEqualTo(TEN);
    put("/db/_design/d/%2E%2E/%2E%2E/passwd", TEN);
    assertThat(node.get("/db/_design/d").json().path("_attachments").propertyNames())
        .containsExactly("../../passwd");
    assertThat(put("/db/z/_x", TEN).problem())
        .isEqualTo("400 bad_request: Attachment name '_x' starts with prohibited character '_'");
  }

  @Test
  void partsCanBeRead() {
    put("/db/a/x", TEN);
    assertRange("bytes=2-4", 206, "234", "bytes 2-4/10");
    assertRange("bytes=7-", 206, "789", "bytes 7-9/10");
    assertRange("bytes=-3", 206, "789", "bytes 7-9/10");
    assertRange("bytes=-30", 206, "0123456789", "bytes 0-9/10");
    assertRange("bytes=9-9", 206, "9", "bytes 9-9/10");
    assertRange("bytes=5-500", 206, "56789", "bytes 5-9/10");
    assertRange("bytes=2-4,90-", 206, "234", "bytes 2-4/10");
    for (String none : new String[] {"bytes=x-y", "bytes:0-3", "bytes=", "bytes=-", "lines=1-2"}) {
      assertRange(none, 200, "0123456789", "");
    }
    assertRange("bytes=0-1,4-5,x", 200, "0123456789", "");
    assertRange("bytes=0-1" + ",4-5".repeat(9), 200, "0123456789", "");
  }

  @Test
  void severalPartsCanBeReadAtOnce() {
    put("/db/a/x", TEN);
    Reply reply = node.get("/db/a/x", "Range", "bytes=0-1, 4-5,-1");
    assertThat(reply.status()).isEqualTo(206);
    String type = reply.header("Content-Type");
    assertThat(type).startsWith("multipart/byteranges; boundary=\"");
    String boundary = "--" + type.substring(type.indexOf('"') + 1, type.length() - 1);
    assertThat(reply.text())
        .isEqualTo(
            Stream.of("0-1/10\r\n\r\n01", "4-5/10\r\n\r\n45", "9-9/10\r\n\r\n9")
                .map(
                    part ->
                        boundary
                            + "\r\nContent-Type: text/plain\r\nContent-Range: bytes "
                            + part
                            + "\r\n")
                .collect(Collectors.joining("", "", boundary + "--")));
  }

  @Test
  void whateverATypeIsItMakesNoHeader() {
    String odd = "{\"data\":\"aGk=\",\"content_type\":\"image/x\\r\\nX-Evil: 1\"}";
    node.put("/db/odd", "{\"_attachments\":{\"a\\u0000b\":" + odd + "}}");
    Reply reply = node.get("/db/odd/a%00b");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("X-Evil")).isEmpty();
    assertThat(reply.header("Content-Type")).isEqualTo("image/xX-Evil: 1");
    Reply whole = node.get("/db/odd?attachments=true", "Accept", "multipart/related");
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.text()).contains("filename=\"a%00b\"");
  }

  @Test
  void aRangeOfOtherBytesIsAnsweredWithTheWhole() {
    put("/db/a/x", TEN);
    String tag = node.get("/db/a/x").header("ETag");
    for (String other : new String[] {"\"other\"", "W/" + tag, "Fri, 27 Nov 2026 07:00:00 GMT"}) {
      Reply whole = node.get("/db/a/x", "Range", "bytes=2-4", "If-Range", other);
      assertThat(whole.status()).as(other).isEqualTo(200);
      assertThat(whole.text()).isEqualTo("0123456789");
    }
    Reply part = node.get("/db/a/x", "Range", "bytes=2-4", "If-Range", tag);
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.text()).isEqualTo("234");
  }

  private void assertRange(String range, int status, String bytes, String contentRange) {
    Reply reply = node.get("/db/a/x", "Range", range);
    assertThat(reply.status()).as(range).isEqualTo(status);
    assertThat(reply.text()).as(range).isEqualTo(bytes);
    assertThat(reply.header("Content-Range")).as(range).isEqualTo(contentRange);
    assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(bytes.length()));
  }

  @Test
  void partsThatAreNotThereAreRefused() {
    put("/db/a/x", TEN);
    put("/db/empty/x", new byte[0]);
    for (String range : new String[] {"bytes=10-", "bytes=10-20", "bytes=5-4", "bytes=-0"}) {
      Reply reply = node.get("/db/a/x", "Range", range);
      assertThat(reply.problem())
          .as(range)
          .isEqualTo("416 requested_range_not_satisfiable: Requested range not satisfiable");
      assertThat(reply.header("Content-Range")).isEqualTo("bytes */10");
    }
    assertThat(node.get("/db/empty/x", "Range", "bytes=0-0").status()).isEqualTo(416);
    assertThat(node.get("/db/empty/x").status()).isEqualTo(200);
  }

  @Test
  void zippedBytesAreKeptAndUnzippedForWhoDoesNotTakeThem() throws IOException {
    byte[] zipped = zip(TEN);
    put("/db/a/x", zipped, "Content-Encoding", "gzip");
    Reply plain = node.get("/db/a/x");
    assertThat(plain.bytes()).isEqualTo(TEN);
    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(plain.header("Content-Length")).isEqualTo("10");
    assertThat(plain.header("Accept-Ranges")).isEqualTo("none");
    Reply stored = node.get("/db/a/x", "Accept-Encoding", "deflate, gzip;q=0.5");
    assertThat(stored.bytes()).isEqualTo(zipped);
    assertThat(stored.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(node.get("/db/a/x", "Accept-Encoding", "gzip;q=0").bytes()).isEqualTo(TEN);
    assertThat(node.get("/db/a/x", "Range", "bytes=1-2").bytes()).isEqualTo(TEN);
    assertThat(
            node.get("/db/a?att_encoding_info=true")
                .json()
                .path("_attachments")
                .path("x")
                .toString())
        .contains("\"encoding\":\"gzip\",\"encoded_length\":" + zipped.length);
    assertThat(node.get("/db/a").text()).doesNotContain("encoding");
  }

  @Test
  void whatIsNotAsItsHeadersSayIsNotStored() throws IOException {
    assertThat(put("/db/a/x", TEN, "Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==").problem())
        .startsWith("400 content_md5_mismatch: ");
    assertThat(put("/db/a/x", TEN, "Content-Encoding", "br").problem())
        .isEqualTo("415 bad_content_type: Only gzip and identity content-encodings are supported");
    byte[] zipped = zip(TEN);
    for (byte[] broken : new byte[][] {TEN, {}, Arrays.copyOf(zipped, zipped.length - 4)}) {
      assertThat(put("/db/a/x", broken, "Content-Encoding", "gzip").status()).isEqualTo(400);
    }
    assertThat(put("/db/a/x", zip(new byte[300_000]), "Content-Encoding", "gzip").problem())
        .startsWith("413 attachment_too_large: ");
    assertThat(put("/db/a/x", new byte[DocumentNode.MAX_ATTACHMENT + 1]).problem())
        .startsWith("413 attachment_too_large: ");
    assertThat(node.totals()).isEqualTo("0 live, 0 deleted");
    assertThat(put("/db/a/x", TEN, "Content-MD5", "eB5eJF1ptWaXm4bijSPyxw==").status())
        .isEqualTo(201);
  }

  @Test
  void whatIsNotThereCannotBeRead() {
    assertThat(node.get("/db/a/x").problem()).isEqualTo("404 not_found: missing");
    String rev = node.put("/db/a", "{}").rev();
    assertThat(node.get("/db/a/x").problem())
        .isEqualTo("404 not_found: Document is missing attachment");
    assertThat(node.get("/db/a/x?rev=9-x").problem()).isEqualTo("404 not_found: missing");
    String with = put("/db/a/x?rev=" + rev, TEN).rev();
    node.delete("/db/a?rev=" + with);
    assertThat(node.get("/db/a/x").problem()).isEqualTo("404 not_found: deleted");
    assertThat(node.get("/db/a/x?rev=" + with).bytes()).isEqualTo(TEN);
  }

  @Test
  void oneAttachmentCanBeDeleted() {
    assertThat(node.delete("/db/a/x").problem()).isEqualTo("404 not_found: missing");
    String first = put("/db/a/x", TEN).rev();
    String second = put("/db/a/y?rev=" + first, TEN).rev();
    String missing = "404 not_found: Document is missing attachment";
    assertThat(node.delete("/db/a/z").problem()).isEqualTo(missing);
    assertThat(node.delete("/db/a/z?rev=" + second).problem()).isEqualTo(missing);
    assertThat(node.delete("/db/a/x").problem())
        .isEqualTo("409 conflict: Document update conflict.");
    assertThat(node.delete("/db/a/x?rev=" + first).status()).isEqualTo(409);
    Reply reply = node.delete("/db/a/x?rev=" + second);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.rev()).startsWith("3-");
    assertThat(node.get("/db/a").json().path("_attachments").propertyNames()).containsExactly("y");
  }

  @Test
  void anUploadThatIsCutOffLeavesNothing() throws IOException {
    String head = "PUT /db/a/x HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n";
    for (String rest :
        new String[] {
          "Content-Length: 20\r\n\r\n0123456789",
          "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n",
          "Transfer-Encoding: chunked\r\n\r\na\r\n01234",
          "Transfer-Encoding: chunked\r\n\r\nzz\r\n0123456789\r\n0\r\n\r\n"
        }) {
      String answer = node.raw((head + rest).getBytes(StandardCharsets.UTF_8));
      assertThat(answer).as(rest).startsWith("HTTP/1.1 400 ");
    }
    assertThat(node.totals()).isEqualTo("0 live, 0 deleted");
  }

  private static byte[] zip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }
}
