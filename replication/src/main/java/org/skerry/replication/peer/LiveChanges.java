package org.skerry.replication.peer;

import java.time.Duration;
import java.util.Optional;

/**
 * A feed that goes on. One thread at a time reads; any thread may close, which ends the reading.
 */
public interface LiveChanges extends AutoCloseable {
  /**
   * Waits for changes, and returns those that are there as soon as there is one.
   *
   * @param limit at most so many rows
   * @param wait how long at most
   * @return nothing when nothing changed
   * @throws PeerException when the connection broke, or this was closed
   * @throws InterruptedException when the thread was interrupted
   */
  Optional<ChangesPage> next(int limit, Duration wait) throws InterruptedException;

  @Override
  void close();
}
