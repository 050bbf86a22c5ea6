package org.skerry.replication.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.skerry.replication.peer.Proxy;

/**
 * Makes HTTP clients, each with its own pool of connections.
 *
 * <p>Redirects are not followed: they would carry credentials to a place that nobody named.
 */
final class Clients {
  /** As long as CouchDB waits for a connection. */
  private static final Duration CONNECT = Duration.ofSeconds(30);

  /** Every live replication holds one all the time. */
  private static final int MAX_CONNECTIONS = 2_000;

  /**
   * Bytes of a request between two looks, each of which takes a millisecond where TLS is spoken.
   */
  private static final long LISTEN_EVERY = 256 * 1024;

  /** Bounds for what stands before an answer's body, far beyond what any peer says. */
  private static final Http1Config HEADS =
      Http1Config.custom().setMaxLineLength(64 * 1024).setMaxHeaderCount(1_000).build();

  private final TlsSocketStrategy tls;

  /**
   * Makes clients.
   *
   * @param tls how connections to peers, and to proxies, become encrypted, and whom they trust
   */
  Clients(TlsSocketStrategy tls) {
    this.tls = tls;
  }

  /** A client that speaks with peers through a proxy, or with themselves. */
  CloseableHttpClient through(Optional<Proxy> proxy) {
    return proxy.isPresent()
        ? through(proxy.get())
        : with(PoolingHttpClientConnectionManagerBuilder.create()).build();
  }

  private CloseableHttpClient through(Proxy proxy) {
    return switch (proxy.protocol()) {
      case HTTP, HTTPS -> throughHttp(proxy);
      case SOCKS5 -> with(new SocksConnections(proxy)).build();
    };
  }

  /** The scheme of a proxy says how it is reached itself, whatever the peer's is. */
  private CloseableHttpClient throughHttp(Proxy proxy) {
    HttpHost host = new HttpHost(proxy.protocol().scheme(), proxy.host(), proxy.port());
    BasicCredentialsProvider passwords = new BasicCredentialsProvider();
    proxy
        .credentials()
        .ifPresent(
            known ->
                passwords.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(known.user(), known.password().toCharArray())));
    return with(PoolingHttpClientConnectionManagerBuilder.create())
        .setRoutePlanner(new DefaultProxyRoutePlanner(host))
        .setDefaultCredentialsProvider(passwords)
        .build();
  }

  /**
   * Who finds a request too large says so before it ends, and throws the rest away or hangs up: an
   * answer is looked for while a request is sent. Otherwise all of it would be sent for nothing, or
   * break off without an answer.
   */
  private static ManagedHttpClientConnectionFactory listening() {
    return ManagedHttpClientConnectionFactory.builder()
        .http1Config(HEADS)
        .responseOutOfOrderStrategy(new MonitoringResponseOutOfOrderStrategy(LISTEN_EVERY))
        .build();
  }

  private PoolingHttpClientConnectionManager pool(
      PoolingHttpClientConnectionManagerBuilder connections) {
    ConnectionConfig connection =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(CONNECT))
            .setSocketTimeout(Timeout.of(HttpPeers.SILENCE))
            .setValidateAfterInactivity(TimeValue.of(2, TimeUnit.SECONDS))
            .setTimeToLive(TimeValue.of(10, TimeUnit.MINUTES))
            .build();
    return connections
        .setConnectionFactory(listening())
        .setTlsSocketStrategy(tls)
        .setDefaultConnectionConfig(connection)
        .setMaxConnTotal(MAX_CONNECTIONS)
        .setMaxConnPerRoute(MAX_CONNECTIONS)
        .build();
  }

  private HttpClientBuilder with(PoolingHttpClientConnectionManagerBuilder connections) {
    return HttpClients.custom()
        .setConnectionManager(pool(connections))
        .setDefaultRequestConfig(
            RequestConfig.custom().setResponseTimeout(Timeout.of(HttpPeers.SILENCE)).build())
        .setRetryStrategy(Keeping.ONCE_MORE)
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .setUserAgent("Skerry");
  }
}
