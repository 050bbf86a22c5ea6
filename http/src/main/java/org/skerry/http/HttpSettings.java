package org.skerry.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a node listens. Start from {@link #defaults} and change what differs.
 *
 * @param bindAddress a name or address of this machine; loopback unless somebody decides otherwise
 * @param port 0 takes a free one
 * @param version what {@code Server: Skerry/…} says
 * @param limits what a client may cost
 * @param corsOrigins origins ({@code https://app.example.org}) whose scripts may call this node
 *     with the user's credentials; {@code *} stands for any
 * @param tls without it the node speaks clear text
 */
public record HttpSettings(
    String bindAddress,
    int port,
    String version,
    Limits limits,
    Set<String> corsOrigins,
    Optional<Tls> tls) {

  /**
   * What a client may cost.
   *
   * @param requestBytes the longest body, unzipped, streamed or not; CouchDB's default is 4 GiB
   * @param heldBytes the longest body that an endpoint holds in memory
   * @param headerBytes request line and headers together
   * @param idle how long a connection may send nothing while something is expected of it, or take
   *     nothing of what it is sent; requests that the node itself keeps waiting do not count
   */
  public record Limits(long requestBytes, int heldBytes, int headerBytes, Duration idle) {
    public static final Limits DEFAULT =
        new Limits(4L << 30, 64 << 20, 16 << 10, Duration.ofSeconds(60));
  }

  /** Where the node's key and certificate chain are. */
  public sealed interface Tls {
    /** A PKCS#12 key store, and its password. */
    record KeyStoreFile(Path file, String password) implements Tls {
      @Override
      public String toString() {
        return file.toString(); // never the password
      }
    }

    /** The chain, the node's own certificate first, and the key, both in PEM. */
    record PemFiles(Path certificates, Path key) implements Tls {
      @Override
      public String toString() {
        return certificates + " with " + key;
      }
    }

    /** The files, to be watched. */
    default List<Path> files() {
      return switch (this) {
        case KeyStoreFile store -> List.of(store.file);
        case PemFiles pem -> List.of(pem.certificates, pem.key);
      };
    }
  }

  public HttpSettings {
    corsOrigins = Set.copyOf(corsOrigins);
  }

  /** Loopback on a free port, CouchDB's limits, no CORS, no TLS. */
  public static HttpSettings defaults() {
    return new HttpSettings("127.0.0.1", 0, "0", Limits.DEFAULT, Set.of(), Optional.empty());
  }

  /** The same on another address. */
  public HttpSettings at(String otherAddress, int otherPort) {
    return new HttpSettings(otherAddress, otherPort, version, limits, corsOrigins, tls);
  }

  /** The same announcing another version. */
  public HttpSettings withVersion(String other) {
    return new HttpSettings(bindAddress, port, other, limits, corsOrigins, tls);
  }

  /** The same with other limits. */
  public HttpSettings withLimits(Limits other) {
    return new HttpSettings(bindAddress, port, version, other, corsOrigins, tls);
  }

  /** The same for scripts of these origins. */
  public HttpSettings withCorsOrigins(Set<String> other) {
    return new HttpSettings(bindAddress, port, version, limits, other, tls);
  }

  /** The same over TLS. */
  public HttpSettings withTls(Tls other) {
    return new HttpSettings(bindAddress, port, version, limits, corsOrigins, Optional.of(other));
  }
}
