package org.skerry.replication.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.skerry.replication.peer.Proxy;

/**
 * Connections through a SOCKS proxy, which also looks the peer's name up: a network that has such a
 * proxy may know no names of the world outside.
 */
final class SocksConnections extends PoolingHttpClientConnectionManagerBuilder {
  private final Proxy proxy;

  SocksConnections(Proxy proxy) {
    this.proxy = proxy;
    setDnsResolver(new NamesForTheProxy());
  }

  @Override
  protected HttpClientConnectionOperator createConnectionOperator(
      SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
    return new DefaultHttpClientConnectionOperator(
        direct -> new SocksSocket(proxy),
        ports,
        names,
        RegistryBuilder.<TlsSocketStrategy>create().register(URIScheme.HTTPS.id, tls).build());
  }

  /** Looks nothing up. */
  private static final class NamesForTheProxy implements DnsResolver {
    @Override
    public List<InetSocketAddress> resolve(String host, int port) {
      return List.of(InetSocketAddress.createUnresolved(host, port));
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      throw new UnknownHostException(host + " is looked up by the proxy");
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
