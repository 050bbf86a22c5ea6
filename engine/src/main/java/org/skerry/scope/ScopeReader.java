package org.skerry.scope;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.skerry.selector.InvalidSelectorException;
import org.skerry.selector.Selector;
import tools.jackson.databind.JsonNode;

/** Reads rules. All methods throw {@link InvalidScopeException}. */
final class ScopeReader {
  private static final int MOST_RULES = 200;
  private static final int MOST_PATHS = 32;
  private static final Set<String> MEMBERS =
      Set.of("name", "type", "selector", "site", "follow", "everyone", "urgency");

  private final String pointer;
  private final JsonNode json;
  private final Function<String, Optional<MemberPath>> paths;

  private ScopeReader(String pointer, JsonNode json, Function<String, Optional<MemberPath>> paths) {
    this.pointer = pointer;
    this.json = json;
    this.paths = paths;
  }

  /** Rules as somebody writes them now. */
  static List<ScopeRule> rules(JsonNode scope) {
    return rules(scope, MemberPath::parse);
  }

  /** Rules that were taken once, by the rules of that time. */
  static List<ScopeRule> stored(JsonNode scope) {
    return rules(scope, MemberPath::ofStored);
  }

  private static List<ScopeRule> rules(
      JsonNode scope, Function<String, Optional<MemberPath>> paths) {
    if (!scope.isObject()) {
      throw new InvalidScopeException("", "a scope is an object with `rules`, an array");
    }
    for (String member : scope.propertyNames()) {
      if (!member.equals("rules")) {
        throw new InvalidScopeException("/" + member, "unknown; there is only `rules`");
      }
    }
    JsonNode rules = scope.path("rules");
    if (!rules.isArray() || rules.size() > MOST_RULES) {
      throw new InvalidScopeException("/rules", "an array of at most " + MOST_RULES + " rules");
    }
    List<ScopeRule> found = new ArrayList<>();
    for (JsonNode rule : rules) {
      found.add(new ScopeReader("/rules/" + found.size(), rule, paths).rule());
    }
    return found;
  }

  private InvalidScopeException wrong(String member, String why) {
    return new InvalidScopeException(member.isEmpty() ? pointer : pointer + "/" + member, why);
  }

  private ScopeRule rule() {
    if (!json.isObject()) {
      throw wrong("", "a rule is an object");
    }
    for (String member : json.propertyNames()) {
      if (!MEMBERS.contains(member)) {
        throw wrong(member, "unknown; a rule has " + String.join(", ", new TreeSet<>(MEMBERS)));
      }
    }
    if (json.has("name") && !json.path("name").isString()) {
      throw wrong("name", "a text");
    }
    return new ScopeRule(types(), selector(), sources(), urgency());
  }

  private Set<String> types() {
    JsonNode type = json.path("type");
    if (type.isMissingNode()) {
      return Set.of();
    }
    List<JsonNode> names = new ArrayList<>();
    if (type.isArray()) {
      type.forEach(names::add);
    } else {
      names.add(type);
    }
    Set<String> found = new HashSet<>();
    for (JsonNode name : names) {
      if (!name.isString() || name.stringValue().isEmpty()) {
        throw wrong("type", "a name, or an array of names, such as \"Patient\"");
      }
      found.add(name.stringValue());
    }
    if (found.isEmpty()) {
      throw wrong("type", "at least one name");
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
      throw wrong("selector" + e.pointer(), String.valueOf(e.getMessage()));
    }
  }

  private List<LabelSource> sources() {
    List<LabelSource> sources = new ArrayList<>();
    each("site", (place, value) -> sources.add(new LabelSource.Place(path(place, value))));
    each("follow", (place, value) -> sources.add(follow(place, value)));
    JsonNode everyone = json.path("everyone");
    if (everyone.isBoolean() && everyone.booleanValue()) {
      sources.add(new LabelSource.Everyone());
    } else if (!everyone.isMissingNode() && !everyone.isBoolean()) {
      throw wrong("everyone", "true or false");
    }
    if (sources.isEmpty()) {
      throw wrong("", "a rule says who gets the document: `site`, `follow` or `everyone`");
    }
    return sources;
  }

  /** Takes one part of a rule, with its place. */
  private interface Part {
    void take(String place, JsonNode value);
  }

  private void each(String member, Part part) {
    JsonNode value = json.path(member);
    if (value.isMissingNode()) {
      return;
    }
    if (!value.isArray()) {
      part.take(member, value);
      return;
    }
    if (value.isEmpty() || value.size() > MOST_PATHS) {
      throw wrong(member, "1 to " + MOST_PATHS + " members");
    }
    for (int i = 0; i < value.size(); i++) {
      part.take(member + "/" + i, value.get(i));
    }
  }

  private MemberPath path(String place, JsonNode value) {
    return Optional.of(value)
        .filter(JsonNode::isString)
        .flatMap(text -> paths.apply(text.stringValue()))
        .filter(path -> !path.head().startsWith("_"))
        .orElseThrow(
            () ->
                wrong(
                    place,
                    "a JSON pointer to a member, such as \"/subject/reference\"; in a member's"
                        + " name ~0 stands for a tilde, and ~1 for a slash"));
  }

  private LabelSource.Follow follow(String place, JsonNode value) {
    if (!value.isObject()) {
      return new LabelSource.Follow(path(place, value), "");
    }
    for (String member : value.propertyNames()) {
      if (!member.equals("member") && !member.equals("prefix")) {
        throw wrong(place + "/" + member, "unknown; there are `member` and `prefix`");
      }
    }
    JsonNode prefix = value.path("prefix");
    if (!prefix.isMissingNode() && !prefix.isString()) {
      throw wrong(place + "/prefix", "a text that stands before the member's in the ids");
    }
    return new LabelSource.Follow(
        path(place + "/member", value.path("member")), prefix.asString(""));
  }

  private OptionalInt urgency() {
    JsonNode urgency = json.path("urgency");
    if (urgency.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!urgency.isIntegralNumber() || urgency.asInt(-1) < 0 || urgency.asInt(-1) > 255) {
      throw wrong("urgency", "a number from 0, which comes first, to 255");
    }
    return OptionalInt.of(urgency.asInt());
  }
}
