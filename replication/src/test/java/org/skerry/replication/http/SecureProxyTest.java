package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Endpoint.Credentials;
import org.skerry.replication.peer.Manner;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Proxy;
import org.skerry.replication.peer.Proxy.Protocol;

/**
 * Proxies that are themselves reached by TLS. Their key, in {@code gate.p12}, is that of 127.0.0.1
 * and far.example, and was made by {@code keytool -genkeypair -alias gate -keyalg EC -validity
 * 36500 -dname CN=gate -ext san=ip:127.0.0.1,dns:far.example -storetype PKCS12 -storepass
 * changeit}.
 */
class SecureProxyTest {
  private static final Credentials CLERK = new Credentials("clerk", "gate");
  private static final String CLERK_SAYS = "Basic Y2xlcms6Z2F0ZQ==";
  private static SSLContext known;

  private final HttpPeers peers = new HttpPeers(() -> new DefaultClientTlsStrategy(known));
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private HttpsServer server;

  @BeforeAll
  static void readKey() throws Exception {
    known = known();
  }

  /** Has that key, and trusts who has it. */
  static SSLContext known() throws Exception {
    char[] password = "changeit".toCharArray();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = SecureProxyTest.class.getResourceAsStream("gate.p12")) {
      keys.load(in, password);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, password);
    TrustManagerFactory others =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    others.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), others.getTrustManagers(), null);
    return context;
  }

  /** A database that speaks TLS, and a proxy that does, which answers in its place. */
  @BeforeEach
  void start() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(known));
    server.createContext("/", new FarDatabase(exchange -> seen.add(FarDatabase.line(exchange))));
    server.start();
  }

  @AfterEach
  void stop() {
    peers.close();
    server.stop(0);
  }

  private static Peer peer(HttpPeers peers, String url, String host, int port) {
    Proxy proxy = new Proxy(Protocol.HTTPS, host, port, Optional.of(CLERK));
    Manner manner = new Manner(Optional.of(proxy), true, Map.of());
    return peers.open(new Endpoint.Remote(URI.create(url), Optional.empty(), Map.of()).in(manner));
  }

  private int port() {
    return server.getAddress().getPort();
  }

  /** Opens a tunnel to the database for those who say who they are, wherever they want to go. */
  private Gate tunnels(InetAddress address) throws IOException {
    return new Gate(
        known.getServerSocketFactory().createServerSocket(0, 5, address),
        guest -> {
          String head = Relay.head(guest.getInputStream());
          while (!head.contains("Proxy-Authorization: " + CLERK_SAYS + "\r\n")) {
            Relay.say(
                guest,
                "HTTP/1.1 407 Who?\r\n"
                    + "Proxy-Authenticate: Basic realm=\"gate\"\r\n"
                    + "Content-Length: 0\r\n\r\n");
            head = Relay.head(guest.getInputStream());
          }
          seen.add(head.lines().findFirst().orElseThrow());
          Relay.say(guest, "HTTP/1.1 200 Open\r\n\r\n");
          try (Socket behind = new Socket(InetAddress.getLoopbackAddress(), port())) {
            Relay.between(guest, behind);
          }
        });
  }

  @Test
  void requestsGoThroughAProxyThatIsReachedByTls() {
    try (Peer peer = peer(peers, "http://far.example/db", "127.0.0.1", port())) {
      assertThat(peer.info().orElseThrow().updateSeq()).isEqualTo("7-x");
      assertThat(seen).containsExactly("GET http://far.example/db " + CLERK_SAYS);
    }
  }

  @Test
  void aPeerThatSpeaksTlsIsReachedByATunnelWithinTls() throws Exception {
    try (Gate gate = tunnels(InetAddress.getLoopbackAddress());
        Peer peer = peer(peers, "https://far.example/db", "127.0.0.1", gate.port())) {
      assertThat(peer.info().orElseThrow().updateSeq()).isEqualTo("7-x");
      assertThat(peer.info()).isPresent();
      assertThat(seen)
          .containsExactly("CONNECT far.example:443 HTTP/1.1", "GET /db null", "GET /db null");
    }
  }

  @Test
  void behindTheTunnelOnlyThePeerItselfIsSpokenTo() throws Exception {
    try (Gate gate = tunnels(InetAddress.getLoopbackAddress());
        Peer peer = peer(peers, "https://other.example/db", "127.0.0.1", gate.port())) {
      assertThatThrownBy(peer::info)
          .isInstanceOf(PeerException.class)
          .hasMessageContaining("other.example");
      assertThat(seen).containsExactly("CONNECT other.example:443 HTTP/1.1");
    }
  }

  @Test
  void aProxyWithTheCertificateOfAnotherIsToldNothing() throws Exception {
    InetAddress other = InetAddress.getByName("127.0.0.2");
    try (Gate gate = tunnels(other);
        Peer peer = peer(peers, "https://far.example/db", other.getHostAddress(), gate.port())) {
      assertThatThrownBy(peer::info)
          .isInstanceOf(PeerException.class)
          .hasMessageContaining("127.0.0.2");
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void aProxyWhoseCertificateNobodySignedIsToldNothing() {
    try (HttpPeers strict = new HttpPeers();
        Peer peer = peer(strict, "http://far.example/db", "127.0.0.1", port())) {
      assertThatThrownBy(peer::info)
          .isInstanceOf(PeerException.class)
          .hasMessageContaining("certification path");
      assertThat(seen).isEmpty();
    }
  }
}
