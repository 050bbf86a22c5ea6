package org.skerry.replication.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.skerry.replication.peer.Endpoint.Credentials;

/**
 * What is said to a SOCKS 5 proxy before it passes bytes on to a peer (RFC 1928), with a name and a
 * password where it wants them (RFC 1929):
 *
 * <ol>
 *   <li>in which ways we can sign in; it chooses one
 *   <li>when it chose so, name and password; it says whether they will do
 *   <li>the peer's name or address and its port; it says whether it reached it
 * </ol>
 *
 * <p>The proxy's words are never longer than some 260 bytes.
 */
final class SocksGreeting {
  private static final int VERSION = 5;
  private static final int PASSWORD_VERSION = 1;
  private static final int NOBODY = 0;
  private static final int WITH_PASSWORD = 2;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final int LONGEST = 255;

  private final String proxy;
  private final Source in;
  private final OutputStream out;

  /** Gives so many bytes, or fewer when the proxy hung up. */
  @FunctionalInterface
  interface Source {
    byte[] read(int count) throws IOException;
  }

  /**
   * A greeting.
   *
   * @param proxy how messages call it
   */
  SocksGreeting(String proxy, Source in, OutputStream out) {
    this.proxy = proxy;
    this.in = in;
    this.out = out;
  }

  /** Returns when the proxy passes on what is written from now on. */
  void ask(String host, int port, Optional<Credentials> credentials) throws IOException {
    signIn(credentials);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.write(VERSION);
    request.write(CONNECT);
    request.write(0);
    writeHost(request, host);
    request.write(port >> 8);
    request.write(port);
    out.write(request.toByteArray());
    byte[] answer = expect(4);
    if (answer[0] != VERSION) {
      throw nonsense();
    }
    if (answer[1] != 0) {
      throw new ConnectException(proxy + " cannot reach the peer: " + meaning(answer[1]));
    }
    skipAddress(answer[3]);
  }

  private void signIn(Optional<Credentials> credentials) throws IOException {
    out.write(
        credentials.isPresent()
            ? new byte[] {VERSION, 2, NOBODY, WITH_PASSWORD}
            : new byte[] {VERSION, 1, NOBODY});
    byte[] choice = expect(2);
    if (choice[0] != VERSION) {
      throw nonsense();
    }
    if (choice[1] == NOBODY) {
      return;
    }
    if (choice[1] != WITH_PASSWORD || credentials.isEmpty()) {
      throw new ConnectException(
          proxy
              + (credentials.isEmpty()
                  ? " lets nobody in without a name and a password"
                  : " lets nobody in by name and password"));
    }
    ByteArrayOutputStream words = new ByteArrayOutputStream();
    words.write(PASSWORD_VERSION);
    writeText(words, credentials.get().user());
    writeText(words, credentials.get().password());
    out.write(words.toByteArray());
    if (expect(2)[1] != 0) {
      throw new ConnectException(proxy + " does not accept the name and the password");
    }
  }

  /** An address as its bytes; a name as it is, for the proxy to look up. */
  private static void writeHost(ByteArrayOutputStream out, String host) throws IOException {
    Optional<byte[]> address = address(host);
    if (address.isPresent()) {
      out.write(address.get().length == 4 ? IPV4 : IPV6);
      out.write(address.get());
    } else {
      out.write(NAME);
      writeText(out, host);
    }
  }

  private static Optional<byte[]> address(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    try {
      return Optional.of(InetAddress.ofLiteral(bare).getAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void writeText(ByteArrayOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST) {
      throw new ProtocolException("a SOCKS proxy takes no name of more than 255 bytes");
    }
    out.write(bytes.length);
    out.write(bytes);
  }

  /** From where the proxy reaches the peer, which is its own affair. */
  private void skipAddress(int kind) throws IOException {
    int length =
        switch (kind) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          case NAME -> Byte.toUnsignedInt(expect(1)[0]);
          default -> throw nonsense();
        };
    expect(length + 2);
  }

  private byte[] expect(int count) throws IOException {
    byte[] bytes = in.read(count);
    if (bytes.length < count) {
      throw new EOFException(proxy + " hung up before it had opened a way to the peer");
    }
    return bytes;
  }

  private ProtocolException nonsense() {
    return new ProtocolException(proxy + " does not speak SOCKS 5");
  }

  /** RFC 1928, section 6. */
  private static String meaning(byte code) {
    return switch (code) {
      case 2 -> "its rules forbid it";
      case 3 -> "the network is unreachable";
      case 4 -> "the host is unreachable";
      case 5 -> "the connection was refused";
      case 6 -> "it took too long";
      case 7, 8 -> "it knows no such command or kind of address";
      default -> "it failed (" + Byte.toUnsignedInt(code) + ")";
    };
  }
}
