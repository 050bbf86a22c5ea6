package org.skerry.replication.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import org.skerry.replication.peer.Proxy;

/**
 * A socket that is connected to a peer by a SOCKS proxy. The JDK's own would ask one authenticator
 * for the whole process which name and password to use.
 */
final class SocksSocket extends Socket {
  private final Proxy proxy;

  SocksSocket(Proxy proxy) {
    // A proxy that the Java machine was told of is not asked for the way to this one.
    super(java.net.Proxy.NO_PROXY);
    this.proxy = proxy;
  }

  /**
   * Connects within that time, the proxy's answers included.
   *
   * @param peer as it was named, not looked up
   * @param timeout in milliseconds; 0: for ever
   */
  @Override
  public void connect(SocketAddress peer, int timeout) throws IOException {
    if (!(peer instanceof InetSocketAddress named)) {
      throw new IllegalArgumentException("a SOCKS proxy does not know the way to " + peer);
    }
    long end = System.nanoTime() + Duration.ofMillis(timeout).toNanos();
    super.connect(new InetSocketAddress(proxy.host(), proxy.port()), timeout);
    int silence = getSoTimeout();
    SocksGreeting greeting =
        new SocksGreeting(
            proxy.name(),
            count -> read(count, timeout > 0 ? OptionalLong.of(end) : OptionalLong.empty()),
            getOutputStream());
    greeting.ask(named.getHostString(), named.getPort(), proxy.credentials());
    setSoTimeout(silence);
  }

  /** Reads so many bytes, or fewer when the proxy hung up; however slowly they come, until then. */
  private byte[] read(int count, OptionalLong end) throws IOException {
    byte[] bytes = new byte[count];
    int read = 0;
    while (read < count) {
      if (end.isPresent()) {
        setSoTimeout(left(end.getAsLong()));
      }
      int more = getInputStream().read(bytes, read, count - read);
      if (more < 0) {
        return Arrays.copyOf(bytes, read);
      }
      read += more;
    }
    return bytes;
  }

  /** Milliseconds until then. */
  private int left(long end) throws SocketTimeoutException {
    long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    if (left <= 0) {
      throw new SocketTimeoutException(proxy.name() + " takes too long to open a way to the peer");
    }
    return (int) left;
  }
}
