package org.skerry.replication.schedule;

import java.util.Locale;
import java.util.Optional;

/** How a document's replication stands, in CouchDB's words ({@code _scheduler/docs}). */
public enum JobState {
  /** It was noticed, and is no job yet. */
  INITIALIZING,
  /** It could not be made a job, which is tried again. */
  ERROR,
  RUNNING,
  /** It waits for a place. */
  PENDING,
  /** It crashed, and waits for its time. */
  CRASHING,
  /** It did all there was to do. */
  COMPLETED,
  /** Somebody has to do something about its document. */
  FAILED;

  /** As CouchDB writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that word, in any case. */
  public static Optional<JobState> of(String word) {
    for (JobState state : values()) {
      if (state.word().equals(word.toLowerCase(Locale.ROOT))) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
