package org.skerry.http.couch.schedule;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.replication.schedule.JobStatus;
import org.skerry.replication.schedule.ScheduleJson;
import org.skerry.replication.schedule.Scheduler;

/** {@code GET /_scheduler/jobs/{id}}: one job. */
final class ReadJob implements Endpoint {
  private final Scheduler scheduler;
  private final String node;

  ReadJob(Scheduler scheduler, String node) {
    this.scheduler = scheduler;
    this.node = node;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    JobStatus job = scheduler.find(JobIds.of(exchange)).orElseThrow(JobIds::missing);
    exchange.answer(JsonAnswer.of(200, out -> ScheduleJson.job(out, job, node)));
  }
}
