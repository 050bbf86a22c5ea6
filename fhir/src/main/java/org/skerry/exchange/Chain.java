package org.skerry.exchange;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.json.JsonIn;
import org.skerry.store.Fields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which message speaks of the same record after which. Messages are never changed, so that stands
 * beside them, in {@code _exchange_state}, and is put into them when they are shown. Any thread.
 */
final class Chain {
  static final String NEXT = "next";

  private static final String PREFIX = "next/";
  private static final String NOTHING = "\"" + Message.NEXT + "\":null";
  private static final JsonMapper MAPPER = JsonIn.mapper();

  private final Databases databases;

  Chain(Databases databases) {
    this.databases = databases;
  }

  static DocId id(String message) {
    return DocId.of(PREFIX + message);
  }

  /** Notes which message speaks of the same record after that one. */
  void follow(String message, String next) {
    Database state = databases.find(Ledger.DATABASE).orElseThrow();
    ObjectNode json = JsonNodeFactory.instance.objectNode().put(NEXT, next);
    state.update(
        List.of(
            new NewRevision(
                id(message),
                Optional.empty(),
                false,
                Body.ofTrusted(json.toString().getBytes(StandardCharsets.UTF_8)),
                List.of())));
  }

  /** The messages that follow these, by those that they follow. */
  Map<String, String> after(List<String> messages) {
    Map<String, String> found = new HashMap<>();
    if (messages.isEmpty()) {
      return found;
    }
    databases
        .find(Ledger.DATABASE)
        .ifPresent(
            state ->
                state
                    .store()
                    .load(
                        messages.stream().map(Chain::id).toList(),
                        Fields.WINNER,
                        document -> {
                          if (!document.deleted()) {
                            JsonNode json =
                                MAPPER.readTree(document.revisions().getFirst().body().json());
                            found.put(
                                document.id().text().substring(PREFIX.length()),
                                json.path(NEXT).asString(""));
                          }
                          return true;
                        }));
    return found;
  }

  /** A message as it is shown, with the one that follows. */
  static String shown(byte[] message, Optional<String> next) {
    String text = new String(message, StandardCharsets.UTF_8);
    return next.map(uuid -> text.replaceFirst(NOTHING, "\"" + Message.NEXT + "\":\"" + uuid + "\""))
        .orElse(text);
  }
}
