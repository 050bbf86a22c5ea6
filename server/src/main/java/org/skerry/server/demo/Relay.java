package org.skerry.server.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A link that can be cut: it hands on every connection to a port of this machine. While it is cut
 * its connections are reset, old ones and new ones. Two virtual threads serve each connection.
 */
final class Relay implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;
  private static final int BACKLOG = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ServerSocket door;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** Volatile: the playing thread cuts, the relay's threads look. */
  private volatile boolean cut;

  /** Connections that found the link cut. */
  private final Semaphore refused = new Semaphore(0);

  /** Opens the link to a port. */
  Relay(int target) {
    this.target = target;
    try {
      this.door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new DemoException("the link to port " + target + " cannot be opened: " + e, e);
    }
    Thread.ofVirtual().name("relay").start(this::accept);
  }

  /** Where the near end is. */
  int port() {
    return door.getLocalPort();
  }

  /** Breaks every connection, and refuses new ones. */
  void cut() {
    cut = true;
    sockets.forEach(Relay::reset);
  }

  /**
   * Waits until the near side has tried in vain so many times since the last call.
   *
   * @throws DemoException when it does not
   */
  void awaitRefused(int attempts) {
    try {
      if (!refused.tryAcquire(attempts, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new DemoException(
            "after " + PATIENCE.toSeconds() + " s nobody tries to use the link that was cut");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted while the link was cut", e);
    }
  }

  void restore() {
    cut = false;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket near = door.accept();
        sockets.add(near);
        Thread.ofVirtual().name("relay").start(() -> connect(near));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void connect(Socket near) {
    try {
      if (cut) {
        refused.release();
        forget(near);
        return;
      }
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(far);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      if (cut) { // in between
        forget(far);
        forget(near);
      }
      Thread.ofVirtual().name("relay").start(() -> pump(far, near));
      pump(near, far);
    } catch (IOException e) {
      forget(near); // the far end is not there: the near end sees it
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      forget(from); // a broken side breaks the other, as a real link does
      forget(to);
    }
    if (from.isInputShutdown() || to.isOutputShutdown()) {
      sockets.remove(from);
    }
  }

  private void forget(Socket socket) {
    sockets.remove(socket);
    reset(socket);
  }

  /** Closes at once, without the farewell of an orderly end. */
  private static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It was closed already, which is what was wanted.
      return;
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new DemoException("the link cannot be closed: " + e, e);
    } finally {
      cut();
    }
  }
}
