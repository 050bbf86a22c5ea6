package org.skerry.mango;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * A selector in CouchDB's normal form, and what the planner asks of it. In this form every object
 * has one member: a combination ({@code $and, $or}) of such objects, or a member's path with an
 * object of one operator. The empty selector stays empty.
 *
 * @param json the normal form; shared, not to be changed
 * @param terms what must hold of single members, whatever else must: conditions seen through {@code
 *     $and}
 */
record NormalSelector(JsonNode json, List<Term> terms) {
  NormalSelector {
    terms = List.copyOf(terms);
  }

  /** The normal form of a selector that {@code Selector.parse} accepted. */
  static NormalSelector of(JsonNode selector) {
    JsonNode json = SelectorNormalizer.normalize(selector);
    List<Term> terms = new ArrayList<>();
    collectTerms(json, terms);
    return new NormalSelector(json, terms);
  }

  /** The paths that the selector names, sorted. */
  Set<String> fields() {
    Set<String> fields = new TreeSet<>();
    collectFields(json, fields);
    return fields;
  }

  private static void collectFields(JsonNode selector, Set<String> fields) {
    for (Map.Entry<String, JsonNode> member : selector.properties()) {
      if (!isOperator(member.getKey())) {
        fields.add(member.getKey());
      } else if (member.getValue().isArray()) {
        member.getValue().forEach(part -> collectFields(part, fields));
      } else {
        collectFields(member.getValue(), fields);
      }
    }
  }

  /** The paths on which there is a condition that an index could serve, sorted. */
  Set<String> indexableFields() {
    Set<String> fields = new TreeSet<>();
    for (Term term : terms) {
      if (FieldRange.isIndexable(term.operator())) {
        fields.add(term.field());
      }
    }
    return fields;
  }

  private static void collectTerms(JsonNode selector, List<Term> terms) {
    for (Map.Entry<String, JsonNode> member : selector.properties()) {
      if (member.getKey().equals("$and")) {
        member.getValue().forEach(part -> collectTerms(part, terms));
      } else if (!isOperator(member.getKey())) {
        Map.Entry<String, JsonNode> condition = member.getValue().properties().iterator().next();
        terms.add(new Term(member.getKey(), condition.getKey(), condition.getValue()));
      }
    }
  }

  /** Whether every document that matches has all these members. */
  boolean requires(Set<String> fields) {
    return missing(json, fields).isEmpty();
  }

  /** Which of the members a matching document may lack. */
  private static Set<String> missing(JsonNode selector, Set<String> fields) {
    if (fields.isEmpty() || selector.isEmpty()) {
      return fields;
    }
    Map.Entry<String, JsonNode> member = selector.properties().iterator().next();
    String name = member.getKey();
    JsonNode argument = member.getValue();
    return switch (name) {
      case "$and" -> missingInEach(argument, fields);
      case "$or" -> missingInSome(argument, fields);
      default -> isOperator(name) || allowsAbsence(argument) ? fields : without(fields, name);
    };
  }

  private static Set<String> missingInEach(JsonNode parts, Set<String> fields) {
    Set<String> left = fields;
    for (JsonNode part : parts) {
      left = missing(part, left);
    }
    return left;
  }

  private static Set<String> missingInSome(JsonNode parts, Set<String> fields) {
    if (parts.isEmpty()) {
      return fields;
    }
    Set<String> left = new LinkedHashSet<>();
    for (JsonNode part : parts) {
      left.addAll(missing(part, fields));
    }
    return left;
  }

  private static boolean allowsAbsence(JsonNode condition) {
    JsonNode exists = condition.get("$exists");
    return exists != null && !exists.booleanValue();
  }

  private static Set<String> without(Set<String> fields, String name) {
    Set<String> left = new LinkedHashSet<>(fields);
    left.remove(name);
    return left;
  }

  /** Whether all documents that match have one and the same value there. */
  boolean isConstant(String field) {
    for (Term term : terms) {
      if (term.field().equals(field) && term.operator().equals("$eq")) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing can match: a combination of nothing, and nothing else. */
  boolean isEmptyCombination() {
    return json.size() == 1
        && json.properties().iterator().next().getValue() instanceof ArrayNode parts
        && parts.isEmpty();
  }

  private static boolean isOperator(String name) {
    return name.startsWith("$");
  }

  /**
   * A condition on one member.
   *
   * @param field its path
   * @param operator such as {@code $gt}
   * @param argument the operator's
   */
  record Term(String field, String operator, JsonNode argument) {}
}
