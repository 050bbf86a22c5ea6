package org.skerry.fhir.subscription;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.json.JsonIn;
import org.skerry.store.LocalDocuments;
import org.skerry.store.LocalDocuments.LocalDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a subscription stands at this node: a {@code _local} document of its database, which is
 * neither replicated nor seen in the feed.
 *
 * @param seq up to where the feed was told of
 * @param name of who wrote it; nothing for somebody who did not sign in
 * @param site whose part of the database it is about, if somebody has a part
 */
record Standing(long seq, Optional<String> name, Set<String> roles, Optional<String> site) {
  private static final String PREFIX = "_local/fhir-subscription-";
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final int TRIES = 5;

  Author author() {
    return new Author(name, roles);
  }

  Standing at(long other) {
    return new Standing(other, name, roles, site);
  }

  private static DocId place(String id) {
    return DocId.of(PREFIX + id);
  }

  /** That of a subscription; nothing when this node does not run it. */
  static Optional<Standing> read(Database database, String id) {
    return database.store().local().get(place(id)).map(Standing::of);
  }

  /** The ids of all that this node runs. */
  static Set<String> all(Database database) {
    Set<String> found = new HashSet<>();
    Optional<DocId> after = Optional.of(DocId.of(PREFIX));
    while (true) {
      var page = database.store().local().list(after, 100);
      for (LocalDocument one : page) {
        if (!one.id().text().startsWith(PREFIX)) {
          return found;
        }
        found.add(one.id().text().substring(PREFIX.length()));
      }
      if (page.isEmpty()) {
        return found;
      }
      after = Optional.of(page.getLast().id());
    }
  }

  private static Standing of(LocalDocument document) {
    JsonNode json = MAPPER.readTree(document.body().json());
    Set<String> roles = new HashSet<>();
    json.path("roles").forEach(role -> roles.add(role.asString()));
    return new Standing(
        json.path("seq").asLong(0),
        Optional.ofNullable(json.get("name")).map(JsonNode::asString),
        roles,
        Optional.ofNullable(json.get("site")).map(JsonNode::asString));
  }

  /** Durable on return. */
  void write(Database database, String id) {
    ObjectNode json = MAPPER.createObjectNode().put("seq", seq);
    name.ifPresent(text -> json.put("name", text));
    roles.forEach(json.putArray("roles")::add);
    site.ifPresent(text -> json.put("site", text));
    Body body = Body.ofTrusted(json.toString().getBytes(StandardCharsets.UTF_8));
    LocalDocuments local = database.store().local();
    for (int i = 0; i < TRIES; i++) {
      long seen = local.get(place(id)).map(LocalDocument::version).orElse(0L);
      if (local.put(place(id), seen, body).isPresent()) {
        return;
      }
    }
  }

  /** This node does not run it any more. */
  static void remove(Database database, String id) {
    LocalDocuments local = database.store().local();
    local.get(place(id)).ifPresent(there -> local.remove(place(id), there.version()));
  }
}
