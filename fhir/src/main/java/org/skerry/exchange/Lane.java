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
  /** Stands for the time of those that run now. */
  private static final Instant RUNNING = Instant.MAX;

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

  /** Whether it exchanges that category. */
  boolean has(String category) {
    return flow.subjects().stream().anyMatch(subject -> subject.category().equals(category));
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

  /** Has all categories run, but no sooner than a partner that is down is asked again. */
  void hasten() {
    flow.subjects().forEach(subject -> due.put(subject, Instant.MIN));
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

  /** The categories whose turn it is run now: whoever asks meanwhile has them run once more. */
  void begins(List<Subject> subjects) {
    subjects.forEach(subject -> due.put(subject, RUNNING));
    state = state.begun();
  }

  /** The categories that ran are done. */
  void succeeded(Instant now) {
    due.replaceAll((subject, time) -> time.equals(RUNNING) ? now.plus(subject.every()) : time);
    rests = Instant.MIN;
    state = state.succeeded(now);
  }

  /** The partner was down, or the node could not. */
  void failed(String problem, Instant now) {
    due.replaceAll((subject, time) -> time.equals(RUNNING) ? Instant.MIN : time);
    state = state.failed(problem);
    Duration pause = retry.pause(state.failures());
    rests = now.plus(pause);
  }
}
