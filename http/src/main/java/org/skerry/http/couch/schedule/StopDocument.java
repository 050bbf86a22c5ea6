package org.skerry.http.couch.schedule;

import java.io.IOException;
import org.skerry.audit.AuditAction;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.http.couch.admin.Administration;
import org.skerry.replication.schedule.Schedule;

/**
 * {@code POST /_scheduler/docs/{db}/{doc}/_stop}: lets what a document asks for rest until {@code
 * _run} or a change of the document. What rests already stays so.
 */
final class StopDocument implements Endpoint {
  static final String STOP = "/_stop";

  private final Databases databases;
  private final Schedule schedule;
  private final Administration administration;

  StopDocument(Databases databases, Schedule schedule, Administration administration) {
    this.databases = databases;
    this.schedule = schedule;
    this.administration = administration;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    RequestJson.requireJson(exchange);
    DocumentPlace place = DocumentPlace.before(exchange, STOP);
    String document = place.documentOrMissing();
    Database database = databases.find(place.database()).orElseThrow(JobIds::missing);
    String reason = "Stopped by " + exchange.user().name().orElse("an administrator");
    if (schedule.stop(place.database(), document, reason)) {
      administration.note(exchange, AuditAction.REPLICATION_STOPPED, place.subject());
    } else if (schedule.document(database, document).isEmpty()) {
      throw JobIds.missing();
    }
    exchange.answer(JsonAnswer.ok(202));
  }
}
