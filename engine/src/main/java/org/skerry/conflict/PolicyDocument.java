package org.skerry.conflict;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.skerry.collation.ValueReader;
import org.skerry.conflict.merge.Json;
import org.skerry.document.Body;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The design document that holds a policy. */
final class PolicyDocument {
  private static final String RULES = "rules";

  private PolicyDocument() {}

  static Conflicts.PolicyText show(Policies.Found found) {
    JsonNode rules =
        found
            .document()
            .map(document -> ValueReader.read(document.revisions().getFirst().body().json()))
            .map(body -> body.path(Policy.MEMBER).path(RULES))
            .filter(JsonNode::isArray)
            .orElseGet(JsonNodeFactory.instance::arrayNode);
    return new Conflicts.PolicyText(
        found.document().map(document -> document.winner().rev()), rules, found.problem());
  }

  /** The document with other rules; what else stands in it stays. */
  static Body with(Policies.Found found, JsonNode rules) {
    Map<String, Json> members = new LinkedHashMap<>();
    found
        .document()
        .map(document -> Json.read(document.revisions().getFirst().body().json()))
        .ifPresent(body -> members.putAll(((Json.Members) body).members()));
    Optional<Json> old = Optional.ofNullable(members.get(Policy.MEMBER));
    Map<String, Json> policy =
        new LinkedHashMap<>(
            old.orElse(Json.Members.NONE) instanceof Json.Members object
                ? object.members()
                : Map.of());
    policy.put(RULES, Json.of(rules));
    members.put(Policy.MEMBER, new Json.Members(policy));
    return Body.ofTrusted(new Json.Members(members).bytes());
  }
}
