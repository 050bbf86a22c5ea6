package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Endpoint.Credentials;
import org.skerry.replication.peer.Manner;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Proxy;
import org.skerry.replication.peer.Proxy.Protocol;

class SocksProxyTest {
  private static final Optional<Credentials> CLERK = Optional.of(new Credentials("clerk", "gate"));
  private static final Optional<Credentials> STRANGER = Optional.of(new Credentials("x", "s3cret"));

  private final HttpPeers peers = new HttpPeers();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        new FarDatabase(
            exchange -> seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI())));
    server.start();
  }

  @AfterEach
  void stop() {
    peers.close();
    server.stop(0);
  }

  private static ServerSocket door() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  /** A proxy that lets in whom it knows, or anybody, and knows one way only. */
  private Gate gate(Optional<Credentials> known) throws IOException {
    return new Gate(
        door(),
        guest -> {
          DataInputStream in = new DataInputStream(guest.getInputStream());
          in.readByte();
          in.skipNBytes(in.readUnsignedByte());
          guest.getOutputStream().write(new byte[] {5, (byte) (known.isPresent() ? 2 : 0)});
          if (known.isPresent() && !isLetIn(guest, in, known.get())) {
            return;
          }
          in.skipNBytes(3);
          seen.add("CONNECT " + host(in) + ":" + in.readUnsignedShort());
          guest.getOutputStream().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
          try (Socket behind =
              new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            Relay.between(guest, behind);
          }
        });
  }

  private static boolean isLetIn(Socket guest, DataInputStream in, Credentials known)
      throws IOException {
    in.readByte();
    boolean right = text(in).equals(known.user()) & text(in).equals(known.password());
    guest.getOutputStream().write(new byte[] {1, (byte) (right ? 0 : 1)});
    return right;
  }

  private static String host(DataInputStream in) throws IOException {
    return in.readByte() == 3
        ? text(in)
        : InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
  }

  private static Proxy proxy(int port, Optional<Credentials> credentials) {
    return new Proxy(Protocol.SOCKS5, "127.0.0.1", port, credentials);
  }

  private Peer peer(Gate gate, Optional<Credentials> credentials) {
    Manner manner = new Manner(Optional.of(proxy(gate.port(), credentials)), true, Map.of());
    URI far = URI.create("http://far.invalid:5984/db");
    return peers.open(new Endpoint.Remote(far, Optional.empty(), Map.of()).in(manner));
  }

  @Test
  void requestsGoThroughSocksToANameThatTheProxyLooksUp() throws Exception {
    try (Gate gate = gate(Optional.empty());
        Peer peer = peer(gate, Optional.empty())) {
      assertThat(peer.info().orElseThrow().updateSeq()).isEqualTo("7-x");
      assertThat(peer.info()).isPresent();
      assertThat(seen).containsExactly("CONNECT far.invalid:5984", "GET /db", "GET /db");
    }
  }

  @Test
  void aProxyThatWantsANameAndAPasswordGetsThem() throws Exception {
    try (Gate gate = gate(CLERK);
        Peer peer = peer(gate, CLERK)) {
      assertThat(peer.info().orElseThrow().updateSeq()).isEqualTo("7-x");
      assertThat(seen).containsExactly("CONNECT far.invalid:5984", "GET /db");
    }
  }

  @Test
  void eachReplicationSignsInAsItself() throws Exception {
    try (Gate gate = gate(CLERK);
        Peer clerk = peer(gate, CLERK);
        Peer stranger = peer(gate, STRANGER)) {
      assertThat(clerk.info()).isPresent();
      assertThatThrownBy(stranger::info)
          .isInstanceOf(PeerException.class)
          .hasMessageContaining("does not accept the name and the password")
          .message()
          .doesNotContain("s3cret");
      assertThat(clerk.info()).isPresent();
    }
  }

  @Test
  void aConnectionIsAsPatientAsItWasToldToBe() throws Exception {
    try (Gate gate = gate(CLERK);
        Socket socket = new SocksSocket(proxy(gate.port(), CLERK))) {
      socket.setSoTimeout(12_345);
      socket.connect(InetSocketAddress.createUnresolved("far.invalid", 1), 30_000);
      assertThat(socket.getSoTimeout()).isEqualTo(12_345);
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void aProxyThatSaysNothingIsNotWaitedForForEver() throws Exception {
    try (ServerSocket silent = door();
        Socket socket = new SocksSocket(proxy(silent.getLocalPort(), CLERK))) {
      assertThatThrownBy(
              () -> socket.connect(InetSocketAddress.createUnresolved("far.invalid", 1), 20))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }
}
