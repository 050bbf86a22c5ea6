package org.skerry.replication.http;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Peer;

/**
 * Opens peers over HTTP. Their connections come from one pool, and one more for each proxy, and
 * stay open between requests. Any thread may call.
 */
public final class HttpPeers implements AutoCloseable {
  /** Three heartbeats: a peer that is silent, or takes nothing, for longer is gone. */
  static final Duration SILENCE = Duration.ofSeconds(60);

  private final Pools pools;
  private final Duration silence;

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
    this(tls, SILENCE);
  }

  /**
   * The same.
   *
   * @param silence how long a peer may take nothing of what it is sent
   */
  HttpPeers(Supplier<TlsSocketStrategy> tls, Duration silence) {
    this.pools = new Pools(proxy -> new Clients(tls.get()).through(proxy));
    this.silence = silence;
  }

  /** A peer at that place. */
  public Peer open(Endpoint.Remote endpoint) {
    Pools.Lease lease = pools.lease(endpoint.manner().proxy());
    return new HttpPeer(new Calls(lease.client(), endpoint, silence), endpoint, lease);
  }

  /** Closes all connections; peers that are open fail from then on. */
  @Override
  public void close() {
    pools.close();
  }
}
