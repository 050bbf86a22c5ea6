package org.skerry.postgres.old;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.Drafts;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.json.JsonIn;
import org.skerry.revision.RevId;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of one old satellite, as documents of {@code _postgres_old}, which only the node
 * writes: {@code row/DATABASE/NUMBER/DOCUMENT}, {@code new/…} for rows that were sent without being
 * asked for and have not been shown since, {@code since/…} for how far its reader of new rows came.
 * What belongs to another life of the database does not count. For one thread.
 */
final class Ledger {
  static final String DATABASE = "_postgres_old";

  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final String LIFE = "life";

  private final Database state;
  private final String place;
  private final String life;

  /** What is written with the next {@link #commit}. */
  private final Drafts draft;

  private Ledger(Database state, String place, String life) {
    this.state = state;
    this.place = place;
    this.life = life;
    this.draft = new Drafts(state, "what is known of old satellites");
  }

  /** What is known of a satellite of a database. */
  static Ledger of(Databases databases, Database database, long satellite) {
    Database state = databases.findOrCreate(DATABASE);
    if (state.store().revsLimit() > 1) {
      // Nobody asks what was known before.
      state.store().revsLimit(1);
    }
    return new Ledger(
        state, "/" + database.name() + "/" + satellite + "/", database.store().incarnation());
  }

  private DocId id(String kind, String rest) {
    return DocId.of(kind + place + rest);
  }

  /** What it has of documents; nothing of those that are left out. */
  Map<String, Known> known(Collection<String> documents) {
    Map<String, Known> found = new HashMap<>();
    int prefix = id("row", "").text().length();
    state
        .store()
        .load(
            documents.stream().map(name -> id("row", name)).toList(),
            Fields.WINNER,
            document -> {
              if (!document.deleted()) {
                live(document.revisions().getFirst().body())
                    .ifPresent(
                        json -> found.put(document.id().text().substring(prefix), known(json)));
              }
              return true;
            });
    return found;
  }

  private Optional<JsonNode> live(Body body) {
    return Optional.of(MAPPER.readTree(body.json()))
        .filter(json -> json.path(LIFE).asString("").equals(life));
  }

  private static Known known(JsonNode json) {
    return new Known(
        at(json, "seen"),
        at(json, "sent"),
        Optional.ofNullable(json.get("odd")).map(time -> LocalDateTime.parse(time.asString())));
  }

  private static Optional<Known.At> at(JsonNode json, String name) {
    JsonNode at = json.path(name);
    return at.has("rev")
        ? Optional.of(
            new Known.At(
                RevId.parse(at.path("rev").asString()),
                LocalDateTime.parse(at.path("time").asString())))
        : Optional.empty();
  }

  /** Notes what it has of a document. */
  void put(String document, Known known) {
    ObjectNode json = fresh();
    known.seen().ifPresent(at -> json.set("seen", json(at)));
    known.sent().ifPresent(at -> json.set("sent", json(at)));
    known.odd().ifPresent(time -> json.put("odd", time.toString()));
    draft.put(id("row", document), json);
  }

  private ObjectNode fresh() {
    return JsonNodeFactory.instance.objectNode().put(LIFE, life);
  }

  private static ObjectNode json(Known.At at) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("rev", at.rev().toString())
        .put("time", at.time().toString());
  }

  /** Notes that a new row was sent, and when. */
  void unconfirmed(String document, LocalDateTime time) {
    draft.put(id("new", document), fresh().put("at", time.toString()));
  }

  /** Notes that a row that was new has been shown. */
  void confirmed(String document) {
    draft.remove(id("new", document));
  }

  /** New rows of a type that were sent, and when; none that has been shown since. */
  Map<String, LocalDateTime> unconfirmed(String type) {
    String from = id("new", type + "/").text();
    String to = id("new", type + "0").text();
    int prefix = id("new", "").text().length();
    Map<String, LocalDateTime> found = new LinkedHashMap<>();
    state
        .store()
        .scan(
            new DocRange(Optional.of(from), Optional.of(to), false, false),
            Fields.WINNER,
            document -> {
              if (!document.deleted()) {
                live(document.revisions().getFirst().body())
                    .ifPresent(
                        json ->
                            found.put(
                                document.id().text().substring(prefix),
                                LocalDateTime.parse(json.path("at").asString())));
              }
              return true;
            });
    return found;
  }

  /** How far new rows of a type were read. */
  Optional<String> since(String type) {
    List<String> found = new ArrayList<>(1);
    state
        .store()
        .load(
            List.of(id("since", type)),
            Fields.WINNER,
            document -> {
              if (!document.deleted()) {
                live(document.revisions().getFirst().body())
                    .ifPresent(json -> found.add(json.path("since").asString("")));
              }
              return true;
            });
    return found.stream().findFirst();
  }

  /** Notes how far new rows of a type were read. */
  void since(String type, String token) {
    draft.put(id("since", type), fresh().put("since", token));
  }

  /** Writes all that was noted, at once; durable on return. */
  void commit() {
    draft.commit();
  }
}
