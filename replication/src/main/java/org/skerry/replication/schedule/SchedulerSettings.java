package org.skerry.replication.schedule;

import java.time.Duration;

/**
 * How many jobs run, and how they take turns. CouchDB's settings, and its defaults ({@code
 * [replicator]}).
 *
 * @param maxJobs how many run at a time; 0 for none
 * @param interval how often jobs that run make room for those that wait
 * @param maxChurn how many make room at a time
 * @param maxHistory how many events a job remembers
 * @param healthThreshold how long a job runs before its earlier crashes are forgotten
 */
public record SchedulerSettings(
    int maxJobs, Duration interval, int maxChurn, int maxHistory, Duration healthThreshold) {
  /** CouchDB's. */
  public static final SchedulerSettings DEFAULT =
      new SchedulerSettings(500, Duration.ofSeconds(60), 20, 20, Duration.ofMinutes(2));

  /** The same with other numbers of places and turns. */
  public SchedulerSettings with(int jobs, Duration every, int churn) {
    return new SchedulerSettings(jobs, every, churn, maxHistory, healthThreshold);
  }
}
