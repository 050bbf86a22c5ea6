package org.skerry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.http.RunningServer.json;
import static org.skerry.http.RunningServer.route;
import static org.skerry.http.RunningServer.storing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever comes in: nothing is stored by half, and the next client is served. */
class BrokenRequestsTest {
  private static final int HELD = 10_000;
  private static final HttpSettings.Limits SMALL = limits(Duration.ofMinutes(5));

  /** Under these some request, on a busy machine, comes too late: only for whoever is to be. */
  private static final HttpSettings.Limits IMPATIENT = limits(Duration.ofMillis(300));

  private static final String HEAD = "PUT /store HTTP/1.1\r\nHost: x\r\n";

  private final List<byte[]> stored = RunningServer.nothingStored();
  private final RunningServer node =
      RunningServer.start(
          HttpSettings.defaults().withLimits(SMALL),
          RunningServer.NURSE,
          storing(stored),
          route(Method.GET, "/", x -> x.answer(json(200, "{}"))),
          route(
              Method.PUT,
              "/streamed",
              x -> {
                byte[] all = x.body().readAllBytes();
                stored.add(all);
                x.answer(json(201, "{}"));
              }));

  private static HttpSettings.Limits limits(Duration idle) {
    return new HttpSettings.Limits(100_000, HELD, 4096, idle);
  }

  @AfterEach
  void theNodeIsStillThere() {
    assertThat(node.get("/").statusCode()).isEqualTo(200);
    node.close();
  }

