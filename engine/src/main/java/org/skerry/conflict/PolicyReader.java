package org.skerry.conflict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.conflict.merge.Pointer;
import org.skerry.conflict.merge.Way;
import org.skerry.conflict.merge.Ways;
import org.skerry.selector.InvalidSelectorException;
import org.skerry.selector.Selector;
import tools.jackson.databind.JsonNode;

/** Reads rules. All methods throw {@link InvalidPolicyException}. */
final class PolicyReader {
  private static final int MOST_RULES = 200;
  private static final int MOST_MEMBERS = 500;
  private static final Set<String> MEMBERS =
      Set.of("name", "type", "selector", "method", "members", "member", "order", "function");

  private final String place;
  private final JsonNode json;

  private PolicyReader(String place, JsonNode json) {
    this.place = place;
    this.json = json;
  }

  /** The rules of a policy's {@code rules}. */
  static List<Rule> rules(JsonNode rules) {
    if (!rules.isArray()) {
      throw new InvalidPolicyException("`rules` must be an array");
    }
    if (rules.size() > MOST_RULES) {
      throw new InvalidPolicyException("`rules` has more than " + MOST_RULES + " elements");
    }
    List<Rule> found = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode rule : rules) {
      String place = "rule " + (found.size() + 1);
      if (!rule.isObject()) {
        throw new InvalidPolicyException(place + " must be an object");
      }
      String name = new PolicyReader(place, rule).text("name");
      if (!names.add(name)) {
        throw new InvalidPolicyException(place + ": another rule has the name `" + name + "`");
      }
      found.add(new PolicyReader("rule `" + name + "`", rule).rule(name));
    }
    return found;
  }

  /** A rule that somebody applies to documents of their choice. */
  static Rule adHoc(JsonNode rule) {
    PolicyReader reader = new PolicyReader("rule", rule);
    if (!rule.isObject()) {
      throw new InvalidPolicyException("`rule` must be an object");
    }
    return new Rule("", Set.of(), Optional.empty(), reader.method());
  }

  private Rule rule(String name) {
    for (String member : json.propertyNames()) {
      if (!MEMBERS.contains(member)) {
        throw wrong("has the unknown member `" + member + "`");
      }
    }
    if (json.path("type").isMissingNode() && json.path("selector").isMissingNode()) {
      throw wrong("needs `type` or `selector`");
    }
    return new Rule(name, types(), selector(), method());
  }

  private InvalidPolicyException wrong(String what) {
    return new InvalidPolicyException(place + " " + what);
  }

  private String text(String member) {
    JsonNode value = json.path(member);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw wrong("needs `" + member + "`, a text");
    }
    return value.stringValue();
  }

  private Set<String> types() {
    JsonNode type = json.path("type");
    if (type.isMissingNode()) {
      return Set.of();
    }
    return Set.copyOf(type.isString() ? List.of(type.stringValue()) : texts("type", type));
  }

  private List<String> texts(String member, JsonNode list) {
    List<String> found = new ArrayList<>();
    for (JsonNode text : list) {
      found.add(text.isString() ? text.stringValue() : "");
    }
    if (!list.isArray() || found.isEmpty() || found.contains("")) {
      throw wrong("needs texts in `" + member + "`");
    }
    return found;
  }

  private Optional<Selector> selector() {
    JsonNode selector = json.path("selector");
    if (selector.isMissingNode()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Selector.parse(selector));
    } catch (InvalidSelectorException e) {
      throw wrong("has a bad `selector`: " + e.getMessage());
    }
  }

  private Method method() {
    String method = text("method");
    return switch (method) {
      case "merge" -> new Method.Merge(ways());
      case "latest" -> new Method.Latest(pointer("member", json.path("member")));
      case "site" ->
          new Method.Site(
              pointer("member", json.path("member")), texts("order", json.path("order")));
      case "function" -> new Method.Function(text("function"));
      case "winner" -> Method.Plain.WINNER;
      case "manual" -> Method.Plain.MANUAL;
      default ->
          throw wrong(
              "has the unknown method `"
                  + method
                  + "`: merge, latest, site, function, winner or manual");
    };
  }

  private Pointer pointer(String member, JsonNode value) {
    return Optional.of(value)
        .filter(JsonNode::isString)
        .flatMap(text -> Pointer.parse(text.stringValue()))
        .orElseThrow(
            () -> wrong("needs `" + member + "`, a JSON pointer such as /meta/lastUpdated"));
  }

  private Ways ways() {
    JsonNode members = json.path("members");
    if (members.isMissingNode()) {
      return Ways.NONE;
    }
    if (!members.isObject() || members.size() > MOST_MEMBERS) {
      throw wrong("needs in `members` an object with at most " + MOST_MEMBERS + " pointers");
    }
    Map<Pointer, Way> ways = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      Pointer pointer =
          Pointer.parse(member.getKey())
              .orElseThrow(
                  () -> wrong("has `" + member.getKey() + "` in `members`: no JSON pointer"));
      ways.put(pointer, way(member.getKey(), member.getValue()));
    }
    return Ways.of(ways);
  }

  private Way way(String member, JsonNode way) {
    if (way.isString()) {
      return switch (way.stringValue()) {
        case "merge" -> Way.Plain.MERGE;
        case "set" -> Way.Plain.SET;
        case "counter" -> Way.Plain.COUNTER;
        case "winner" -> Way.Plain.WINNER;
        case "manual" -> Way.Plain.MANUAL;
        default -> throw unknownWay(member);
      };
    }
    if (way.size() == 1 && way.has("latest")) {
      return new Way.Latest(pointer("latest", way.path("latest")));
    }
    if (way.size() == 1 && way.has("identity")) {
      JsonNode identity = way.path("identity");
      return new Way.Identity(
          identity.isString()
              ? List.of(identity.stringValue())
              : texts("members." + member + ".identity", identity));
    }
    throw unknownWay(member);
  }

  private InvalidPolicyException unknownWay(String member) {
    return wrong(
        "has an unknown way for `"
            + member
            + "`: merge, set, counter, winner, manual, {\"latest\": …} or {\"identity\": …}");
  }
}
