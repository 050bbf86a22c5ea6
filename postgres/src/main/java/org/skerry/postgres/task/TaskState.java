package org.skerry.postgres.task;

import java.time.Instant;
import java.util.Optional;

/**
 * How a task fares.
 *
 * @param running whether it is at work
 * @param runs how often it came to an end
 * @param lastSuccess when everything was last taken care of
 * @param error what the last run ended with, for people; nothing when all was well
 * @param failures how many runs have failed in a row
 * @param next when it runs again, if a time is known
 */
public record TaskState(
    boolean running,
    long runs,
    Optional<Instant> lastSuccess,
    Optional<String> error,
    int failures,
    Optional<Instant> next) {
  static final TaskState NEW =
      new TaskState(false, 0, Optional.empty(), Optional.empty(), 0, Optional.empty());

  TaskState begun() {
    return new TaskState(true, runs, lastSuccess, error, failures, Optional.empty());
  }

  TaskState succeeded(Instant now) {
    return new TaskState(false, runs + 1, Optional.of(now), Optional.empty(), 0, Optional.empty());
  }

  TaskState failed(String problem) {
    return new TaskState(
        false, runs + 1, lastSuccess, Optional.of(problem), failures + 1, Optional.empty());
  }

  TaskState due(Optional<Instant> time) {
    return new TaskState(running, runs, lastSuccess, error, failures, time);
  }
}
