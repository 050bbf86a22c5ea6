package org.skerry.http.couch.conflict;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.skerry.audit.AuditAction;
import org.skerry.conflict.Conflicts;
import org.skerry.conflict.Desk;
import org.skerry.conflict.InvalidPolicyException;
import org.skerry.conflict.SettleResult;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** {@code POST /{db}/_conflicts/_settle}: one rule for many documents, each by itself. */
final class SettleMany implements DatabaseEndpoint {
  private static final int MOST = 1_000;

  private final Conflicts conflicts;
  private final Wishes wishes;

  SettleMany(Conflicts conflicts, Wishes wishes) {
    this.conflicts = conflicts;
    this.wishes = wishes;
  }

  private record Row(DocId id, SettleResult result) {}

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    JsonNode json = RequestJson.object(exchange);
    List<Desk.Wish> wanted = read(exchange, database, json);
    Desk desk = conflicts.desk(database);
    List<Row> rows = new ArrayList<>();
    try {
      for (Desk.Wish wish : wanted) {
        SettleResult result = desk.apply(wish, json.path("rule"));
        if (result instanceof SettleResult.Done done) {
          wishes.note(exchange, database, AuditAction.CONFLICT_SETTLED, wish, done);
        }
        rows.add(new Row(wish.id(), result));
      }
    } catch (InvalidPolicyException e) {
      throw HttpProblem.badRequest("invalid_policy", String.valueOf(e.getMessage()));
    }
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeArrayPropertyStart("results");
              rows.forEach(row -> write(out, row));
              out.writeEndArray();
              out.writeEndObject();
            }));
  }

  private List<Desk.Wish> read(Exchange exchange, Database database, JsonNode json) {
    JsonNode docs = json.path("docs");
    if (!docs.isArray() || docs.size() > MOST) {
      throw Wishes.bad("`docs` must be an array of at most " + MOST + " elements");
    }
    List<Desk.Wish> wanted = new ArrayList<>();
    for (JsonNode doc : docs) {
      if (!doc.path("id").isString()) {
        throw Wishes.bad("each of `docs` needs an `id`");
      }
      wanted.add(
          wishes.read(exchange, database, DocId.of(doc.path("id").stringValue()), doc, json));
    }
    return wanted;
  }

  private static void write(JsonGenerator out, Row row) {
    out.writeStartObject();
    out.writeStringProperty("id", row.id.text());
    if (row.result instanceof SettleResult.Done done) {
      out.writeBooleanProperty("ok", true);
      out.writeStringProperty("rev", done.into().toString());
      out.writeStringProperty("settlement", done.into().toString());
    } else {
      HttpProblem problem = Wishes.problem(row.result);
      boolean open = row.result instanceof SettleResult.Open;
      out.writeStringProperty("error", open ? "open" : problem.error());
      out.writeStringProperty("reason", problem.reason());
    }
    out.writeEndObject();
  }
}
