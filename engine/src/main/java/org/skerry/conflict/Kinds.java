package org.skerry.conflict;

import java.util.Optional;
import org.skerry.conflict.merge.Content;
import org.skerry.conflict.merge.Json;
import org.skerry.document.DocId;
import tools.jackson.databind.JsonNode;

/** What kind of document it is, for lists and for rules. */
final class Kinds {
  private Kinds() {}

  /** FHIR's type, else the member {@code type}, else what stands before the id's first slash. */
  static String of(DocId id, Content content) {
    return resourceType(content).or(() -> text(content, "type")).orElseGet(() -> of(id));
  }

  /** What the id alone says. */
  static String of(DocId id) {
    int slash = id.text().indexOf('/');
    return slash < 0 ? "" : id.text().substring(0, slash);
  }

  static Optional<String> resourceType(Content content) {
    return text(content, "resourceType");
  }

  private static Optional<String> text(Content content, String name) {
    Optional<Json> member = Optional.ofNullable(content.document().members().get(name));
    return member.map(Json::node).filter(JsonNode::isString).map(JsonNode::stringValue);
  }
}
