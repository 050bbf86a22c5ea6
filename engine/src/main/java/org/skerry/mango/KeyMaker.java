package org.skerry.mango;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.selector.BodyMembers;
import org.skerry.selector.Candidate;
import org.skerry.selector.FieldPath;
import org.skerry.selector.Selector;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes the key under which a document stands in an index: the values of the index's members, where
 * it has them all and the partial filter lets it pass ({@code mango_native_proc}). Immutable.
 */
final class KeyMaker {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Set<String> NOT_IN_BODY = Set.of("_id", "_rev");

  private final List<FieldPath> columns;
  private final Set<String> heads = new HashSet<>();
  private final List<BodyMembers.Wanted> inBody = new ArrayList<>();
  private final Optional<Selector> filter;

  /** For what that index holds. */
  KeyMaker(IndexDefinition definition) {
    List<FieldPath> paths = new ArrayList<>(definition.fields().names().size());
    for (String name : definition.fields().names()) {
      FieldPath path = FieldPath.parse(name);
      paths.add(path);
      String head = path.names().getFirst();
      if (heads.add(head) && !NOT_IN_BODY.contains(head)) {
        inBody.add(BodyMembers.Wanted.of(head));
      }
    }
    this.columns = List.copyOf(paths);
    this.filter = definition.filter();
  }

  /** The key of a document that comes with its winner's body; none when it has none. */
  Optional<ArrayNode> key(StoredDocument document) {
    StoredRevision winner = document.revisions().getFirst();
    return filter.isEmpty() || filter.get().matches(candidate(document.id(), winner))
        ? key(members(document.id(), winner))
        : Optional.empty();
  }

  private static Candidate candidate(DocId id, StoredRevision winner) {
    return new Candidate(id, winner.rev(), false, winner.attachments(), winner.body());
  }

  private ObjectNode members(DocId id, StoredRevision winner) {
    ObjectNode members = JSON.objectNode();
    if (heads.contains("_id")) {
      members.put("_id", id.text());
    }
    if (heads.contains("_rev")) {
      members.put("_rev", winner.rev().toString());
    }
    BodyMembers.read(winner.body().json(), inBody, heads::contains, members);
    return members;
  }

  private Optional<ArrayNode> key(ObjectNode members) {
    ArrayNode key = JSON.arrayNode(columns.size());
    for (FieldPath column : columns) {
      if (!(column.find(members) instanceof FieldPath.Found(JsonNode value))) {
        return Optional.empty();
      }
      key.add(value);
    }
    return Optional.of(key);
  }

  /** What a key and an id tell of a document, as an object; the way back. */
  ObjectNode document(DocId id, JsonNode key) {
    ObjectNode document = JSON.objectNode();
    document.set("_id", StringNode.valueOf(id.text()));
    for (int i = columns.size() - 1; i >= 0; i--) {
      set(document, columns.get(i).names(), key.get(i));
    }
    return document;
  }

  /** As {@code mango_doc:set_field}: what is no object on the way stays as it is. */
  private static void set(ObjectNode object, List<String> path, JsonNode value) {
    ObjectNode at = object;
    for (String name : path.subList(0, path.size() - 1)) {
      if (!at.has(name)) {
        at.putObject(name);
      }
      if (!(at.get(name) instanceof ObjectNode inner)) {
        return;
      }
      at = inner;
    }
    at.set(path.getLast(), value);
  }
}
