package org.skerry.fhir.search.terminology;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.skerry.fhir.search.extract.Texts;
import tools.jackson.databind.JsonNode;

/**
 * The concepts of a CodeSystem that has all of them: by nesting, and by the properties {@code
 * parent}, {@code child} and {@code subsumedBy} (http://hl7.org/fhir/R4/codesystem.html#hierarchy).
 */
final class Concepts {
  private final Map<String, JsonNode> concepts = new HashMap<>();
  private final Map<String, Set<String>> parents = new HashMap<>();
  private final Map<String, Set<String>> children = new HashMap<>();

  Concepts(JsonNode system) {
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
      switch (property.path("code").asString("")) {
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

  /** The codes that have a property of that value, as a text. */
  Set<String> with(String property, String value) {
    Set<String> found = new HashSet<>();
    concepts.forEach(
        (code, concept) -> {
          for (JsonNode one : concept.path("property").values()) {
            if (one.path("code").asString("").equals(property) && value(one).equals(value)) {
              found.add(code);
            }
          }
        });
    return found;
  }

  private static String value(JsonNode property) {
    for (String member : new String[] {"valueCode", "valueString", "valueBoolean"}) {
      if (property.has(member)) {
        return property.path(member).asString("");
      }
    }
    return property.path("valueCoding").path("code").asString("");
  }
}
