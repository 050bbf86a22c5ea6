package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Manner;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Proxy;
import org.skerry.replication.peer.Proxy.Protocol;

class ProxiedPeerTest {
  private static final Endpoint.Credentials CLERK = new Endpoint.Credentials("clerk", "gate");
  private static final String CLERK_SAYS = "Basic Y2xlcms6Z2F0ZQ==";

  private final HttpPeers peers = new HttpPeers();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private HttpServer server;

  /** Answers as a database, whoever was asked for, and notes who that was. */
  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", new FarDatabase(exchange -> seen.add(FarDatabase.line(exchange))));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    peers.close();
  }

  private Peer peer(String url, Proxy proxy) {
    Manner manner = new Manner(Optional.of(proxy), true, Map.of("q", "1", "n", "1"));
    return peers.open(new Endpoint.Remote(URI.create(url), Optional.empty(), Map.of()).in(manner));
  }

  private Proxy http(Optional<Endpoint.Credentials> credentials) {
    return new Proxy(Protocol.HTTP, "127.0.0.1", server.getAddress().getPort(), credentials);
  }

  @Test
  void requestsGoThroughTheProxy() {
    try (Peer peer = peer("http://far.example/db", http(Optional.empty()))) {
      assertThat(peer.info().orElseThrow().updateSeq()).isEqualTo("7-x");
      assertThat(seen).containsExactly("GET http://far.example/db null");
    }
  }

  @Test
  void theProxyIsToldWhoAsks() {
    try (Peer peer = peer("http://far.example/db", http(Optional.of(CLERK)))) {
      peer.info();
      assertThat(seen).containsExactly("GET http://far.example/db " + CLERK_SAYS);
    }
  }

  @Test
  void aDatabaseIsCreatedWithItsParameters() {
    try (Peer peer = peer("http://far.example/db", http(Optional.empty()))) {
      assertThat(peer.create()).isTrue();
      assertThat(seen).containsExactly("PUT http://far.example/db?n=1&q=1 null");
    }
  }

  /** A proxy that lets nobody in, and says so with a page. */
  private static Gate closedGate() throws IOException {
    String page = "<html><h1>Who are you?</h1>" + "<p>ring twice</p>".repeat(10_000) + "</html>";
    return new Gate(
        new ServerSocket(0, 5, InetAddress.getLoopbackAddress()),
        guest -> {
          while (!Relay.head(guest.getInputStream()).isEmpty()) {
            Relay.say(
                guest,
                "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"gate\"\r\nContent-Length: "
                    + page.length()
                    + "\r\n\r\n"
                    + page);
          }
        });
  }

  @Test
  void aProxyThatWantsALoginIsNamedAndNotQuoted() throws Exception {
    try (Gate gate = closedGate()) {
      refused("http://far.example/db", gate, Optional.empty(), "wants a login: write NAME:");
      refused("https://far.example/db", gate, Optional.empty(), "wants a login: write NAME:");
    }
  }

  @Test
  void aLoginThatTheProxyDoesNotAcceptIsNamedAndNotQuoted() throws Exception {
    try (Gate gate = closedGate()) {
      refused("http://far.example/db", gate, Optional.of(CLERK), "does not accept the one");
      refused("https://far.example/db", gate, Optional.of(CLERK), "does not accept the one");
    }
  }

  private void refused(String url, Gate gate, Optional<Endpoint.Credentials> known, String reason) {
    try (Peer peer = peer(url, new Proxy(Protocol.HTTP, "127.0.0.1", gate.port(), known))) {
      assertThatThrownBy(peer::info)
          .isInstanceOfSatisfying(
              PeerException.class, e -> assertThat(e.kind()).isEqualTo(PeerException.Kind.DENIED))
          .hasMessageContaining(reason)
          .message()
          .doesNotContain("ring", "gate:");
    }
  }

  /** Says to whoever comes that it must sign in, and then that it may not. */
  private static void refuseTunnels(ServerSocket proxy, List<String> heads) {
    try (Socket client = proxy.accept()) {
      for (int status : new int[] {407, 403}) {
        heads.add(Relay.head(client.getInputStream()));
        String more = status == 407 ? "Proxy-Authenticate: Basic realm=\"gate\"\r\n" : "";
        Relay.say(client, "HTTP/1.1 " + status + " No\r\n" + more + "Content-Length: 0\r\n\r\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aTunnelIsOpenedWithThePasswordThatThePeerDoesNotGet() throws Exception {
    List<String> heads = new CopyOnWriteArrayList<>();
    try (ServerSocket gate = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread serving = Thread.ofVirtual().start(() -> refuseTunnels(gate, heads));
      Proxy proxy = new Proxy(Protocol.HTTP, "127.0.0.1", gate.getLocalPort(), Optional.of(CLERK));
      try (Peer peer = peer("https://far.example/db", proxy)) {
        assertThatThrownBy(peer::info)
            .isInstanceOf(PeerException.class)
            .message()
            .doesNotContain("gate:");
      }
      serving.join();
    }
    assertThat(heads).hasSize(2).allMatch(head -> head.startsWith("CONNECT far.example:443 "));
    assertThat(heads.get(1)).contains("Proxy-Authorization: " + CLERK_SAYS);
  }
}
