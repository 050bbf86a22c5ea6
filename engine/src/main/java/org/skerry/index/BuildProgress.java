package org.skerry.index;

import java.time.Instant;

/** How far a build has come. Any thread. */
public final class BuildProgress {
  private final long number;
  private final String database;
  private final String index;
  private final long total;
  private final Instant started = Instant.now();

  /** Volatile: written by the build, read by whoever asks. */
  private volatile long done;

  /** Volatile: written by whoever cancels, read by the build. */
  private volatile boolean cancelled;

  BuildProgress(long number, String database, String index, long total) {
    this.number = number;
    this.database = database;
    this.index = index;
    this.total = total;
  }

  /** No other build of this node's has it, until the node is started again. */
  public long number() {
    return number;
  }

  public String database() {
    return database;
  }

  /** The design document's id. */
  public String index() {
    return index;
  }

  /** How many changes are read so far. */
  public long done() {
    return done;
  }

  /** How many changes there were when the build began; sometimes by estimate. */
  public long total() {
    return total;
  }

  public Instant started() {
    return started;
  }

  /**
   * Has the build stop soon, at a point from which the next one goes on. Whoever waits for it meets
   * an {@link IndexBuildCancelledException}.
   */
  public void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  void done(long changes) {
    done = changes;
  }
}
