package org.skerry.http.couch.schedule;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.replication.schedule.Schedule;

/**
 * {@code POST /_scheduler/docs/{db}/{doc}/_run}: runs what a document asks for, now: a job that
 * waits need not wait any longer, a document that is done or has failed begins again.
 */
final class RunDocument implements Endpoint {
  private static final String RUN = "/_run";

  private final Schedule schedule;

  RunDocument(Schedule schedule) {
    this.schedule = schedule;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    RequestJson.requireJson(exchange);
    String path = exchange.variable("path");
    if (!path.endsWith(RUN)) {
      throw HttpProblem.notFound("missing");
    }
    DocumentPlace place = DocumentPlace.of(path.substring(0, path.length() - RUN.length()));
    String document = place.document().orElseThrow(JobIds::missing);
    if (!schedule.run(place.database(), document)) {
      throw JobIds.missing();
    }
    exchange.answer(JsonAnswer.ok(202));
  }
}
