package org.skerry.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.exchange.Partner.Flow;
import org.skerry.exchange.Partner.Subject;

/**
 * One direction of a partner's while the node runs: whose turn it is when, and how it stands. The
 * caller's lock guards it; how it stands may be read by any thread.
 */
final class Lane {
  private final Direction direction;
  private final Flow flow;
  private final RetryRule retry;

  /** When each category runs again. */
  private final Map<Subject, Instant> due = new HashMap<>();

  /** Until when a partner that was down is left alone. */
  private Instant rests = Instant.MIN;

  /** Volatile: written by runs, read by whoever asks how it stands. */
  private volatile LaneState state = LaneState.NEW;

  Lane(Direction direction, Flow flow, RetryRule retry) {
    this.direction = direction;
    this.flow = flow;
    this.retry = retry;
    flow.subjects().forEach(subject -> due.put(subject, Instant.MIN));
  }

  Direction direction() {
    return direction;
  }

  Flow flow() {
    return flow;
  }

  LaneState state() {
    return state;
  }

  /** Has categories run as soon as they can: one, or all. Returns whether there is such a one. */
  boolean ask(Optional<String> category) {
    boolean found = false;
    for (Subject subject : flow.subjects()) {
      if (category.filter(name -> !name.equals(subject.category())).isEmpty()) {
        due.put(subject, Instant.MIN);
        found = true;
      }
    }
    if (found) {
      rests = Instant.MIN;
    }
    return found;
  }

  /** Whose turn it is. */
  List<Subject> turn(Instant now) {
    return rests.isAfter(now)
        ? List.of()
        : flow.subjects().stream().filter(subject -> !dueAt(subject).isAfter(now)).toList();
  }

  private Instant dueAt(Subject subject) {
    return due.getOrDefault(subject, Instant.MIN);
  }

  /**
   * When it has something to do.
   *
   * @param letter when the first record that was set aside is due
   */
  Instant next(Optional<Instant> letter) {
    Instant next = letter.orElse(Instant.MAX);
    for (Subject subject : flow.subjects()) {
      next = dueAt(subject).isBefore(next) ? dueAt(subject) : next;
    }
    return next.isBefore(rests) ? rests : next;
  }

  void begins() {
    state = state.begun();
  }

  /** The categories whose turn it was are done. */
  void succeeded(List<Subject> subjects, Instant now) {
    subjects.forEach(subject -> due.put(subject, now.plus(subject.every())));
    rests = Instant.MIN;
    state = state.succeeded(now);
  }

  /** The partner was down, or the node could not. */
  void failed(String problem, Instant now) {
    state = state.failed(problem);
    Duration pause = retry.pause(state.failures());
    rests = now.plus(pause);
  }
}
