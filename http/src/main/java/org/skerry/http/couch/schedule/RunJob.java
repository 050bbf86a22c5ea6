package org.skerry.http.couch.schedule;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.replication.schedule.JobStatus;
import org.skerry.replication.schedule.ScheduleJson;
import org.skerry.replication.schedule.Scheduler;

/**
 * {@code POST /_scheduler/jobs/{id}/_run}: lets a job run next, whatever it waits for. CouchDB has
 * no such thing; people who stand before a node that waits half an hour need it.
 */
final class RunJob implements Endpoint {
  private final Scheduler scheduler;
  private final String node;

  RunJob(Scheduler scheduler, String node) {
    this.scheduler = scheduler;
    this.node = node;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    RequestJson.requireJson(exchange);
    JobStatus job = scheduler.run(JobIds.of(exchange)).orElseThrow(JobIds::missing);
    exchange.answer(JsonAnswer.of(202, out -> ScheduleJson.job(out, job, node)));
  }
}
