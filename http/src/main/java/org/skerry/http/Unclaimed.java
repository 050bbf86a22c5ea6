package org.skerry.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
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
 *   <li>those that sent no request of a signed-in user so far have a part of the heap; behind that
 *       {@link EldestByAddress} says which is closed;
 *   <li>those that did, and begin another one, have as much for themselves;
 *   <li>when hardly any connection is left of all, one of the first is closed if they have a
 *       quarter of all, and otherwise the one that was kept longest.
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

  /** Those of nobody who was signed in so far. Guarded by this. */
  private final EldestByAddress<Connection> strangers = new EldestByAddress<>();

  /** Those on which somebody was, and the next request has begun. Guarded by this. */
  private final EldestByAddress<Connection> returning = new EldestByAddress<>();

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
    strangers.add(connection, address(connection), CONNECTION_BYTES);
    boolean manyOpen = open >= limit - limit / PART_LEFT;
    boolean strange = strangers.size() > limit / PART_OF_STRANGERS || kept.isEmpty();
    return manyOpen && !strange ? takeKept() : surplus(strangers, connection, manyOpen);
  }

  private static InetAddress address(Connection connection) {
    return connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress internet
        ? internet.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  /**
   * Which one is to be closed, if any, besides the one that has just come, or grown.
   *
   * @param always whether one is to be, also where there is room in the heap
   */
  private Optional<Connection> surplus(
      EldestByAddress<Connection> those, Connection newest, boolean always) {
    if (those.bytes() <= room && !always) {
      return Optional.empty();
    }
    Optional<Connection> eldest = those.take(newest);
    eldest.ifPresent(closed -> say());
    return eldest;
  }

  private Optional<Connection> takeKept() {
    Optional<Connection> eldest = kept.stream().findFirst();
    eldest.ifPresent(
        closed -> {
          kept.remove(closed);
          say();
        });
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
    long weight = CONNECTION_BYTES + headBytes; // also where there was one before, which has gone
    if (kept.remove(connection)) {
      returning.add(connection, address(connection), weight);
    }
    strangers.weigh(connection, weight);
    returning.weigh(connection, weight);
    return heavy(connection);
  }

  /** At most one kind has become heavier. */
  private Optional<Connection> heavy(Connection connection) {
    return surplus(strangers, connection, false).or(() -> surplus(returning, connection, false));
  }

  /** So much more came of its beginning. */
  void grows(Connection connection, long bytes) {
    grown(connection, bytes).ifPresent(Connection::close);
  }

  private synchronized Optional<Connection> grown(Connection connection, long bytes) {
    strangers.grow(connection, bytes);
    returning.grow(connection, bytes);
    return heavy(connection);
  }

  /**
   * A request on it is a signed-in user's.
   *
   * @return false if it is being closed
   */
  synchronized boolean claim(Connection connection) {
    return strangers.remove(connection) || returning.remove(connection) || kept.remove(connection);
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