  @Test
  void aWholeBodyIsStored() {
    assertThat(put("/store", "hello".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(201);
    assertThat(stored).hasSize(1);
    assertThat(stored.get(0)).asString(StandardCharsets.UTF_8).isEqualTo("hello");
  }

  @Test
  void aBodyShorterThanItsLengthIsNotStored() throws IOException {
    String answer = node.raw(HEAD + "Content-Length: 100\r\n\r\n{\"a\":1}");
    assertThat(answer).doesNotContain("HTTP/1.1 2");
    assertThat(stored).isEmpty();
  }

  @Test
  void aChunkedBodyThatIsCutOffIsNotStored() throws IOException {
    for (String body : new String[] {"5\r\nhello\r\n", "5\r\nhel", "5\r\nhello\r\n0", ""}) {
      String answer = node.raw(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + body);
      assertThat(answer).doesNotContain("HTTP/1.1 2");
      assertThat(stored).isEmpty();
    }
  }

  @Test
  void chunksThatAreNoneAreRefused() throws IOException {
    String answer = node.raw(HEAD + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(stored).isEmpty();
  }

  @Test
  void lengthsThatContradictEachOtherAreRefused() throws IOException {
    assertThat(node.raw(HEAD + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(
            node.raw(
                HEAD + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nhello"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(node.raw(HEAD + "Content-Length: -1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(node.raw(HEAD + "Content-Length: 99999999999999999999\r\n\r\n"))
        .startsWith("HTTP/1.1 4");
    assertThat(stored).isEmpty();
  }

  @Test
  void garbageIsAnsweredWithCouchDbsErrorBody() throws IOException {
    for (String garbage :
        new String[] {
          "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
          "hello\r\n\r\n",
          "GET\r\n\r\n",
          "GET / HTTP/9.9\r\n\r\n",
          "GET / HTTP/1.1\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\nno colon here\r\n\r\n"
        }) {
      String answer = node.raw(garbage);
      assertThat(answer).as(garbage).startsWith("HTTP/1.1 ").contains("\"error\":");
      assertThat(answer).contains("Content-Type: application/json").doesNotContain("<html");
      assertThat(answer).as("what the connection is closed behind").contains("Connection: close");
    }
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      node.raw(new String(noise, StandardCharsets.ISO_8859_1) + "\r\n\r\n");
    }
  }

  @Test
  void headersThatAreTooLongAreRefused() throws IOException {
    String answer = node.raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(9000) + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 431 ").contains("\"error\":\"header_too_large\"");
    assertThat(node.raw("GET /" + "y".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ")
        .contains("\"error\":\"header_too_large\"");
  }

  @Test
  void aBodyAnnouncedTooLongIsRefusedBeforeItIsSent() throws IOException {
    String answer = node.raw(HEAD + "Content-Length: 100001\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"error\":\"too_large\"");
    answer = node.raw(HEAD + "Content-Length: 10001\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"error\":\"too_large\"");
  }

  @Test
  void aBodyThatTurnsOutTooLongIsRefused() throws IOException {
    String chunk = "2710\r\n" + "y".repeat(10_000) + "\r\n";
    assertThat(node.raw(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(2)))
        .startsWith("HTTP/1.1 413 ");
    assertThat(
            node.raw(
                "PUT /streamed HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunk.repeat(11)))
        .startsWith("HTTP/1.1 413 ");
    assertThat(stored).isEmpty();
    assertThat(put("/store", new byte[HELD]).statusCode()).isEqualTo(201);
    assertThat(put("/store", new byte[HELD + 1]).statusCode()).isEqualTo(413);
    assertThat(stored).hasSize(1);
  }

  @Test
  void aSlowClientIsDroppedAndNothingStored() throws IOException {
    try (RunningServer impatient =
        RunningServer.start(
            HttpSettings.defaults().withLimits(IMPATIENT), RunningServer.NURSE, storing(stored))) {
      assertThat(answerUntilDropped(impatient, HEAD + "Content-Length: 10\r\n\r\nhalf"))
          .matches(answer -> answer.isEmpty() || answer.startsWith("HTTP/1.1 408 "));
      assertThat(answerUntilDropped(impatient, "GET / HT")).doesNotContain("HTTP/1.1 2");
    }
    assertThat(stored).isEmpty();
  }

  /** What is answered to a client that sends no more, before the other end hangs up. */
  private static String answerUntilDropped(RunningServer server, String begun) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = server.connect()) {
      socket.getOutputStream().write(begun.getBytes(StandardCharsets.UTF_8));
      socket.getInputStream().transferTo(answer);
    } catch (SocketException dropped) { // before all was sent, or read
      return answer.toString(StandardCharsets.UTF_8);
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  @Test
  void soManyHeadersAreTooMany() throws IOException {
    String some = "a: b\r\n".repeat(150);
    assertThat(node.raw("GET / HTTP/1.1\r\nHost: x\r\n" + some + "\r\n"))
        .startsWith("HTTP/1.1 200 ");
    assertThat(node.raw("GET / HTTP/1.1\r\nHost: x\r\n" + some + some + "\r\n"))
        .startsWith("HTTP/1.1 431 ");
  }

  @Test
  void zippedBodiesAreUnzipped() throws IOException {
    HttpResponse<String> answer =
        putZipped("/store", zip("hello".getBytes(StandardCharsets.UTF_8)));
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(stored.get(0)).asString(StandardCharsets.UTF_8).isEqualTo("hello");
  }

  @Test
  void zippedBodiesThatAreBrokenAreRefused() throws IOException {
    byte[] whole = zip(new byte[5000]);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    byte[] wrongSum = whole.clone();
    wrongSum[whole.length - 6] ^= 1;
    for (byte[] broken : new byte[][] {{}, {1, 2, 3}, half, wrongSum}) {
      for (String path : new String[] {"/store", "/streamed"}) {
        assertThat(putZipped(path, broken).statusCode()).isEqualTo(400);
      }
    }
    assertThat(stored).isEmpty();
  }

  @Test
  void aSmallZipCannotUnfoldIntoALargeBody() throws IOException {
    byte[] bomb = zip(new byte[10_000_000]);
    assertThat(bomb.length).isLessThan(20_000);
    assertThat(putZipped("/store", bomb).statusCode()).isEqualTo(413);
    assertThat(putZipped("/streamed", bomb).statusCode()).isEqualTo(413);
    assertThat(stored).isEmpty();
  }

  @Test
  void otherEncodingsAreRefused() {
    HttpResponse<String> answer =
        node.send(
            "/store",
            request ->
                request
                    .header("Content-Encoding", "br")
                    .PUT(HttpRequest.BodyPublishers.ofString("x")));
    assertThat(answer.statusCode()).isEqualTo(415);
  }

  private HttpResponse<String> put(String path, byte[] body) {
    return node.send(path, request -> request.PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<String> putZipped(String path, byte[] body) {
    return node.send(
        path,
        request ->
            request
                .header("Content-Encoding", "gzip")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private static byte[] zip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }
}
