package org.skerry.http.couch.schedule;

import java.io.IOException;
import org.skerry.audit.AuditAction;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.http.couch.admin.Administration;
import org.skerry.replication.schedule.Schedule;

/**
 * {@code POST /_scheduler/docs/{db}/{doc}/_run}: runs what a document asks for, now: a job that
 * waits need not wait any longer, a document that is done, has failed or was stopped begins again.
 */
final class RunDocument implements Endpoint {
  static final String RUN = "/_run";

  private final Schedule schedule;
  private final Administration administration;

  RunDocument(Schedule schedule, Administration administration) {
    this.schedule = schedule;
    this.administration = administration;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    RequestJson.requireJson(exchange);
    DocumentPlace place = DocumentPlace.before(exchange, RUN);
    if (!schedule.run(place.database(), place.documentOrMissing())) {
      throw JobIds.missing();
    }
    administration.note(exchange, AuditAction.REPLICATION_RUN, place.subject());
    exchange.answer(JsonAnswer.ok(202));
  }
}
