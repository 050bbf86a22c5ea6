package org.skerry.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that no request of a signed-in user claims: those of strangers, those whose
 * request is on its way, and those kept for a next one. Each may hold a file handle and the
 * beginning of a request for as long as it sends a byte now and then, so there is room for some
 * only. When there are more, the one that waited longest is closed: whoever means it has sent its
 * request by then. Those that were a signed-in user's once have room of their own. So strangers,
 * however many connections they open, take none from those who may sign in, and close none that
 * these keep.
 *
 * <p>Rejected: a time within which a request has to arrive, which is too short for somebody's line
 * or long enough to open thousands; and a bound for each address, behind which there may be a
 * clinic, or a proxy with everybody.
 *
 * <p>Any thread.
 */
final class Unclaimed implements Connection.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Unclaimed.class);
  private static final Duration QUIET = Duration.ofMinutes(1);

  /** Nobody was signed in on them so far, the eldest first. Guarded by this. */
  private final Set<Connection> strangers = new LinkedHashSet<>();

  /** Somebody was, the one whose request ended first in front. Guarded by this. */
  private final Set<Connection> kept = new LinkedHashSet<>();

  private final int mostInHeap;

  /** Of each kind. Guarded by this. */
  private int most;

  /** When it was last said that there are too many, in nanoseconds. Guarded by this. */
  private long said = System.nanoTime() - QUIET.toNanos();

  /**
   * None, so far.
   *
   * @param most how many there may be of each kind
   */
  Unclaimed(int most) {
    this.mostInHeap = most;
    this.most = most;
  }

  /**
   * Leaves those who are signed in what is left of all connections.
   *
   * @param others how many there may be of each kind
   */
  synchronized void leave(int others) {
    most = Math.clamp(others, 1, mostInHeap);
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof HttpConnection) { // TLS has one of its own around it
      add(connection, strangers);
    }
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    claim(connection);
  }

  /**
   * A request on it is a signed-in user's.
   *
   * @return false if it is being closed
   */
  synchronized boolean claim(Connection connection) {
    return kept.remove(connection) || strangers.remove(connection);
  }

  /** That request ended, and its answer was sent, or will not be. */
  void release(Connection connection) {
    add(connection, kept);
    if (!connection.getEndPoint().isOpen()) { // it was closed before it was here to be removed
      onClosed(connection);
    }
  }

  private void add(Connection connection, Set<Connection> kind) {
    addAndTakeEldest(connection, kind).ifPresent(Connection::close);
  }

  private synchronized Optional<Connection> addAndTakeEldest(
      Connection connection, Set<Connection> kind) {
    kind.add(connection);
    if (kind.size() <= most) {
      return Optional.empty();
    }
    say();
    Iterator<Connection> all = kind.iterator();
    Connection eldest = all.next();
    all.remove();
    return Optional.of(eldest);
  }

  private void say() {
    long now = System.nanoTime();
    if (now - said >= QUIET.toNanos()) {
      said = now;
      LOG.warn(
          "more than {} connections wait without a request of somebody who is signed in: those that"
              + " waited longest are closed",
          most);
    }
  }
}
