package org.skerry.fhir.search.terminology;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.fhir.search.extract.Texts;
import tools.jackson.databind.JsonNode;

/**
 * The concepts of a CodeSystem that has all of them: by nesting, and by the properties {@code
 * parent}, {@code child} and {@code subsumedBy} (http://hl7.org/fhir/R4/codesystem.html#hierarchy).
 */
final class Concepts {
  private static final List<String> VALUES =
      List.of(
          "valueCode",
          "valueString",
          "valueBoolean",
          "valueInteger",
          "valueDecimal",
          "valueDateTime");

  /** Those that the system defines, or a concept has. */
  private final Set<String> properties = new HashSet<>();

  private final Map<String, JsonNode> concepts = new HashMap<>();
  private final Map<String, Set<String>> parents = new HashMap<>();
  private final Map<String, Set<String>> children = new HashMap<>();

  Concepts(JsonNode system) {
    system
        .path("property")
        .values()
        .forEach(defined -> properties.add(defined.path("code").asString("")));
    Deque<JsonNode> open = new ArrayDeque<>();
    open.add(system);
    while (!open.isEmpty()) {
      JsonNode parent = open.remove();
      for (JsonNode concept : parent.path("concept").values()) {
        String code = code(concept);
        concepts.put(code, concept);
        if (parent.has("code")) {
          link(code, code(parent));
        }
        properties(concept, code);
        open.add(concept);
      }
    }
  }

  private void properties(JsonNode concept, String code) {
    for (JsonNode property : concept.path("property").values()) {
      String value = Texts.code(property.path("valueCode").asString(""));
      String name = property.path("code").asString("");
      properties.add(name);
      switch (name) {
        case "parent", "subsumedBy" -> link(code, value);
        case "child" -> link(value, code);
        default -> {}
      }
    }
  }

  private void link(String child, String parent) {
    parents.computeIfAbsent(child, any -> new HashSet<>()).add(parent);
    children.computeIfAbsent(parent, any -> new HashSet<>()).add(child);
  }

  private static String code(JsonNode concept) {
    return Texts.code(concept.path("code").asString(""));
  }

  /** A code with all that it comprises. */
  Set<String> below(String code) {
    return reached(code, children);
  }

  /** A code with all that comprise it. */
  Set<String> above(String code) {
    return reached(code, parents);
  }

  private static Set<String> reached(String code, Map<String, Set<String>> steps) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    open.add(code);
    while (!open.isEmpty()) {
      String next = open.remove();
      if (found.add(next)) {
        open.addAll(steps.getOrDefault(next, Set.of()));
      }
    }
    return found;
  }

  /**
   * The codes that have a property of that value, as a text. Those of the hierarchy are known also
   * where concepts stand within each other.
   *
   * @return nothing when the system has no such property
   */
  Optional<Set<String>> with(String property, String value) {
    Map<String, Set<String>> steps =
        switch (property) {
          case "parent", "subsumedBy" -> children;
          case "child" -> parents;
          default -> Map.of();
        };
    if (steps.isEmpty() && !properties.contains(property)) {
      return Optional.empty();
    }
    Set<String> found = having(property, value);
    found.addAll(steps.getOrDefault(Texts.code(value), Set.of()));
    return Optional.of(found);
  }

  private Set<String> having(String property, String value) {
    Set<String> found = new HashSet<>();
    concepts.forEach(
        (code, concept) -> {
          for (JsonNode one : concept.path("property").values()) {
            if (one.path("code").asString("").equals(property) && isSame(value(one), value)) {
              found.add(code);
            }
          }
        });
    return found;
  }

  private static JsonNode value(JsonNode property) {
    return VALUES.stream()
        .filter(property::has)
        .findFirst()
        .map(property::path)
        .orElseGet(() -> property.path("valueCoding").path("code"));
  }

  private static boolean isSame(JsonNode found, String value) {
    if (!found.isNumber()) {
      return found.asString("").equals(value);
    }
    try {
      return found.decimalValue().compareTo(new BigDecimal(value)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
