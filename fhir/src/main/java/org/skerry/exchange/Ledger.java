package org.skerry.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.database.Drafts;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.exchange.client.Notice;
import org.skerry.exchange.client.RecordId;
import org.skerry.json.JsonIn;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a node knows of one partner: links, letters, marks, as documents of {@code _exchange_state},
 * which only the node writes. Those of another life of the exchanged database do not count. One
 * thread, that of the partner's runs; letters and marks may be read by any.
 */
final class Ledger {
  static final String DATABASE = "_exchange_state";

  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final String LIFE = "life";

  private final Database state;
  private final String partner;
  private final String life;

  /** What is written with the next {@link #commit}. */
  private final Drafts draft;

  Ledger(Database state, String partner, String life) {
    this.state = state;
    this.partner = partner;
    this.life = life;
    this.draft = new Drafts(state, "what is known of partner " + partner);
  }

  private DocId id(String kind, String rest) {
    return DocId.of(kind + "/" + partner + "/" + rest);
  }

  private static String key(Direction direction, RecordId id) {
    return direction + "/" + id;
  }

  private Optional<JsonNode> read(DocId id) {
    if (draft.has(id)) {
      return draft.find(id).map(JsonNode.class::cast);
    }
    List<JsonNode> found = new ArrayList<>(1);
    state
        .store()
        .load(
            List.of(id),
            Fields.WINNER,
            document -> {
              if (!document.deleted()) {
                found.add(json(document.revisions().getFirst().body()));
              }
              return true;
            });
    return found.stream().findFirst().filter(this::isOfThisLife);
  }

  private boolean isOfThisLife(JsonNode json) {
    return json.path(LIFE).asString("").equals(life);
  }

  private static JsonNode json(Body body) {
    return MAPPER.readTree(body.json());
  }

  private ObjectNode fresh() {
    return JsonNodeFactory.instance.objectNode().put(LIFE, life);
  }

  Optional<Link> link(RecordId id) {
    return read(id("link", id.toString()))
        .map(
            json ->
                new Link(
                    json.path("version").asString(""),
                    json.path("rev").asString(""),
                    json.path("deleted").asBoolean(false)));
  }

  void put(RecordId id, Link link) {
    ObjectNode json =
        fresh()
            .put("version", link.version())
            .put("rev", link.rev())
            .put("deleted", link.deleted());
    draft.put(id("link", id.toString()), json);
  }

  /** Notes which message speaks of the same record after that one. */
  void follow(String message, String next) {
    draft.put(Chain.id(message), fresh().put(Chain.NEXT, next));
  }

  /** How far a feed is read. */
  Optional<JsonNode> mark(Direction direction, String category) {
    return read(id("mark", direction + "/" + category));
  }

  /** Notes how far a feed is read; its members are its reader's. */
  void mark(Direction direction, String category, ObjectNode mark) {
    draft.put(id("mark", direction + "/" + category), mark.put(LIFE, life));
  }

  Optional<Letter> letter(Direction direction, RecordId id) {
    return read(id("letter", key(direction, id))).flatMap(Ledger::letter);
  }

  void put(Letter letter) {
    ObjectNode json =
        fresh()
            .put("direction", letter.direction().name())
            .put("category", letter.category())
            .put("id", letter.id().toString())
            .put("action", letter.action())
            .put("problem", letter.problem())
            .put("attempts", letter.attempts())
            .put("message", letter.message());
    letter.next().ifPresent(time -> json.put("next", time.toString()));
    letter.waitsFor().ifPresent(target -> json.put("waits_for", target.toString()));
    draft.put(id("letter", key(letter.direction(), letter.id())), json);
  }

  /** Takes a record off the list of those set aside, if it is there. */
  void remove(Direction direction, RecordId id) {
    DocId letter = id("letter", key(direction, id));
    if (read(letter).isPresent()) {
      draft.remove(letter);
    }
  }

  /** Records that were set aside, in the order of their ids. */
  List<Letter> letters() {
    String prefix = "letter/" + partner + "/";
    List<Letter> found = new ArrayList<>();
    state
        .store()
        .scan(
            new DocRange(Optional.of(prefix), Optional.of("letter/" + partner + "0"), false, false),
            Fields.WINNER,
            document -> {
              if (!document.deleted()) {
                Optional.of(json(document.revisions().getFirst().body()))
                    .filter(this::isOfThisLife)
                    .flatMap(Ledger::letter)
                    .ifPresent(found::add);
              }
              return true;
            });
    return found;
  }

  private static Optional<Letter> letter(JsonNode json) {
    return RecordId.parse(json.path("id").asString(""))
        .map(
            id ->
                new Letter(
                    Direction.valueOf(json.path("direction").asString()),
                    json.path("category").asString(""),
                    id,
                    json.path("action").asString(Notice.UPDATED),
                    json.path("problem").asString(""),
                    json.path("attempts").asInt(0),
                    Optional.ofNullable(json.get("next"))
                        .map(node -> Instant.parse(node.asString())),
                    Optional.ofNullable(json.get("waits_for"))
                        .flatMap(node -> RecordId.parse(node.asString())),
                    json.path("message").asString("")));
  }

  /** Forgets what was drafted: the step failed. */
  void abandon() {
    draft.clear();
  }

  /** Writes everything that was drafted, all at once; durable on return. */
  void commit() {
    draft.commit();
  }
}
