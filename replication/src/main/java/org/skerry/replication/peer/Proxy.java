package org.skerry.replication.peer;

import java.util.Optional;

/** A server through which requests to a peer go. */
public record Proxy(
    Protocol protocol, String host, int port, Optional<Endpoint.Credentials> credentials) {

  /** What it speaks. */
  public enum Protocol {
    HTTP("http"),
    SOCKS5("socks5");

    private final String scheme;

    Protocol(String scheme) {
      this.scheme = scheme;
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
