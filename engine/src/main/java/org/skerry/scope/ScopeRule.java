package org.skerry.scope;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.skerry.selector.Selector;
import org.skerry.store.subset.Label;
import tools.jackson.databind.JsonNode;

/**
 * One rule: which documents it is for, and which labels it gives them.
 *
 * @param types FHIR's resource types, or values of the member of that name; none for all
 * @param urgency what comes first at a site's first synchronisation, if the rule says so
 */
record ScopeRule(
    Set<String> types,
    Optional<Selector> selector,
    List<LabelSource> sources,
    OptionalInt urgency) {
  /** Where a document's type stands. */
  static final Set<String> TYPE_MEMBERS = Set.of("resourceType", "type");

  ScopeRule {
    types = Set.copyOf(types);
    sources = List.copyOf(sources);
  }

  /**
   * Whether it is for a document.
   *
   * @param document those members that the rules look at
   */
  boolean fits(JsonNode document) {
    return fitsType(document) && selector.map(one -> one.matches(document)).orElse(true);
  }

  private boolean fitsType(JsonNode document) {
    return types.isEmpty()
        || types.contains(document.path("resourceType").asString(""))
        || types.contains(document.path("type").asString(""));
  }

  void labels(JsonNode document, Set<Label> labels) {
    for (LabelSource source : sources) {
      switch (source) {
        case LabelSource.Everyone everyone -> labels.add(Label.EVERYONE);
        case LabelSource.Place(MemberPath path) ->
            path.visit(document, value -> add(LabelSource.place(value), labels));
        case LabelSource.Follow(MemberPath path, String prefix) ->
            path.visit(document, value -> add(LabelSource.follow(value, prefix), labels));
      }
    }
  }

  private static void add(Optional<Label> label, Set<Label> labels) {
    if (labels.size() < ScopeRules.MOST_LABELS) {
      label.ifPresent(labels::add);
    }
  }
}
