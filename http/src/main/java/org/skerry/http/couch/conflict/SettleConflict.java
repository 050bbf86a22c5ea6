package org.skerry.http.couch.conflict;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.skerry.audit.AuditAction;
import org.skerry.conflict.Conflicts;
import org.skerry.conflict.Desk;
import org.skerry.conflict.SettleResult;
import org.skerry.conflict.merge.Content;
import org.skerry.conflict.merge.Json;
import org.skerry.conflict.merge.Pointer;
import org.skerry.database.Database;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.http.Answer;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import tools.jackson.databind.JsonNode;

/** {@code POST /{db}/_conflicts/{docid}}: settles a conflict, in one of three ways. */
final class SettleConflict implements DatabaseEndpoint {
  private static final List<String> WAYS = List.of("choose", "members", "doc");

  private final Conflicts conflicts;
  private final Wishes wishes;

  SettleConflict(Conflicts conflicts, Wishes wishes) {
    this.conflicts = conflicts;
    this.wishes = wishes;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    DocId id = DocId.of(exchange.variable("doc"));
    byte[] bytes = exchange.readBody();
    JsonNode json = RequestJson.object(bytes);
    // Read a second time for what goes into the document: there digits are kept.
    Json.Members exact = (Json.Members) Json.read(bytes);
    Desk.Wish wish = wishes.read(exchange, database, id, json, json);
    if (wish.seen().isEmpty()) {
      throw Wishes.bad("`leaves` must name the live leaves that you saw");
    }
    if (WAYS.stream().filter(json::has).count() != 1) {
      throw Wishes.bad("one of `choose`, `members` and `doc` is needed");
    }
    SettleResult result = settle(conflicts.desk(database), wish, json, exact);
    if (result instanceof SettleResult.Done done) {
      wishes.note(exchange, database, AuditAction.CONFLICT_SETTLED, wish, done);
      exchange.answer(done(id, done));
    } else if (result instanceof SettleResult.Moved moved) {
      exchange.answer(moved(moved));
    } else {
      throw Wishes.problem(result);
    }
  }

  private static SettleResult settle(Desk desk, Desk.Wish wish, JsonNode json, Json.Members exact) {
    if (json.has("choose")) {
      return desk.choose(wish, Wishes.rev("choose", json.path("choose")));
    }
    return json.has("members")
        ? desk.merge(wish, choices(json.path("members"), object(exact, "members")))
        : edit(desk, wish, json.path("doc"), object(exact, "doc"));
  }

  private static Json.Members object(Json.Members parent, String name) {
    if (parent.members().get(name) instanceof Json.Members object) {
      return object;
    }
    throw Wishes.bad("`" + name + "` must be an object");
  }

  private static Map<Pointer, Desk.Choice> choices(JsonNode members, Json.Members exact) {
    Map<Pointer, Desk.Choice> choices = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      Pointer place =
          Pointer.parse(member.getKey())
              .orElseThrow(() -> Wishes.bad("no JSON pointer: " + member.getKey()));
      choices.put(place, choice(member.getKey(), member.getValue(), exact));
    }
    return choices;
  }

  private static Desk.Choice choice(String place, JsonNode choice, Json.Members exact) {
    if (choice.isString()) {
      return new Desk.Choice.From(Wishes.rev("members", choice));
    }
    if (choice.size() == 1 && choice.has("value")) {
      return new Desk.Choice.Value(
          Objects.requireNonNull(object(exact, place).members().get("value")));
    }
    if (choice.size() == 1 && choice.path("remove").asBoolean(false)) {
      return new Desk.Choice.Remove();
    }
    throw Wishes.bad(
        "`members` has for "
            + place
            + " neither a revision, nor {\"value\": …}, nor {\"remove\": true}");
  }

  private static SettleResult edit(Desk desk, Desk.Wish wish, JsonNode doc, Json.Members exact) {
    JsonNode attachments = doc.path(Content.ATTACHMENTS);
    Optional<Map<String, Optional<String>>> stubs =
        attachments.isMissingNode() ? Optional.empty() : Optional.of(stubs(attachments));
    Map<String, Json> members = new LinkedHashMap<>(exact.members());
    List.of("_id", "_rev", Content.ATTACHMENTS).forEach(members::remove);
    String text = new String(new Json.Members(members).bytes(), StandardCharsets.UTF_8);
    return desk.edit(wish, Body.parse(text), stubs);
  }

  private static Map<String, Optional<String>> stubs(JsonNode attachments) {
    if (!attachments.isObject()) {
      throw Wishes.bad("`_attachments` must be an object; without it all of them stay");
    }
    Map<String, Optional<String>> stubs = new HashMap<>();
    for (Map.Entry<String, JsonNode> stub : attachments.properties()) {
      if (!stub.getValue().path("stub").asBoolean(false)) {
        throw HttpProblem.badRequest(
            "bad_request", "`_attachments` may hold stubs only: add new attachments afterwards");
      }
      JsonNode digest = stub.getValue().path("digest");
      stubs.put(
          stub.getKey(), digest.isString() ? Optional.of(digest.stringValue()) : Optional.empty());
    }
    return stubs;
  }

  private static Answer done(DocId id, SettleResult.Done done) {
    return JsonAnswer.of(
        201,
        out -> {
          out.writeStartObject();
          out.writeBooleanProperty("ok", true);
          out.writeStringProperty("id", id.text());
          out.writeStringProperty("rev", done.into().toString());
          out.writeStringProperty("settlement", done.into().toString());
          out.writeEndObject();
        });
  }

  /** As any conflict, with the leaves that stand there now. */
  static Answer moved(SettleResult.Moved moved) {
    HttpProblem problem = Wishes.problem(moved);
    return JsonAnswer.of(
        problem.status(),
        out -> {
          out.writeStartObject();
          out.writeStringProperty("error", problem.error());
          out.writeStringProperty("reason", problem.reason());
          ListConflicts.texts(
              out, "leaves", moved.leaves().stream().map(Object::toString).toList());
          out.writeEndObject();
        });
  }
}
