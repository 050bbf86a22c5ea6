package org.skerry.replication.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.replication.schedule.JobEvent.Type;

/**
 * What happened to a job, newest first. Only the newest events are kept.
 *
 * @param events never empty
 */
record JobHistory(List<JobEvent> events) {
  JobHistory {
    events = List.copyOf(events);
  }

  static JobHistory added(Instant at) {
    return new JobHistory(List.of(JobEvent.of(Type.ADDED, at)));
  }

  /** The same with one event more, and at most so many. */
  JobHistory with(JobEvent event, int most) {
    List<JobEvent> more = new ArrayList<>(Math.min(most, events.size() + 1));
    more.add(event);
    more.addAll(events.subList(0, Math.min(events.size(), most - 1)));
    return new JobHistory(more);
  }

  JobEvent newest() {
    return events.getFirst();
  }

  /** When it last began to run. */
  Optional<Instant> lastStarted() {
    return events.stream()
        .filter(event -> event.type() == Type.STARTED)
        .map(JobEvent::at)
        .findFirst();
  }

  /**
   * Crashes in a row, whatever the events' times say: the clock may have been set between. A job
   * that ran for longer than the threshold before it crashed was healthy, and so was one that was
   * stopped while it ran ({@code couch_replicator_scheduler:consecutive_crashes}).
   */
  int crashes(Duration threshold) {
    int count = 0;
    for (int i = 0; i + 1 < events.size(); i++) {
      JobEvent event = events.get(i);
      JobEvent before = events.get(i + 1);
      if (event.type() == Type.CRASHED) {
        if (event.ran().compareTo(threshold) > 0) {
          return count;
        }
        count++;
      } else if (event.type() == Type.STOPPED && before.type() == Type.STARTED) {
        return count;
      }
    }
    return count;
  }
}
