package org.skerry.http.couch.schedule;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.replication.schedule.ScheduleJson;
import org.skerry.replication.schedule.Scheduler;

/** {@code GET /_scheduler/jobs}: what runs, and what waits to run. */
final class ListJobs implements Endpoint {
  private final Scheduler scheduler;
  private final String node;

  ListJobs(Scheduler scheduler, String node) {
    this.scheduler = scheduler;
    this.node = node;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Paging paging = Paging.of(exchange.query(), Paging.JOBS);
    exchange.answer(
        paging.of("jobs", scheduler.jobs(), (out, job) -> ScheduleJson.job(out, job, node)));
  }
}
