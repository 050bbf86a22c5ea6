package org.skerry.replication.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Peer;

/**
 * Opens peers over HTTP. Their connections come from one pool and stay open between requests. Any
 * thread may call.
 *
 * <p>Redirects are not followed: they would carry credentials to a place that nobody named.
 */
public final class HttpPeers implements AutoCloseable {
  /** As long as CouchDB waits for a connection. */
  private static final Duration CONNECT = Duration.ofSeconds(30);

  /** Three heartbeats: a peer that is silent for longer is gone. */
  static final Duration SILENCE = Duration.ofSeconds(60);

  /** Every live replication holds one all the time. */
  private static final int MAX_CONNECTIONS = 2_000;

  private final CloseableHttpClient client;

  /** A pool with usual time limits. */
  public HttpPeers() {
    ConnectionConfig connection =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(CONNECT))
            .setSocketTimeout(Timeout.of(SILENCE))
            .setValidateAfterInactivity(TimeValue.of(2, TimeUnit.SECONDS))
            .setTimeToLive(TimeValue.of(10, TimeUnit.MINUTES))
            .build();
    PoolingHttpClientConnectionManager pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDefaultConnectionConfig(connection)
            .setMaxConnTotal(MAX_CONNECTIONS)
            .setMaxConnPerRoute(MAX_CONNECTIONS)
            .build();
    this.client =
        HttpClients.custom()
            .setConnectionManager(pool)
            .setDefaultRequestConfig(
                RequestConfig.custom().setResponseTimeout(Timeout.of(SILENCE)).build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .setUserAgent("Skerry")
            .build();
  }

  /** A peer at that place. */
  public Peer open(Endpoint.Remote endpoint) {
    return new HttpPeer(new Calls(client, endpoint), endpoint);
  }

  /** Closes all connections; peers that are open fail from then on. */
  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      // What cannot be closed any more is closed.
      return;
    }
  }
}
