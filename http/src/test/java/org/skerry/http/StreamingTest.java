package org.skerry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.http.RunningServer.json;
import static org.skerry.http.RunningServer.route;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamingTest {
  private static final byte[] LINE = "{\"seq\":1}\n".getBytes(StandardCharsets.UTF_8);
  private static final String CLOSE = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  @Test
  void aSmallStreamGoesOutWithItsLength() throws IOException {
    Endpoint endpoint =
        x -> {
          OutputStream out = x.stream(AnswerHead.json(200));
          out.write(LINE);
          out.write('!');
          out.close();
        };
    try (RunningServer node = RunningServer.start(route(Method.GET, "/x", endpoint))) {
      assertThat(node.raw("GET /x" + CLOSE))
          .contains("Content-Length: " + (LINE.length + 1) + "\r\n")
          .endsWith("{\"seq\":1}\n!");
      assertThat(node.raw("HEAD /x" + CLOSE))
          .startsWith("HTTP/1.1 200 ")
          .doesNotContain("Content-Length")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void aLongStreamArrivesWhole() {
    byte[] block = new byte[100_000];
    Endpoint endpoint =
        x -> {
          OutputStream out = x.stream(AnswerHead.json(200));
          for (int i = 0; i < 100; i++) {
            out.write(LINE);
            out.write(block);
          }
          out.close();
        };
    try (RunningServer node = RunningServer.start(route(Method.GET, "/x", endpoint))) {
      assertThat(node.get("/x").body()).hasSize(100 * (block.length + LINE.length));
    }
  }

  @Test
  void aKnownLengthIsAnnounced() throws IOException {
    Endpoint endpoint =
        x -> {
          OutputStream out = x.stream(AnswerHead.of(200, "text/plain").withLength(50_000));
          out.write(new byte[50_000]);
          out.close();
        };
    try (RunningServer node = RunningServer.start(route(Method.GET, "/x", endpoint))) {
      assertThat(node.raw("HEAD /x" + CLOSE)).contains("Content-Length: 50000\r\n");
      assertThat(node.get("/x").body()).hasSize(50_000);
    }
  }

  @Test
  void whatIsFlushedArrivesWhileTheRestIsAwaited() throws Exception {
    InTwoParts endpoint = new InTwoParts(LINE, LINE);
    try (RunningServer node = RunningServer.start(route(Method.GET, "/feed", endpoint));
        Socket socket = node.connect()) {
      socket.getOutputStream().write(("GET /feed" + CLOSE).getBytes(StandardCharsets.UTF_8));
      BufferedReader reader = reader(socket);
      assertThat(reader.lines().filter(line -> line.startsWith("{")).findFirst()).isPresent();
      endpoint.seen();
      assertThat(reader.lines().filter(line -> line.startsWith("{")).findFirst()).isPresent();
    }
  }

  @Test
  void aStreamThatIsNotClosedIsCutOff() throws IOException {
    Endpoint endpoint =
        x -> {
          OutputStream out = x.stream(AnswerHead.json(200));
          out.write(LINE);
          out.flush();
          throw new IllegalStateException("the store broke");
        };
    try (RunningServer node = RunningServer.start(route(Method.GET, "/x", endpoint))) {
      // The chunk of length 0, which ends a whole answer, is missing.
      assertThat(node.raw("GET /x" + CLOSE))
          .startsWith("HTTP/1.1 200 ")
          .doesNotContain("\r\n0\r\n")
          .doesNotContain("the store broke");
    }
  }

  @Test
  void aProblemBeforeTheFirstByteIsToldAsUsual() {
    Endpoint endpoint =
        x -> {
          OutputStream out = x.stream(AnswerHead.of(200, "text/plain").withLength(7));
          out.write(LINE, 0, 1);
          throw HttpProblem.notFound("deleted");
        };
    try (RunningServer node = RunningServer.start(route(Method.GET, "/x", endpoint))) {
      var answer = node.get("/x");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
      assertThat(answer.body()).isEqualTo("{\"error\":\"not_found\",\"reason\":\"deleted\"}\n");
    }
  }

  @Test
  void aWriterLearnsThatItsClientIsGone() throws Exception {
    SynchronousQueue<IOException> failures = new SynchronousQueue<>();
    Endpoint endpoint =
        x -> {
          OutputStream out = x.stream(AnswerHead.json(200));
          try {
            while (true) {
              out.write(LINE);
              out.flush();
            }
          } catch (IOException e) {
            offer(failures, e);
            throw e;
          }
        };
    try (RunningServer node = RunningServer.start(route(Method.GET, "/feed", endpoint))) {
      try (Socket socket = node.connect()) {
        socket.getOutputStream().write(("GET /feed" + CLOSE).getBytes(StandardCharsets.UTF_8));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      assertThat(failures.poll(300, TimeUnit.SECONDS)).isInstanceOf(ClientGoneException.class);
    }
  }

  @Test
  void aRequestThatTheNodeKeepsWaitingIsNotIdle() throws Exception {
    HttpSettings impatient =
        HttpSettings.defaults()
            .withLimits(new HttpSettings.Limits(1000, 1000, 4096, Duration.ofMillis(50)));
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch dropped = new CountDownLatch(1);
    Endpoint endpoint =
        x -> {
          await(released);
          x.answer(json(200, "{}"));
        };
    try (RunningServer node =
            RunningServer.start(
                impatient, RunningServer.NURSE, route(Method.GET, "/feed", endpoint));
        Socket waiting = node.connect();
        Socket idle = node.connect()) {
      waiting.getOutputStream().write(("GET /feed" + CLOSE).getBytes(StandardCharsets.UTF_8));
      Thread.ofVirtual()
          .start(
              () -> {
                // An idle connection that began later is dropped: so much time has passed.
                try {
                  if (idle.getInputStream().read() < 0) {
                    dropped.countDown();
                  }
                } catch (IOException e) {
                  dropped.countDown();
                }
              });
      assertThat(dropped.await(300, TimeUnit.SECONDS)).isTrue();
      released.countDown();
      assertThat(reader(waiting).readLine()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void thousandsMayWait() throws Exception {
    int many = 2000;
    CountDownLatch arrived = new CountDownLatch(many);
    CountDownLatch released = new CountDownLatch(1);
    Endpoint endpoint =
        x -> {
          arrived.countDown();
          await(released);
          x.answer(json(200, "{}"));
        };
    List<Socket> sockets = new ArrayList<>();
    try (RunningServer node = RunningServer.start(route(Method.GET, "/feed", endpoint))) {
      for (int i = 0; i < many; i++) {
        Socket socket = node.connect();
        sockets.add(socket);
        socket.getOutputStream().write(("GET /feed" + CLOSE).getBytes(StandardCharsets.UTF_8));
      }
      assertThat(arrived.await(300, TimeUnit.SECONDS)).isTrue();
      released.countDown();
      for (Socket socket : sockets) {
        assertThat(reader(socket).readLine()).startsWith("HTTP/1.1 200 ");
        socket.close();
      }
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(300, TimeUnit.SECONDS)) {
        throw new IOException("nobody came");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void offer(SynchronousQueue<IOException> queue, IOException e) {
    try {
      queue.offer(e, 300, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
