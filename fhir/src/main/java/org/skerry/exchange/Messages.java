package org.skerry.exchange;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.json.JsonIn;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.StoreException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The audit of all exchanges of a node: an append-only database. Any thread. */
final class Messages {
  static final String DATABASE = "_exchange_messages";

  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final int RANDOM_BYTES = 10;

  /** Sorts behind all UUIDs. */
  private static final String BEHIND = "g";

  /** How many one page may cost, however few of them are wanted. */
  private static final int MOST_SEEN = 20_000;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final InstantSource clock;

  Messages(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /** A new name: a UUID of version 7 (RFC 9562), so that names sort by time. */
  String name() {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    random[0] = (byte) (0x70 | random[0] & 0x0F);
    random[2] = (byte) (0x80 | random[2] & 0x3F);
    String hex = HexFormat.of().toHexDigits(clock.millis(), 12) + HexFormat.of().formatHex(random);
    return hex.substring(0, 8)
        + '-'
        + hex.substring(8, 12)
        + '-'
        + hex.substring(12, 16)
        + '-'
        + hex.substring(16, 20)
        + '-'
        + hex.substring(20);
  }

  /** Keeps messages; durable on return. */
  void write(List<Message> messages) {
    List<NewRevision> documents = new ArrayList<>(messages.size());
    for (Message message : messages) {
      documents.add(
          new NewRevision(
              DocId.of(message.uuid()), Optional.empty(), false, message.encode(), List.of()));
      message
          .encodeRequests()
          .ifPresent(
              body ->
                  documents.add(
                      new NewRevision(
                          requests(message.uuid()), Optional.empty(), false, body, List.of())));
    }
    keep(documents);
  }

  /** Keeps a message of what somebody did about an earlier one. Returns its name. */
  String again(JsonNode earlier, String details) {
    String name = name();
    ObjectNode json = (ObjectNode) earlier.deepCopy();
    json.put("uuid", name)
        .put("success", true)
        .put("timestamp", now().toString())
        .put("action", "UPDATED")
        .put("details", details)
        .putNull(Message.NEXT)
        .putNull("mergeConflictUuid")
        .remove(Message.CONFLICT);
    keep(
        List.of(
            new NewRevision(
                DocId.of(name),
                Optional.empty(),
                false,
                Body.ofTrusted(json.toString().getBytes(StandardCharsets.UTF_8)),
                List.of())));
    return name;
  }

  private void keep(List<NewRevision> documents) {
    for (WriteResult result : database.update(documents)) {
      if (!(result instanceof WriteResult.Written)) {
        throw new StoreException("a message of an exchange was not kept: " + result);
      }
    }
  }

  private static DocId requests(String uuid) {
    return DocId.of(Message.REQUESTS + "/" + uuid);
  }

  /** What was asked of the partner for a message, as an object with these. */
  Optional<Body> findRequests(String uuid) {
    return find(requests(uuid));
  }

  /** One message. */
  Optional<Body> find(String uuid) {
    return find(DocId.of(uuid));
  }

  private Optional<Body> find(DocId id) {
    List<Body> found = new ArrayList<>(1);
    database
        .store()
        .load(
            List.of(id),
            Fields.WINNER,
            document -> {
              if (!document.deleted()) {
                found.add(document.revisions().getFirst().body());
              }
              return true;
            });
    return found.stream().findFirst();
  }

  /**
   * A page of messages, newest first.
   *
   * @param before only those that are older than this one
   */
  MessagePage list(Optional<String> before, int limit, Predicate<JsonNode> wanted) {
    List<MessagePage.Entry> found = new ArrayList<>();
    String[] last = {""};
    int[] seen = {0};
    database
        .store()
        .scan(
            new DocRange(Optional.empty(), before.or(() -> Optional.of(BEHIND)), false, true),
            Fields.WINNER,
            document -> {
              seen[0]++;
              last[0] = document.id().text();
              if (!document.deleted() && !document.id().isDesign()) {
                Body body = document.revisions().getFirst().body();
                if (wanted.test(MAPPER.readTree(body.json()))) {
                  found.add(new MessagePage.Entry(document.id().text(), body));
                }
              }
              return found.size() < limit && seen[0] < MOST_SEEN;
            });
    boolean more = found.size() == limit || seen[0] == MOST_SEEN;
    return new MessagePage(found, more ? Optional.of(last[0]) : Optional.empty());
  }
}
