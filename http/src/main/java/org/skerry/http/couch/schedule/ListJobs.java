package org.skerry.http.couch.schedule;

import java.io.IOException;
import java.util.List;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.replication.schedule.JobStatus;
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
    List<JobStatus> all = scheduler.jobs();
    long offset = Math.min(paging.skip(), all.size());
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeNumberProperty("total_rows", all.size());
              out.writeNumberProperty("offset", offset);
              out.writeArrayPropertyStart("jobs");
              all.stream()
                  .skip(offset)
                  .limit(paging.limit())
                  .forEach(job -> ScheduleJson.job(out, job, node));
              out.writeEndArray();
              out.writeEndObject();
            }));
  }
}
