package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program and clients that break off, contradict themselves or are strangers. */
class BadInputIT {
  private static final int SOCKET_MILLIS = 300_000;
  private static final String CREDENTIALS =
      Base64.getEncoder()
          .encodeToString(("admin:" + NodeProcess.PASSWORD).getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;

  @Test
  void nothingIsStoredByHalfAndTheNodeStaysUp() throws Exception {
    try (NodeProcess node = NodeProcess.start(folder.resolve("data"))) {
      node.expect(201, "PUT", "/db", "");
      brokenBodies(node);
      brokenFraming(node);
      strangers(node);
      String info = node.expect(200, "GET", "/db", "");
      assertThat(info).contains("\"doc_count\":0").contains("\"doc_del_count\":0");
    }
    // What was refused did not come back with the log either.
    try (NodeProcess again = NodeProcess.start(folder.resolve("data"))) {
      assertThat(again.expect(200, "GET", "/db", "")).contains("\"doc_count\":0");
    }
  }

  private static void brokenBodies(NodeProcess node) throws Exception {
    String[] bodies = {
      "",
      "{",
      "{\"a\":1,\"a\":2}",
      "{\"a\":" + "[".repeat(100_000),
      "{\"_what\":1}",
      "[]",
      "{\"_rev\":\"x\"}",
      "{\"_attachments\":{\"a\":{\"data\":\"!\"}}}",
      "{\"_attachments\":{\"a\":{\"data\":\"\"},\"b\":{\"follows\":true}}}",
      "{\"a\":\"\\ud800\"}x"
    };
    for (String body : bodies) {
      String answer = node.expect(400, "PUT", "/db/a", body);
      assertThat(answer).contains("\"error\":\"").contains("\"reason\":\"");
    }
    node.expect(409, "PUT", "/db/a?rev=1-a", "{}");
    node.expect(400, "PUT", "/db/_x", "{}");
    node.expect(400, "POST", "/db/_bulk_docs", "{\"docs\":[{\"_id\":\"a\"},{\"_id\":\"b\"},{]}");
    node.expect(400, "POST", "/db/_bulk_docs", "{\"docs\":[{\"_id\":\"a\"},{\"_id\":\"_b\"}]}");
  }

  private static void brokenFraming(NodeProcess node) throws IOException {
    String[] requests = {
      "Content-Length: 100\r\n\r\n{}",
      "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
      "Transfer-Encoding: chunked\r\n\r\nxx\r\n{}\r\n0\r\n\r\n",
      "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}}",
      "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"
    };
    for (String path : new String[] {"/db/a", "/db/a/file"}) {
      for (String rest : requests) {
        assertThat(raw(node, path, rest)).as(path + " " + rest).startsWith("HTTP/1.1 400 ");
      }
      assertThat(raw(node, path, "Content-MD5: AAAA\r\nContent-Length: 1\r\n\r\nx"))
          .startsWith("HTTP/1.1 400 ");
    }
    String half =
        "--z\r\n\r\n{\"_attachments\":{\"f\":{\"follows\":true,\"length\":9}}}\r\n--z\r\n\r\nhalf";
    assertThat(
            raw(
                node,
                "/db/a",
                "Content-Type: multipart/related; boundary=z\r\nContent-Length: "
                    + half.length()
                    + "\r\n\r\n"
                    + half))
        .startsWith("HTTP/1.1 400 ");
  }

  private static void strangers(NodeProcess node) throws Exception {
    for (String value : new String[] {"Basic YWRtaW46d3Jvbmc=", "Basic !", "Nonsense", ""}) {
      HttpRequest request =
          HttpRequest.newBuilder(node.url().resolve("/db/a"))
              .header("Authorization", value)
              .PUT(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      assertThat(node.client().send(request, BodyHandlers.ofString()).statusCode())
          .as(value)
          .isEqualTo(401);
    }
  }

  /** Sends a PUT in the administrator's name, says that no more comes, and returns the answer. */
  private static String raw(NodeProcess node, String path, String rest) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", node.url().getPort())) {
      socket.setSoTimeout(SOCKET_MILLIS);
      String head = "PUT " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Basic " + CREDENTIALS;
      socket.getOutputStream().write((head + "\r\n" + rest).getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
