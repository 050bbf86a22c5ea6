package org.skerry.http.couch.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;

/**
 * Requests that were right until something happened to them: every one is answered, none with 500,
 * and the node serves the next.
 */
@ExtendWith(Seeded.class)
class FuzzTest extends DocumentTest {
  private static final int REQUESTS = 1000;
  private static final int ANSWER_WITHIN_MILLIS = 300_000;

  private static final String DOCUMENT =
      "{\"_id\":\"a\",\"_rev\":\"1-a\",\"_revisions\":{\"start\":1,\"ids\":[\"a\"]},\"_deleted\":false,"
          + "\"n\":[1,2.5e3,-0,null,true,{\"é\\u00e9\":\"\\ud83d\\ude00\"}],\"_attachments\":{\"x\":"
          + "{\"content_type\":\"text/plain\",\"data\":\"aGVsbG8=\",\"revpos\":1,\"digest\":\"md5-XUFA\"},"
          + "\"y\":{\"stub\":true,\"length\":5}}}";

  private static final String RELATED =
      "--zz\r\nContent-Type: application/json\r\n\r\n{\"_attachments\":{\"x\":{\"follows\":true,"
          + "\"length\":5,\"content_type\":\"text/plain\",\"encoding\":\"identity\"}}}\r\n--zz\r\n"
          + "Content-Disposition: attachment; filename=\"x\"\r\nContent-Length: 5\r\n\r\nhello\r\n"
          + "--zz--";

  private static final String[] BODIES = {
    DOCUMENT,
    "{\"docs\":[" + DOCUMENT + ",{\"_id\":\"_local/x\"},{}],\"new_edits\":false}",
    "{\"docs\":[{\"id\":\"a\",\"rev\":\"1-a\",\"atts_since\":[\"1-b\"]},{\"id\":\"b\"}]}",
    "{\"a\":[\"1-a\",\"2-b\"],\"b\":[]}",
    "{\"keys\":[\"a\",\"b\"],\"limit\":3,\"skip\":1,\"descending\":true}",
    "{\"queries\":[{\"keys\":[\"a\"]},{\"startkey\":\"a\",\"endkey\":\"b\",\"limit\":1}]}",
    "{\"doc_ids\":[\"a\"],\"selector\":{\"n\":{\"$gt\":1,\"$regex\":\"^a+\",\"$in\":[1,\"x\"]}}}",
    "{\"selector\":{\"$or\":[{\"a.b\":{\"$exists\":true}},{\"n\":{\"$elemMatch\":{\"$gte\":2}}}]}}",
    "{\"admins\":{\"names\":[\"x\"],\"roles\":[]},\"members\":{\"names\":[],\"roles\":[\"r\"]}}",
    RELATED
  };

  private static final String[] PATHS = {
    "/db",
    "/db/a",
    "/db/a/x",
    "/db/a/x/y",
    "/db/_design/d",
    "/db/_design/d/x",
    "/db/_local/l",
    "/db/_bulk_docs",
    "/db/_bulk_get",
    "/db/_all_docs",
    "/db/_all_docs/queries",
    "/db/_changes",
    "/db/_revs_diff",
    "/db/_missing_revs",
    "/db/_local_docs",
    "/db/_design_docs",
    "/_dbs_info",
    "/_all_dbs",
    "/_uuids",
    "/db/_security",
    "/db/_revs_limit",
    "/",
    "/db/%5flocal%2Fx",
    "/DB",
    "/_session",
    "/_active_tasks",
    "/db/_ensure_full_commit",
    "/db/_compact"
  };

  private static final String[] NAMES = {
    "rev",
    "revs",
    "open_revs",
    "latest",
    "attachments",
    "atts_since",
    "new_edits",
    "batch",
    "meta",
    "since",
    "feed",
    "limit",
    "skip",
    "filter",
    "style",
    "heartbeat",
    "timeout",
    "keys",
    "key",
    "startkey",
    "endkey",
    "startkey_docid",
    "descending",
    "include_docs",
    "conflicts",
    "count",
    "seq_interval",
    "inclusive_end",
    "update_seq",
    "doc_ids",
    "local_seq",
    "att_encoding_info"
  };

  private static final String[] VALUES = {
    "true",
    "false",
    "1-a",
    "[\"1-a\"]",
    "all",
    "ok",
    "0",
    "1",
    "-1",
    "99999999999999999999",
    "now",
    "5-x",
    "\"a\"",
    "[1,{}]",
    "{}",
    "normal",
    "longpoll",
    "_doc_ids",
    "_selector",
    "_design",
    "x",
    "1e3",
    "%00",
    "null",
    "a/b",
    "main_only",
    "all_docs",
    "[",
    "\"",
    "é"
  };

  private static final String[] METHODS = {"GET", "PUT", "POST", "DELETE", "COPY", "HEAD", "PATCH"};

  private static final String[] HEADERS = {
    "If-Match: 1-a",
    "If-None-Match: \"1-a\"",
    "Destination: b?rev=1-a",
    "Range: bytes=1-2",
    "Accept: multipart/mixed",
    "Accept: multipart/related",
    "Content-MD5: XUFAKrxLKna5cZ2REBfFkg==",
    "Accept-Encoding: gzip",
    "Last-Event-ID: 3-x",
    "Expect: nothing",
    "Cookie: AuthSession=YQ"
  };

  @BeforeEach
  void somethingToFind() {
    withAttachment("a");
    node.branch("b", ",\"n\":1", "c", "a");
    node.branch("b", ",\"_deleted\":true", "b", "a");
  }

