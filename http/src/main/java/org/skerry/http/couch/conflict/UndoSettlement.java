package org.skerry.http.couch.conflict;

import java.io.IOException;
import org.skerry.audit.AuditAction;
import org.skerry.conflict.Conflicts;
import org.skerry.conflict.Desk;
import org.skerry.conflict.SettleResult;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import tools.jackson.databind.JsonNode;

/** {@code POST /{db}/_settlements/{docid}/_undo}: opens a settled conflict again. */
final class UndoSettlement implements DatabaseEndpoint {
  private final Conflicts conflicts;
  private final Wishes wishes;

  UndoSettlement(Conflicts conflicts, Wishes wishes) {
    this.conflicts = conflicts;
    this.wishes = wishes;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    DocId id = DocId.of(exchange.variable("doc"));
    JsonNode json = RequestJson.object(exchange);
    Desk.Wish wish = wishes.read(exchange, database, id, json, json);
    SettleResult result =
        conflicts.desk(database).undo(wish, Wishes.rev("settlement", json.path("settlement")));
    if (result instanceof SettleResult.Done done) {
      wishes.note(exchange, database, AuditAction.SETTLEMENT_UNDONE, wish, done);
      exchange.answer(
          JsonAnswer.of(
              201,
              out -> {
                out.writeStartObject();
                out.writeBooleanProperty("ok", true);
                out.writeStringProperty("id", id.text());
                ListConflicts.texts(
                    out, "leaves", done.leaves().stream().map(Object::toString).toList());
                out.writeEndObject();
              }));
    } else if (result instanceof SettleResult.Moved moved) {
      exchange.answer(SettleConflict.moved(moved));
    } else {
      throw Wishes.problem(result);
    }
  }
}
