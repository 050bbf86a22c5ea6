package org.skerry.replication;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.skerry.replication.peer.Endpoint.Credentials;
import org.skerry.replication.peer.Proxy;
import org.skerry.replication.peer.Proxy.Protocol;

/** Reads a proxy's URL. No message repeats it, because it may have a password in it. */
final class ProxyReader {
  /** SOCKS says how long a name or a password is in one byte (RFC 1929). */
  private static final int LONGEST_FOR_SOCKS = 255;

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
      throw new InvalidReplicationException(
          "must begin with http://, https:// or socks5:// and a host");
    }
    Optional<Credentials> credentials =
        Optional.ofNullable(uri.getRawUserInfo()).map(EndpointReader::userInfo);
    if (protocol.get() == Protocol.SOCKS5) {
      credentials.ifPresent(ProxyReader::checkForSocks);
    }
    int port = uri.getPort() < 0 ? protocol.get().port() : uri.getPort();
    return new Proxy(protocol.get(), uri.getHost(), port, credentials);
  }

  private static void checkForSocks(Credentials credentials) {
    if (bytes(credentials.user()) > LONGEST_FOR_SOCKS
        || bytes(credentials.password()) > LONGEST_FOR_SOCKS) {
      throw new InvalidReplicationException(
          "cannot tell a SOCKS proxy a name or a password of more than 255 bytes");
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
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
