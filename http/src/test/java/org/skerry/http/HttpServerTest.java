package org.skerry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skerry.http.RunningServer.json;
import static org.skerry.http.RunningServer.route;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  private static final String ASKED = "GET /waiting HTTP/1.1\r\nHost: x\r\n\r\n";
  private final AtomicReference<String> seen = new AtomicReference<>("");
  private final RunningServer node =
      RunningServer.start(
          route(Method.GET, "/", x -> x.answer(json(200, "{\"couchdb\":\"Welcome\"}\n"))),
          route(Method.GET, "/boom", x -> boom()),
          route(Method.GET, "/silent", x -> seen.set("silent")),
          route(
              Method.GET,
              "/{db}/{doc}",
              x -> {
                seen.set(x.variable("db") + "|" + x.variable("doc") + "|" + x.query().all());
                x.answer(json(200, "{}").with("ETag", "\"1-a\""));
              }),
          route(Method.GET, "/{db}", x -> x.answer(json(200, "\"" + x.baseUrl() + "\""))));

  @AfterEach
  void stop() {
    node.close();
  }

  private static void boom() {
    throw new IllegalStateException("secret detail");
  }

  @Test
  void everyAnswerHasTheHeadersThatClientsLookFor() {
    HttpResponse<String> answer = node.get("/");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"couchdb\":\"Welcome\"}\n");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(header(answer, "Cache-Control")).isEqualTo("must-revalidate");
    assertThat(header(answer, "X-CouchDB-Body-Time")).isEqualTo("0");
    assertThat(header(answer, "X-Couch-Request-ID")).matches("[0-9a-f]{10}");
    assertThat(header(answer, "Server")).isEqualTo("Skerry/0");
  }

  @Test
  void whoIsInterruptedWhenTheNodeEndsGoesBackWithoutTheInterrupt() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CompletableFuture<String> left = new CompletableFuture<>();
    Endpoint waiting =
        x -> {
          waits.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
          }
        };
    RunningServer ending = RunningServer.start(route(Method.GET, "/waiting", waiting));
    ending
        .server()
        .tell(x -> left.complete(x.status() + " " + Thread.currentThread().isInterrupted()));
    try (Socket socket = ending.connect()) {
      socket.getOutputStream().write(ASKED.getBytes(StandardCharsets.UTF_8));
      assertThat(waits.await(300, TimeUnit.SECONDS)).isTrue();
      ending.close();
    }
    assertThat(left.get(300, TimeUnit.SECONDS)).isEqualTo("503 false");
  }

  @Test
  void anIdMayHoldAnyCharacterAndNul() throws IOException {
    String asked = "GET /clinic/a%00%2500%2F%01..?b=%00 HTTP/1.1\r\nHost: x\r\n";
    String answer = node.raw(asked + "Connection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertThat(seen.get()).isEqualTo("clinic|a\0%00/\u0001..|{b=\0}");
    assertThat(node.raw("GET /clinic/a\0 HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void theRequestIdIsEchoed() {
    HttpResponse<String> answer = node.get("/", "X-Couch-Request-ID", "clinic-7");
    assertThat(header(answer, "X-Couch-Request-ID")).isEqualTo("clinic-7");
  }

  @Test
  void headIsGetWithoutTheBody() throws IOException {
    String answer = node.raw("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("Content-Length: 22\r\n");
    assertThat(answer).endsWith("\r\n\r\n");
  }

  @Test
  void pathsAreSplitBeforeTheyAreDecoded() {
    node.get("/db/a%2Fb+c%C3%A9?rev=1-a&x=%22%26%22&x=y+z&flag");
    assertThat(seen.get()).isEqualTo("db|a/b cé|{rev=1-a, x=y z, flag=}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/db/%2E%2E", "/db/..", "/../..", "/%2E./.%2e", "/db/..;a", "/../db/..?x"})
  void dotsInIdsAreNoDirections(String path) throws IOException {
    String answer = node.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    if (path.startsWith("/../db")) { // three segments are none of the routes
      assertThat(answer).startsWith("HTTP/1.1 404 ").contains("\"error\":\"not_found\"");
    } else {
      assertThat(answer).startsWith("HTTP/1.1 200 ");
      String known = path.replaceAll("(?i)%2e", ".").substring(1).replace('/', '|');
      assertThat(seen.get()).isEqualTo(known + "|{}");
    }
  }

  @Test
  void pathsThatAreNotUtf8AreRefused() throws IOException {
    for (String path : new String[] {"/db/%FF", "/db/%zz", "/db/%4", "/db?a=%C3%28"}) {
      String answer = node.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"error\":\"bad_request\"");
      assertThat(answer).contains("\"reason\":\"The URL holds `");
    }
  }

  @Test
  void theBaseUrlIsTheOneTheClientUsed() {
    assertThat(node.get("/db").body()).isEqualTo("\"" + node.server().baseUrl() + "\"");
    assertThat(
            node.get("/db", "X-Forwarded-Host", "n.example.org", "X-Forwarded-Proto", "https")
                .body())
        .isEqualTo("\"https://n.example.org\"");
  }

  @Test
  void anUnknownMethodIsAnsweredWithTheKnownOnes() {
    HttpResponse<String> answer =
        node.send("/db", request -> request.method("BREW", HttpRequest.BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(header(answer, "Allow")).isEqualTo("GET,HEAD");
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"method_not_allowed\",\"reason\":\"Only GET,HEAD allowed\"}\n");
  }

  @Test
  void aFailureShowsTheClientAReferenceAndNothingElse() {
    HttpResponse<String> answer = node.get("/boom");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .contains("internal_server_error", "reference")
        .doesNotContain("secret");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
  }

  @Test
  void anEndpointThatForgetsToAnswerIsAFailure() {
    assertThat(node.get("/silent").statusCode()).isEqualTo(500);
  }

  @Test
  void aTakenPortIsNamed() {
    HttpSettings same = HttpSettings.defaults().at("127.0.0.1", node.server().port());
    assertThatThrownBy(() -> RunningServer.start(same, RunningServer.NURSE))
        .hasMessageContaining("port " + node.server().port() + ": it is in use");
  }

  @Test
  void stoppingWakesThoseWhoWait() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch woken = new CountDownLatch(1);
    RunningServer other =
        RunningServer.start(
            route(
                Method.GET,
                "/feed",
                x -> {
                  waiting.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    woken.countDown();
                  }
                  x.answer(json(200, "{}"));
                }));
    try (var socket = other.connect()) {
      socket.getOutputStream().write("GET /feed HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
      assertThat(waiting.await(300, TimeUnit.SECONDS)).isTrue();
      other.close();
      assertThat(woken.await(300, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
