package org.skerry.replication;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.skerry.replication.peer.Endpoint.Credentials;
import org.skerry.replication.peer.Proxy;
import org.skerry.replication.peer.Proxy.Protocol;

/** Reads a proxy's URL. No message repeats it, because it may have a password in it. */
final class ProxyReader {
  private static final int HTTP_PORT = 80;
  private static final int SOCKS_PORT = 1080;

  private ProxyReader() {}

  static Proxy read(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new InvalidReplicationException("is no valid URL: " + e.getReason());
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    Optional<Protocol> protocol = protocol(scheme);
    if (protocol.isEmpty() || uri.getHost() == null) {
      throw new InvalidReplicationException("must begin with http:// or socks5:// and a host");
    }
    Optional<Credentials> credentials =
        Optional.ofNullable(uri.getRawUserInfo()).map(EndpointReader::userInfo);
    if (protocol.get() == Protocol.SOCKS5 && credentials.isPresent()) {
      throw new InvalidReplicationException("cannot sign in to a SOCKS proxy: leave the name out");
    }
    int standard = protocol.get() == Protocol.HTTP ? HTTP_PORT : SOCKS_PORT;
    return new Proxy(
        protocol.get(), uri.getHost(), uri.getPort() < 0 ? standard : uri.getPort(), credentials);
  }

  private static Optional<Protocol> protocol(String scheme) {
    for (Protocol protocol : Protocol.values()) {
      if (protocol.scheme().equals(scheme)) {
        return Optional.of(protocol);
      }
    }
    return Optional.empty();
  }
}
