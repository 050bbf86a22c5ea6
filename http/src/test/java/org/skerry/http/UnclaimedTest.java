package org.skerry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Strangers who open connections, more than there are. */
@Timeout(300)
class UnclaimedTest {
  private static final int CONNECTIONS = 8;
  private static final int LARGE = 20 << 20;

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch news = new CountDownLatch(1);
  private final List<Client> clients = new ArrayList<>();
  private HttpServer server;

  /** One, with its connection. */
  private record Client(Socket socket, BufferedReader lines) {
    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    String line() {
      try {
        return String.valueOf(lines.readLine());
      } catch (IOException e) {
        return "null"; // closed with something unread is told as an error
      }
    }

    /** Waits until the connection is closed, whatever comes before that. */
    void awaitEnd() {
      String line;
      do {
        line = line();
      } while (!line.equals("null"));
    }
  }

  @BeforeEach
  void start() throws IOException {
    Endpoint answer = exchange -> exchange.answer(Answer.json(200, new byte[] {'1'}));
    Endpoint feed =
        exchange -> {
          entered.countDown();
          await(news);
          answer.handle(exchange);
        };
    Endpoint large = exchange -> exchange.answer(Answer.json(200, new byte[LARGE]));
    Endpoint signIn =
        exchange -> {
          entered.countDown();
          exchange.readBody();
          answer.handle(exchange);
        };
    server =
        HttpServer.start(
            HttpSettings.defaults(),
            new PatternRouter(
                List.of(
                    new Router.Route(Method.GET, "/", answer),
                    new Router.Route(Method.GET, "/feed", feed),
                    new Router.Route(Method.GET, "/large", large),
                    new Router.Route(Method.POST, "/_session", signIn))),
            caller -> caller.header("Authorization").map(UnclaimedTest::signedIn));
    server.limitConnections(CONNECTIONS);
  }

  @AfterEach
  void stop() throws IOException {
    for (Client client : clients) {
      client.socket().close();
    }
    server.close();
  }

  private static Authenticator.SignedIn signedIn(String name) {
    return new Authenticator.SignedIn(
        new UserContext(Optional.of(name), Set.of(), Optional.of("default")), List.of());
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private Client open() throws IOException {
    URI url = URI.create(server.baseUrl());
    Socket socket = new Socket(url.getHost(), url.getPort());
    Client client =
        new Client(
            socket,
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
    clients.add(client);
    return client;
  }

  private Client open(String sent) throws IOException {
    Client client = open();
    client.send(sent);
    return client;
  }

  private void openMany() throws IOException {
    for (int i = 0; i < 5 * CONNECTIONS; i++) {
      open("G");
    }
  }

  @Test
  void whoeverSendsARequestIsAnsweredBesideAnyNumberOfThoseWhoDoNot() throws Exception {
    Client eldest = open("GET / HT");
    openMany();
    assertThat(eldest.line()).isEqualTo("null");
    assertThat(open("GET / HTTP/1.1\r\nHost: node\r\n\r\n").line()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(server.connections()).isLessThanOrEqualTo(CONNECTIONS);
  }

  @Test
  void whoIsSignedInKeepsItsConnection() throws Exception {
    Client feed = open("GET /feed HTTP/1.1\r\nHost: node\r\nAuthorization: a\r\n\r\n");
    entered.await();
    openMany();
    news.countDown();
    assertThat(feed.line()).isEqualTo("HTTP/1.1 200 OK");
  }

  /** More than the system takes at once, and than is sent while it is answered. */
  @Test
  void whoReadsSlowlyKeepsItsConnectionUntilAllIsSent() throws Exception {
    Client slow = open("GET /large HTTP/1.1\r\nHost: node\r\nAuthorization: a\r\n\r\n");
    assertThat(slow.line()).isEqualTo("HTTP/1.1 200 OK");
    openMany();
    String line;
    do {
      line = slow.line();
    } while (!line.isEmpty());
    int length = 0;
    while (length < LARGE && slow.lines().read() >= 0) {
      length++;
    }
    assertThat(length).isEqualTo(LARGE);
  }

  @Test
  void whatASignedInUserKeepsIsNoStrangers() throws Exception {
    String request = "GET / HTTP/1.1\r\nHost: node\r\nAuthorization: a\r\n\r\n";
    Client nurse = open(request);
    assertThat(nurse.line()).isEqualTo("HTTP/1.1 200 OK");
    openMany();
    nurse.send(request);
    String line;
    do {
      line = nurse.line(); // what is left of the first answer
    } while (!line.endsWith("HTTP/1.1 200 OK") && !line.equals("null"));
    assertThat(line).endsWith("HTTP/1.1 200 OK");
  }

  @Test
  void ofThoseThatAreKeptTheEldestIsClosed() throws Exception {
    String request = "GET / HTTP/1.1\r\nHost: node\r\nAuthorization: a\r\n\r\n";
    Client eldest = open(request);
    for (int i = 0; i < CONNECTIONS; i++) {
      assertThat(open(request).line()).isEqualTo("HTTP/1.1 200 OK");
    }
    eldest.awaitEnd();
  }

  @Test
  void aStrangerWhoSendsABodySlowlyIsOneOfThem() throws Exception {
    Client slow = open("POST /_session HTTP/1.1\r\nHost: node\r\nContent-Length: 100\r\n\r\nname");
    entered.await();
    openMany();
    slow.awaitEnd(); // it may be told still that the body ended early
  }
}
