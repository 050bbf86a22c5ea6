package org.skerry.conflict;

import java.util.Optional;
import org.skerry.revision.RevId;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Who or what settled a conflict. */
public sealed interface By {
  /**
   * A rule of a policy.
   *
   * @param version the revision of the policy
   */
  record Rule(RevId version, String name) implements By {}

  /**
   * Somebody.
   *
   * @param at when, as that node's clock had it
   */
  record Person(String name, String at, Optional<String> comment) implements By {}

  /** Writes it as the API shows it, and as a tombstone carries it. */
  default void write(JsonGenerator out) {
    out.writeStartObject();
    switch (this) {
      case Rule rule -> {
        out.writeStringProperty("policy", rule.version.toString());
        out.writeStringProperty("rule", rule.name);
      }
      case Person person -> {
        out.writeStringProperty("user", person.name);
        out.writeStringProperty("at", person.at);
        person.comment.ifPresent(comment -> out.writeStringProperty("comment", comment));
      }
    }
    out.writeEndObject();
  }

  /** Reads what was written, perhaps by somebody who made it up. */
  static Optional<By> read(JsonNode json) {
    if (json.path("policy").isString() && json.path("rule").isString()) {
      return Revs.parse(json.path("policy").stringValue())
          .map(version -> new Rule(version, json.path("rule").stringValue()));
    }
    JsonNode user = json.path("user");
    JsonNode comment = json.path("comment");
    return user.isString()
        ? Optional.of(
            new Person(
                user.stringValue(),
                json.path("at").asString(""),
                comment.isString() ? Optional.of(comment.stringValue()) : Optional.empty()))
        : Optional.empty();
  }
}
