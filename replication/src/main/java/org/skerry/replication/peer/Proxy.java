package org.skerry.replication.peer;

import java.util.Optional;

/** A server through which requests to a peer go. */
public record Proxy(
    Protocol protocol, String host, int port, Optional<Endpoint.Credentials> credentials) {

  /** What it speaks. */
  public enum Protocol {
    HTTP("http", 80),
    /** HTTP, and the way to the proxy itself is encrypted. */
    HTTPS("https", 443),
    SOCKS5("socks5", 1080);

    private final String scheme;
    private final int port;

    Protocol(String scheme, int port) {
      this.scheme = scheme;
      this.port = port;
    }

    /** Where it is spoken when nobody says otherwise. */
    public int port() {
      return port;
    }

    /** In a URL. */
    public String scheme() {
      return scheme;
    }
  }

  /** How people and logs call it: a name, but never a password. */
  public String name() {
    String user = credentials.map(known -> known + "@").orElse("");
    return protocol.scheme() + "://" + user + host + ":" + port;
  }

  @Override
  public String toString() {
    return name();
  }
}
