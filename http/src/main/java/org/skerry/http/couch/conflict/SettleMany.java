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

/**
 * {@code POST /{db}/_conflicts/_settle}: one rule for many documents, each by itself; with {@code
 * dry_run} nothing is written, and the answer says what would be.
 */
final class SettleMany implements DatabaseEndpoint {
  private static final int MOST = 1_000;

  private final Conflicts conflicts;
  private final Wishes wishes;

  SettleMany(Conflicts conflicts, Wishes wishes) {
    this.conflicts = conflicts;
    this.wishes = wishes;
  }

  /** What is told of one document. */
  private sealed interface Row {
    record Settled(DocId id, SettleResult.Done done) implements Row {}

    record Planned(DocId id, String into, int members, List<PlannedMember> first) implements Row {}

    record Refused(DocId id, String error, String reason) implements Row {}
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    JsonNode json = RequestJson.object(exchange);
    List<Desk.Wish> wanted = read(exchange, database, json);
    boolean dry = isDry(json.path("dry_run"));
    Desk desk = conflicts.desk(database);
    List<Row> rows = new ArrayList<>();
    try {
      for (Desk.Wish wish : wanted) {
        SettleResult result =
            dry ? desk.plan(wish, json.path("rule")) : desk.apply(wish, json.path("rule"));
        if (result instanceof SettleResult.Done done) {
          wishes.note(exchange, database, AuditAction.CONFLICT_SETTLED, wish, done);
        }
        rows.add(row(wish.id(), result));
      }
    } catch (InvalidPolicyException e) {
      throw HttpProblem.badRequest("invalid_policy", String.valueOf(e.getMessage()));
    }
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              if (dry) {
                out.writeBooleanProperty("dry_run", true);
              }
              out.writeArrayPropertyStart("results");
              rows.forEach(row -> write(out, row));
              out.writeEndArray();
              out.writeEndObject();
            }));
  }

  private static boolean isDry(JsonNode flag) {
    if (!flag.isMissingNode() && !flag.isBoolean()) {
      throw Wishes.bad("`dry_run` must be true or false");
    }
    return flag.asBoolean(false);
  }

  private static Row row(DocId id, SettleResult result) {
    return switch (result) {
      case SettleResult.Done done -> new Row.Settled(id, done);
      case SettleResult.Planned plan ->
          new Row.Planned(
              id, plan.into().toString(), plan.decisions().size(), PlannedMember.of(plan));
      case SettleResult.Open open -> new Row.Refused(id, "open", open.reason());
      default -> {
        HttpProblem problem = Wishes.problem(result);
        yield new Row.Refused(id, problem.error(), problem.reason());
      }
    };
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
    switch (row) {
      case Row.Settled(DocId id, SettleResult.Done done) -> {
        out.writeStringProperty("id", id.text());
        out.writeBooleanProperty("ok", true);
        out.writeStringProperty("rev", done.into().toString());
        out.writeStringProperty("settlement", done.into().toString());
      }
      case Row.Planned plan -> {
        out.writeStringProperty("id", plan.id.text());
        out.writeBooleanProperty("ok", true);
        out.writeStringProperty("rev", plan.into);
        out.writeNumberProperty("differing", plan.members);
        out.writeArrayPropertyStart("members");
        plan.first.forEach(member -> member.write(out));
        out.writeEndArray();
      }
      case Row.Refused(DocId id, String error, String reason) -> {
        out.writeStringProperty("id", id.text());
        out.writeStringProperty("error", error);
        out.writeStringProperty("reason", reason);
      }
    }
    out.writeEndObject();
  }
}
