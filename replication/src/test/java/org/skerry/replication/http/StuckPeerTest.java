package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.DocId;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.revision.RevId;

/** A peer that keeps its connection open and reads no more of what it is sent. */
@Timeout(300)
class StuckPeerTest {
  private static final RevId REV = RevId.parse("1-11111111111111111111111111111111");

  /** More than two sockets hold between them. */
  private static final int LARGE = 64 * 1024 * 1024;

  private final CountDownLatch over = new CountDownLatch(1);
  private Optional<Gate> gate = Optional.empty();
  private Optional<HttpPeers> peers = Optional.empty();

  private Peer peer(boolean secure) throws Exception {
    SSLContext known = SecureProxyTest.known();
    InetAddress here = InetAddress.getLoopbackAddress();
    ServerSocket door =
        secure
            ? known.getServerSocketFactory().createServerSocket(0, 5, here)
            : new ServerSocket(0, 5, here);
    Gate stuck =
        new Gate(
            door,
            guest -> {
              Relay.head(guest.getInputStream());
              over.await();
            });
    gate = Optional.of(stuck);
    HttpPeers made =
        new HttpPeers(() -> new DefaultClientTlsStrategy(known), Duration.ofMillis(100));
    peers = Optional.of(made);
    URI url = URI.create((secure ? "https" : "http") + "://127.0.0.1:" + stuck.port() + "/db");
    return made.open(new Endpoint.Remote(url, Optional.empty(), Map.of()));
  }

  @AfterEach
  void stop() throws Exception {
    over.countDown();
    if (gate.isPresent()) {
      gate.get().close();
    }
    peers.ifPresent(HttpPeers::close);
  }

  private static FetchedRevision revision(String members) {
    String json = "{\"_id\":\"a\",\"_rev\":\"" + REV + "\"," + members + "}";
    return new FetchedRevision.AsJson(DocId.of("a"), REV, json.getBytes());
  }

  private static void assertStuck(Runnable write) {
    assertThatThrownBy(write::run)
        .isInstanceOfSatisfying(
            PeerException.class,
            e -> assertThat(e.kind()).isEqualTo(PeerException.Kind.UNREACHABLE))
        .message()
        .contains("it takes nothing more of what it is sent");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isNotWrittenToForEver(boolean secure) throws Exception {
    Peer peer = peer(secure);
    FetchedRevision large = revision("\"text\":\"" + "x".repeat(LARGE) + "\"");
    assertStuck(() -> peer.write(List.of(large)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isNotSentAttachmentsForEver(boolean secure) throws Exception {
    Peer peer = peer(secure);
    FetchedRevision attached =
        revision(
            "\"_attachments\":{\"scan\":{\"content_type\":\"text/plain\",\"revpos\":1,"
                + "\"digest\":\"md5-d18XKGnUDWBb4kGlBwsK+g==\",\"length\":"
                + LARGE
                + ",\"follows\":true}}");
    FollowingBytes zeros =
        name ->
            new InputStream() {
              private int left = LARGE;

              @Override
              public int read() {
                return left-- > 0 ? 0 : -1;
              }
            };
    assertStuck(() -> peer.write(attached, zeros));
  }
}
