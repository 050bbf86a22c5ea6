package org.skerry.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that no request of a signed-in user claims: those of strangers, those whose
 * request is on its way, and those kept for a next one. Each holds a file handle, and may hold the
 * beginning of a request, for as long as it sends a byte now and then. So some are closed:
 *
 * <ul>
 *   <li>those that sent no request of a signed-in user so far, or the beginning of a next one, have
 *       a part of the heap; behind that {@link EldestByAddress} says which is closed;
 *   <li>when hardly any connection is left of all, one of these is closed if they have a quarter of
 *       all, and otherwise the one that was kept longest.
 * </ul>
 *
 * <p>Whoever means a request has sent it by then. So strangers, however many connections they open,
 * take none from those who come from somewhere else, or are signed in already.
 *
 * <p>Rejected: a time within which a request has to arrive, which is too short for somebody's line
 * or long enough to open thousands; and a fixed bound for each address, behind which there may be a
 * clinic, or a proxy with everybody.
 *
 * <p>Any thread.
 */
final class Unclaimed implements Connection.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Unclaimed.class);
  private static final Duration QUIET = Duration.ofMinutes(1);

  /** Of all connections so many are left for the next ones. */
  private static final int PART_LEFT = 16;

  private static final int PART_OF_STRANGERS = 4;

  private static final int PART_OF_HEAP = 8;

  /** What a connection is to Jetty before anything came. */
  private static final long CONNECTION_BYTES = 8 * 1024;

  /** What may hold the beginning of a request. Guarded by this. */
  private final EldestByAddress<Connection> strangers = new EldestByAddress<>();

  /** Behind a request of a signed-in user, the one that ended first in front. Guarded by this. */
  private final Set<Connection> kept = new LinkedHashSet<>();

  private final long room;
  private final int headBytes;

  /** All that are open. Guarded by this. */
  private int open;

  /** How many may be open. Guarded by this. */
  private int limit = Integer.MAX_VALUE;

  /** When it was last said that there are too many, in nanoseconds. Guarded by this. */
  private long said = System.nanoTime() - QUIET.toNanos();

  /**
   * None, so far.
   *
   * @param room in bytes, for beginnings of requests
   * @param headBytes the longest of those
   */
  Unclaimed(long room, int headBytes) {
    this.room = room;
    this.headBytes = headBytes;
  }

  /** With a part of this process's heap. */
  static Unclaimed inHeap(int headBytes) {
    return new Unclaimed(Runtime.getRuntime().maxMemory() / PART_OF_HEAP, headBytes);
  }

  /** How many connections of all kinds there may be. */
  synchronized void limit(int most) {
    limit = most;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof HttpConnection) { // TLS has one of its own around it
      opened(connection).ifPresent(Connection::close);
    }
  }

  private synchronized Optional<Connection> opened(Connection connection) {
    open++;
    addStranger(connection, CONNECTION_BYTES);
    return surplus(connection, CONNECTION_BYTES);
  }

  private void addStranger(Connection connection, long weight) {
    SocketAddress remote = connection.getEndPoint().getRemoteSocketAddress();
    InetAddress address =
        remote instanceof InetSocketAddress internet
            ? internet.getAddress()
            : InetAddress.getLoopbackAddress();
    strangers.add(connection, address, weight);
  }

  /**
   * Which one is to be closed, if any, besides the one that has just come.
   *
   * @param weight of that one
   */
  private Optional<Connection> surplus(Connection newest, long weight) {
    boolean heavy = strangers.bytes() > room;
    boolean manyOpen = open >= limit - limit / PART_LEFT;
    if (!heavy && !manyOpen) {
      return Optional.empty();
    }
    boolean strange = heavy || strangers.size() > limit / PART_OF_STRANGERS || kept.isEmpty();
    Optional<Connection> eldest = strange ? strangers.take() : takeKept();
    if (eldest.filter(newest::equals).isPresent()) {
      addStranger(newest, weight);
      return Optional.empty();
    }
    eldest.ifPresent(closed -> say());
    return eldest;
  }

  private Optional<Connection> takeKept() {
    Optional<Connection> eldest = kept.stream().findFirst();
    eldest.ifPresent(kept::remove);
    return eldest;
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    if (connection instanceof HttpConnection) {
      open--;
      claim(connection);
    }
  }

  /** A request begins on it: nobody knows whose yet. */
  void begins(Connection connection) {
    begun(connection).ifPresent(Connection::close);
  }

  private synchronized Optional<Connection> begun(Connection connection) {
    long weight = CONNECTION_BYTES + headBytes;
    if (kept.remove(connection)) {
      addStranger(connection, weight);
    } else {
      strangers.weigh(connection, weight); // the one before has gone
    }
    return surplus(connection, weight);
  }

  /** So much more came of its beginning. */
  void grows(Connection connection, long bytes) {
    grown(connection, bytes).ifPresent(Connection::close);
  }

  private synchronized Optional<Connection> grown(Connection connection, long bytes) {
    strangers.grow(connection, bytes);
    return strangers.bytes() > room
        ? surplus(connection, CONNECTION_BYTES + headBytes)
        : Optional.empty();
  }

  /**
   * A request on it is a signed-in user's.
   *
   * @return false if it is being closed
   */
  synchronized boolean claim(Connection connection) {
    return strangers.remove(connection) || kept.remove(connection);
  }

  /** That request ended, and its answer was sent, or will not be. */
  synchronized void release(Connection connection) {
    kept.add(connection);
    if (!connection.getEndPoint().isOpen()) { // it may have been closed before it was here
      kept.remove(connection);
    }
  }

  private void say() {
    long now = System.nanoTime();
    if (now - said >= QUIET.toNanos()) {
      said = now;
      LOG.warn(
          "of {} connections too many wait without a request of somebody who is signed in: those"
              + " that waited longest are closed",
          open);
    }
  }
}
