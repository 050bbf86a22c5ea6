package org.skerry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More clients than connections: they wait for each other. */
@Timeout(300)
class ConnectionLimitTest {
  private final Router router =
      new PatternRouter(
          List.of(
              new Router.Route(
                  Method.GET,
                  "/",
                  exchange -> exchange.answer(Answer.json(200, new byte[] {'1'})))));

  /** One client, which keeps its connection. */
  private record Client(Socket socket, BufferedReader lines) {
    static Client of(HttpServer server) throws IOException {
      URI url = URI.create(server.baseUrl());
      Socket socket = new Socket(url.getHost(), url.getPort());
      return new Client(
          socket,
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
    }

    void ask() throws IOException {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: node\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    String status() {
      try {
        return String.valueOf(lines.readLine());
      } catch (IOException e) {
        return e.toString();
      }
    }
  }

  @Test
  void theNextClientIsAnsweredWhenAConnectionIsClosed() throws Exception {
    try (HttpServer server =
        HttpServer.start(
            HttpSettings.defaults(),
            router,
            caller -> Optional.of(new Authenticator.SignedIn(user(), List.of())))) {
      server.limitConnections(1);
      Client first = Client.of(server);
      first.ask();
      assertThat(first.status()).isEqualTo("HTTP/1.1 200 OK");
      Client second = Client.of(server);
      second.ask();
      CompletableFuture<String> answer = CompletableFuture.supplyAsync(second::status);
      assertThat(server.connections()).isEqualTo(1);
      first.socket().close();
      assertThat(answer.get(280, TimeUnit.SECONDS)).isEqualTo("HTTP/1.1 200 OK");
      second.socket().close();
    }
  }

  private static UserContext user() {
    return new UserContext(Optional.of("a"), java.util.Set.of("_admin"), Optional.of("default"));
  }
}
