package org.skerry.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skerry.http.RunningServer.route;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionTest {
  private static final String ROW = "{\"id\":\"Patient/1\",\"changes\":[{\"rev\":\"1-abc\"}]},\n";
  private static final String LONG = ROW.repeat(2000);
  private static final String SHORT = ROW.repeat(20);
  private static final String GZIP = "Accept-Encoding: gzip\r\n";

  /** Status line and headers, and the bytes behind them. */
  private record Got(String head, byte[] body) {
    String unzipped() throws IOException {
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
        return new String(in.readAllBytes(), UTF_8);
      }
    }

    String text() {
      return new String(body, UTF_8);
    }

    boolean isGzip() {
      return head.contains("\r\nContent-Encoding: gzip\r\n");
    }
  }

  /** By HTTP 1.0, which knows no chunks. */
  private static void ask(Socket socket, String method, String path, String headers)
      throws IOException {
    String request = method + " " + path + " HTTP/1.0\r\nHost: x\r\n" + headers + "\r\n";
    socket.getOutputStream().write(request.getBytes(UTF_8));
  }

  private static Got get(RunningServer node, String method, String path, String headers)
      throws IOException {
    try (Socket socket = node.connect()) {
      ask(socket, method, path, headers);
      byte[] all = socket.getInputStream().readAllBytes();
      int end = new String(all, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
      return new Got(
          new String(all, 0, end + 2, UTF_8), Arrays.copyOfRange(all, end + 4, all.length));
    }
  }

  private static Endpoint streaming(AnswerHead head, String text) {
    return exchange -> {
      OutputStream out = exchange.stream(head);
      byte[] bytes = text.getBytes(UTF_8);
      out.write(bytes[0]);
      out.write(bytes, 1, bytes.length - 1);
      out.close();
    };
  }

  private static RunningServer node() {
    byte[] all = LONG.getBytes(UTF_8);
    AnswerHead json = AnswerHead.json(200);
    return RunningServer.start(
        route(Method.GET, "/long", streaming(json, LONG)),
        route(Method.GET, "/short", streaming(json, SHORT)),
        route(Method.GET, "/known", streaming(json.withLength(all.length), LONG)),
        route(Method.GET, "/tagged", streaming(json.with("ETag", "\"1-abc\""), LONG)),
        route(Method.GET, "/image", streaming(AnswerHead.of(200, "image/png"), LONG)),
        route(Method.GET, "/whole", exchange -> exchange.answer(Answer.json(200, all))));
  }

  @Test
  void longTextsGoOutCompressedToWhoeverTakesGzip() throws IOException {
    try (RunningServer node = node()) {
      for (String path : new String[] {"/long", "/known", "/whole"}) {
        Got got = get(node, "GET", path, GZIP);
        assertThat(got.isGzip()).as(path).isTrue();
        assertThat(got.head()).contains("\r\nVary: Accept-Encoding\r\n");
        assertThat(got.head()).doesNotContain("Content-Length: " + LONG.length());
        assertThat(got.body().length).isLessThan(LONG.length() / 10);
        assertThat(got.unzipped()).isEqualTo(LONG);
      }
    }
  }

  @Test
  void othersGetThemAsTheyAre() throws IOException {
    try (RunningServer node = node()) {
      for (String path : new String[] {"/long", "/known", "/whole"}) {
        Got got = get(node, "GET", path, "");
        assertThat(got.isGzip()).as(path).isFalse();
        assertThat(got.head()).contains("\r\nVary: Accept-Encoding\r\n"); // caches keep both apart
        assertThat(got.text()).isEqualTo(LONG);
      }
      assertThat(get(node, "HEAD", "/long", GZIP).isGzip()).isFalse();
    }
  }

  @Test
  void whatIsShortOrTaggedOrNoTextIsLeftAsItIs() throws IOException {
    try (RunningServer node = node()) {
      assertThat(get(node, "GET", "/short", GZIP).text()).isEqualTo(SHORT);
      assertThat(get(node, "GET", "/short", GZIP).head())
          .contains("Content-Length: " + SHORT.length());
      assertThat(get(node, "GET", "/tagged", GZIP).text()).isEqualTo(LONG);
      assertThat(get(node, "GET", "/image", GZIP).text()).isEqualTo(LONG);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "deflate, GZIP;q=0.5|true",
        "x-gzip|false",
        "*|true",
        "gzip;q=0|false",
        "gzip; q=0.000|false",
        "*, gzip;q=0|false",
        "*;q=0|false",
        "*;q=0, gzip|true",
        "br, zstd|false",
        "identity|false",
        ";,,|false",
      })
  void whatAClientTakes(String header, boolean gzip) {
    assertThat(AcceptEncoding.takes(Optional.of(header), "gzip")).isEqualTo(gzip);
  }

  @Test
  void whoSaysNothingTakesNone() {
    assertThat(AcceptEncoding.takes(Optional.empty(), "gzip")).isFalse();
  }

  @Test
  void aFeedThatWaitsIsNotHeldBack() throws Exception {
    InTwoParts feed = new InTwoParts(ROW.getBytes(UTF_8), LONG.getBytes(UTF_8));
    try (RunningServer node = RunningServer.start(route(Method.GET, "/feed", feed));
        Socket socket = node.connect()) {
      ask(socket, "GET", "/feed", GZIP);
      InputStream in = socket.getInputStream();
      StringBuilder text = new StringBuilder();
      while (text.indexOf(ROW) < 0) {
        text.append((char) in.read());
      }
      feed.seen();
      text.append(new String(in.readAllBytes(), UTF_8));
      assertThat(text.toString()).doesNotContain("Content-Encoding").endsWith(ROW + LONG);
    }
  }

  @Test
  void whatIsFlushedOfALongAnswerArrivesWhileTheRestIsAwaited() throws Exception {
    InTwoParts feed = new InTwoParts(LONG.getBytes(UTF_8), new byte[] {'!'});
    try (RunningServer node = RunningServer.start(route(Method.GET, "/feed", feed));
        Socket socket = node.connect()) {
      ask(socket, "GET", "/feed", GZIP);
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      InputStream gzip = new GZIPInputStream(in);
      assertThat(new String(gzip.readNBytes(LONG.length()), UTF_8)).isEqualTo(LONG);
      feed.seen();
      assertThat(new String(gzip.readAllBytes(), UTF_8)).isEqualTo("!");
    }
  }

  @Test
  void anAnswerThatBreaksOffIsNoWholeGzip() throws IOException {
    Endpoint broken =
        exchange -> {
          OutputStream out = exchange.stream(AnswerHead.json(200));
          out.write(LONG.getBytes(UTF_8));
          out.flush();
          throw new IllegalStateException("in the middle");
        };
    try (RunningServer node = RunningServer.start(route(Method.GET, "/x", broken))) {
      Got got = get(node, "GET", "/x", GZIP);
      assertThat(got.isGzip()).isTrue();
      assertThatThrownBy(got::unzipped).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void whatFailsBeforeItsFirstByteIsOutIsToldAsItIs() throws IOException {
    Endpoint failing =
        exchange -> {
          exchange.stream(AnswerHead.json(200)).write(LONG.substring(0, 3000).getBytes(UTF_8));
          throw HttpProblem.badRequest("bad_request", "no");
        };
    try (RunningServer node = RunningServer.start(route(Method.GET, "/x", failing))) {
      Got got = get(node, "GET", "/x", GZIP);
      assertThat(got.head()).startsWith("HTTP/1.1 400 ").doesNotContain("Content-Encoding");
      assertThat(got.text()).contains("bad_request");
    }
  }
}
