package org.skerry.replication.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
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

  private Clients() {}

  /** A client that speaks with peers themselves. */
  static CloseableHttpClient direct() {
    return with(connections()).build();
  }

  /** A client that speaks with peers through a proxy. */
  static CloseableHttpClient through(Proxy proxy) {
    return switch (proxy.protocol()) {
      case HTTP -> throughHttp(proxy);
      case SOCKS5 -> throughSocks(proxy);
    };
  }

  private static CloseableHttpClient throughHttp(Proxy proxy) {
    HttpHost host = new HttpHost("http", proxy.host(), proxy.port());
    BasicCredentialsProvider passwords = new BasicCredentialsProvider();
    proxy
        .credentials()
        .ifPresent(
            known ->
                passwords.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(known.user(), known.password().toCharArray())));
    return with(connections())
        .setRoutePlanner(new DefaultProxyRoutePlanner(host))
        .setDefaultCredentialsProvider(passwords)
        .build();
  }

  private static CloseableHttpClient throughSocks(Proxy proxy) {
    SocketConfig sockets =
        SocketConfig.custom()
            .setSocksProxyAddress(new InetSocketAddress(proxy.host(), proxy.port()))
            .build();
    return with(connections().setDefaultSocketConfig(sockets)).build();
  }

  private static PoolingHttpClientConnectionManagerBuilder connections() {
    ConnectionConfig connection =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(CONNECT))
            .setSocketTimeout(Timeout.of(HttpPeers.SILENCE))
            .setValidateAfterInactivity(TimeValue.of(2, TimeUnit.SECONDS))
            .setTimeToLive(TimeValue.of(10, TimeUnit.MINUTES))
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDefaultConnectionConfig(connection)
        .setMaxConnTotal(MAX_CONNECTIONS)
        .setMaxConnPerRoute(MAX_CONNECTIONS);
  }

  private static HttpClientBuilder with(PoolingHttpClientConnectionManagerBuilder connections) {
    return HttpClients.custom()
        .setConnectionManager(connections.build())
        .setDefaultRequestConfig(
            RequestConfig.custom().setResponseTimeout(Timeout.of(HttpPeers.SILENCE)).build())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .setUserAgent("Skerry");
  }
}
