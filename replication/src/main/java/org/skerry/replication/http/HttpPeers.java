package org.skerry.replication.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Proxy;

/**
 * Opens peers over HTTP. Their connections come from one pool, and one more for each proxy, and
 * stay open between requests. Any thread may call.
 */
public final class HttpPeers implements AutoCloseable {
  /** Three heartbeats: a peer that is silent for longer is gone. */
  static final Duration SILENCE = Duration.ofSeconds(60);

  private final Map<Optional<Proxy>, CloseableHttpClient> clients = new ConcurrentHashMap<>();
  private final Supplier<TlsSocketStrategy> tls;

  /** Peers, and proxies, whose certificates the Java machine trusts. */
  public HttpPeers() {
    this(DefaultClientTlsStrategy::createDefault);
  }

  /**
   * Peers whose connections become encrypted in that way.
   *
   * @param tls also knows whose certificates are trusted. Asked when a peer is opened: a node
   *     without replications reads no certificates
   */
  HttpPeers(Supplier<TlsSocketStrategy> tls) {
    this.tls = tls;
  }

  /** A peer at that place. */
  public Peer open(Endpoint.Remote endpoint) {
    CloseableHttpClient client =
        clients.computeIfAbsent(
            endpoint.manner().proxy(), proxy -> new Clients(tls.get()).through(proxy));
    return new HttpPeer(new Calls(client, endpoint), endpoint);
  }

  /** Closes all connections; peers that are open fail from then on. */
  @Override
  public void close() {
    clients.values().forEach(HttpPeers::close);
  }

  private static void close(CloseableHttpClient client) {
    try {
      client.close();
    } catch (IOException e) {
      // What cannot be closed any more is closed.
      return;
    }
  }
}
