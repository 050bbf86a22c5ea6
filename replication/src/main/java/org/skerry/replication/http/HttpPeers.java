package org.skerry.replication.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
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

  private final CloseableHttpClient direct = Clients.direct();
  private final Map<Proxy, CloseableHttpClient> proxied = new ConcurrentHashMap<>();

  /** A peer at that place. */
  public Peer open(Endpoint.Remote endpoint) {
    CloseableHttpClient client =
        endpoint
            .manner()
            .proxy()
            .map(proxy -> proxied.computeIfAbsent(proxy, Clients::through))
            .orElse(direct);
    return new HttpPeer(new Calls(client, endpoint), endpoint);
  }

  /** Closes all connections; peers that are open fail from then on. */
  @Override
  public void close() {
    close(direct);
    proxied.values().forEach(HttpPeers::close);
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
