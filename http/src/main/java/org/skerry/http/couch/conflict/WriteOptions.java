package org.skerry.http.couch.conflict;

import java.io.IOException;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.database.Database;
import org.skerry.database.DatabaseOptions;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.http.couch.admin.Administration;
import tools.jackson.databind.JsonNode;

/** {@code PUT /{db}/_options}. */
final class WriteOptions implements DatabaseEndpoint {
  private static final String APPEND_ONLY = "append_only";

  private final Administration administration;

  WriteOptions(Administration administration) {
    this.administration = administration;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    JsonNode json = RequestJson.object(exchange);
    for (String name : json.propertyNames()) {
      if (!name.equals(APPEND_ONLY) || !json.path(name).isBoolean()) {
        throw Wishes.bad("the only option is `append_only`, true or false");
      }
    }
    DatabaseOptions options =
        new DatabaseOptions(json.path(APPEND_ONLY).asBoolean(database.options().appendOnly()));
    database.options(options);
    administration
        .audit()
        .record(
            new AuditEvent(
                    AuditAction.DATABASE_CHANGED, Administration.actor(exchange), database.name())
                .with(APPEND_ONLY, Boolean.toString(options.appendOnly())));
    exchange.answer(JsonAnswer.ok(200));
  }
}