  @RepeatedTest(3)
  void nothingThatIsSentIsAnsweredWith500(SplittableRandom random) throws IOException {
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < REQUESTS; i++) {
      byte[] request = request(random);
      String answer = answer(request);
      String shown = new String(request, StandardCharsets.ISO_8859_1);
      assertThat(answer).as(shown).startsWith("HTTP/1.1 ").doesNotStartWith("HTTP/1.1 5");
      seen.add(answer.substring(answer.length() - 3));
    }
    assertThat(seen)
        .as("some were right, and some wrong in their ways")
        .contains("200", "201", "400", "404", "409");
    assertThat(node.get("/db").status()).isEqualTo(200);
    assertThat(node.get("/db/_all_docs?include_docs=true&attachments=true").status())
        .isEqualTo(200);
    assertThat(node.get("/db/_changes?include_docs=true&style=all_docs").json().has("last_seq"))
        .isTrue();
  }

  private String answer(byte[] request) throws IOException {
    try (Socket socket = node.connect()) {
      socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(request);
      out.flush();
      socket.shutdownOutput();
      byte[] first = socket.getInputStream().readNBytes(12);
      return new String(first, StandardCharsets.ISO_8859_1);
    }
  }

  private static byte[] request(SplittableRandom random) {
    byte[] body = maybeMutated(random, pick(random, BODIES).getBytes(StandardCharsets.UTF_8), 0.7);
    String method = pick(random, METHODS);
    StringBuilder head = new StringBuilder(method).append(' ').append(target(random, method));
    head.append(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
    boolean related = new String(body, StandardCharsets.ISO_8859_1).contains("--z");
    head.append("Content-Type: ")
        .append(related ? "multipart/related; boundary=zz" : "application/json")
        .append("\r\n");
    for (int i = random.nextInt(3); i > 0; i--) {
      byte[] header = pick(random, HEADERS).getBytes(StandardCharsets.UTF_8);
      String line = new String(maybeMutated(random, header, 0.3), StandardCharsets.ISO_8859_1);
      head.append(line.replaceAll("[\r\n\u0000]", "")).append("\r\n");
    }
    if (!method.equals("GET") && !method.equals("HEAD") || random.nextInt(5) == 0) {
      int announced = body.length + (random.nextInt(20) == 0 ? 5 : 0);
      head.append("Content-Length: ").append(announced).append("\r\n");
    } else {
      body = new byte[0];
    }
    byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] request = new byte[bytes.length + body.length];
    System.arraycopy(bytes, 0, request, 0, bytes.length);
    System.arraycopy(body, 0, request, bytes.length, body.length);
    return request;
  }

  /** A feed that waits would do so for its whole timeout; what waits is tested elsewhere. */
  private static String target(SplittableRandom random, String method) {
    byte[] path = pick(random, PATHS).getBytes(StandardCharsets.UTF_8);
    StringBuilder target = new StringBuilder("/");
    target.append(encoded(maybeMutated(random, path, 0.15)).substring(1));
    String separator = "?";
    for (int i = random.nextInt(4); i > 0; i--) {
      byte[] value = pick(random, VALUES).getBytes(StandardCharsets.UTF_8);
      target.append(separator).append(pick(random, NAMES)).append('=');
      target.append(encoded(maybeMutated(random, value, 0.2)));
      separator = "&";
    }
    // Neither may the database go, nor a feed stay open.
    boolean whole = target.toString().matches("/db/*(\\?.*)?") && method.equals("DELETE");
    return whole ? "/db/a" : target + separator + "timeout=1&feed=" + feed(random);
  }

  private static String feed(SplittableRandom random) {
    return random.nextInt(3) == 0 ? "longpoll" : "normal";
  }

  private static String encoded(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      boolean plain = b > ' ' && b < 0x7f && "\"<>\\^`{|}#?&[]".indexOf(b) < 0;
      text.append(plain ? Character.toString(b) : String.format("%%%02X", b));
    }
    return text.isEmpty() ? "/" : text.toString();
  }

  private static byte[] maybeMutated(SplittableRandom random, byte[] bytes, double chance) {
    return random.nextDouble() < chance ? mutated(random, bytes) : bytes;
  }

  /** Bytes changed, taken away, doubled or cut off. */
  private static byte[] mutated(SplittableRandom random, byte[] bytes) {
    byte[] result = bytes.clone();
    for (int i = 1 + random.nextInt(3); i > 0 && result.length > 1; i--) {
      int at = random.nextInt(result.length);
      int length = Math.min(1 + random.nextInt(8), result.length - at);
      switch (random.nextInt(5)) {
        case 0 -> result[at] = (byte) random.nextInt(256);
        case 1 -> result[at] = (byte) "\"{}[],:\\0-9e_".charAt(random.nextInt(13));
        case 2 -> result = spliced(result, at, length, 0);
        case 3 -> result = spliced(result, at, length, 2);
        default -> result = Arrays.copyOf(result, at + 1);
      }
    }
    return result;
  }

  /** The bytes with a run of them repeated so many times; 0 takes it away. */
  private static byte[] spliced(byte[] bytes, int at, int length, int times) {
    byte[] result = new byte[bytes.length + length * (times - 1)];
    System.arraycopy(bytes, 0, result, 0, at);
    for (int i = 0; i < times; i++) {
      System.arraycopy(bytes, at, result, at + i * length, length);
    }
    System.arraycopy(bytes, at + length, result, at + times * length, bytes.length - at - length);
    return result;
  }

  private static String pick(SplittableRandom random, String[] from) {
    return from[random.nextInt(from.length)];
  }
}
