package org.skerry.replication.schedule;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.skerry.replication.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when a host that was lost can be reached again, long before the jobs that lost it would
 * try: it opens a connection to it now and then, and closes it again. One thread and one connection
 * a host, however many jobs wait for it; none while all is well. Any thread may call.
 */
final class Lines implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lines.class);

  /**
   * Half a second after it was lost, then less often. Four seconds are what somebody who plugs the
   * cable in again does not notice; a connection that fails costs a packet.
   */
  private static final Backoff PACE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(4));

  private static final int CONNECT_MILLIS = 5_000;

  /** Whom the lines matter to. */
  interface Listener {
    /** Whether somebody still waits for that host. */
    boolean wants(Line line);

    /** It can be reached again. */
    void back(Line line);
  }

  private final Predicate<Line> probe;
  private final Backoff pace;
  private final RandomGenerator random;

  /** Guarded by this. */
  private final Map<Line, Thread> watched = new HashMap<>();

  /** Guarded by this. */
  private boolean closed;

  /** Volatile: set before the first line is watched, by another thread. */
  private volatile Optional<Listener> listener = Optional.empty();

  Lines(RandomGenerator random) {
    this(Lines::connects, PACE, random);
  }

  /**
   * Lines.
   *
   * @param probe whether a host can be reached; blocking
   */
  Lines(Predicate<Line> probe, Backoff pace, RandomGenerator random) {
    this.probe = probe;
    this.pace = pace;
    this.random = random;
  }

  private static boolean connects(Line line) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(line.host(), line.port()), CONNECT_MILLIS);
      return true;
    } catch (IOException | RuntimeException e) {
      // A name that cannot be resolved, a network that is not there: all of it may pass.
      LOG.trace("{} cannot be reached: {}", line, e.getMessage());
      return false;
    }
  }

  /** Tells somebody of every line that is back. */
  void listen(Listener ears) {
    listener = Optional.of(ears);
  }

  /** Begins to look for a host. */
  synchronized void watch(Line line) {
    if (!closed && !watched.containsKey(line)) {
      watched.put(line, Thread.ofVirtual().name("line " + line).start(() -> look(line)));
    }
  }

  /** Whether that host is looked for. */
  synchronized boolean isWatched(Line line) {
    return watched.containsKey(line);
  }

  private void look(Line line) {
    boolean back = false;
    try {
      back = waitFor(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        watched.remove(line);
      }
    }
    if (back) {
      LOG.info("{} can be reached again", line);
      listener.ifPresent(ears -> ears.back(line));
    }
  }

  /** Returns whether it is back; false when nobody waits for it any more. */
  private boolean waitFor(Line line) throws InterruptedException {
    for (int failures = 1; ; failures++) {
      Thread.sleep(pace.delay(failures, random));
      if (listener.map(ears -> !ears.wants(line)).orElse(true)) {
        return false;
      }
      if (probe.test(line)) {
        return true;
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    watched.values().forEach(Thread::interrupt);
  }
}
