package org.skerry.index;

import java.time.Instant;

/** How far a build has come. Any thread. */
public final class BuildProgress {
  private final String database;
  private final String index;
  private final long total;
  private final Instant started = Instant.now();

  /** Volatile: written by the build, read by whoever asks. */
  private volatile long done;

  BuildProgress(String database, String index, long total) {
    this.database = database;
    this.index = index;
    this.total = total;
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

  void done(long changes) {
    done = changes;
  }
}
