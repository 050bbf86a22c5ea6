package org.skerry.conflict;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.skerry.conflict.merge.Content;
import org.skerry.conflict.merge.Json;
import org.skerry.conflict.merge.Pointer;
import org.skerry.conflict.merge.Way;
import org.skerry.conflict.merge.Ways;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.selector.Candidate;
import org.skerry.selector.Selector;

/**
 * One rule of a policy.
 *
 * @param types FHIR's resource types; none for all
 */
record Rule(String name, Set<String> types, Optional<Selector> selector, Method method) {
  /** What a rule must name by its type: nobody's allergies are settled by a rule for everything. */
  private static final String ALLERGY = "AllergyIntolerance";

  private static final String MEDICATION = "Medication";
  private static final String PATIENT = "Patient";
  private static final Pointer IDENTIFIER = new Pointer(List.of("identifier"));
  private static final Pointer LAST_UPDATED = new Pointer(List.of("meta", "lastUpdated"));
  private static final Pointer VERSION_ID = new Pointer(List.of("meta", "versionId"));

  Rule {
    types = Set.copyOf(types);
  }

  /** Whether it fits every one of these leaves. */
  boolean fits(DocId id, List<RevId> revs, List<Content> leaves) {
    for (int i = 0; i < leaves.size(); i++) {
      if (!fits(id, revs.get(i), leaves.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(DocId id, RevId rev, Content leaf) {
    Optional<String> type = Kinds.resourceType(leaf);
    boolean named = type.filter(types::contains).isPresent();
    if (!types.isEmpty() && !named || type.filter(Rule::isGuarded).isPresent() && !named) {
      return false;
    }
    Candidate candidate = new Candidate(id, rev, false, leaf.attachments(), leaf.body());
    return selector.map(condition -> condition.matches(candidate)).orElse(true);
  }

  private static boolean isGuarded(String type) {
    return type.equals(ALLERGY) || type.startsWith(MEDICATION);
  }

  /** Ways of members, with a person's place for a patient's identifiers unless they are named. */
  static Ways guarding(Ways ways, List<Content> leaves) {
    return guards(leaves) ? ways.withDefault(IDENTIFIER, Way.Plain.MANUAL) : ways;
  }

  /**
   * Ways of members, with one for what servers write into FHIR resources by themselves: when, and
   * as which version. Nobody meant anything by it, so it comes from the latest version, unless it
   * is named, or a way above decides about it.
   */
  static Ways dated(Ways ways, List<Content> leaves) {
    boolean resources = leaves.stream().allMatch(leaf -> Kinds.resourceType(leaf).isPresent());
    if (!resources || ways.decidesAbove(LAST_UPDATED)) {
      return ways;
    }
    Way latest = new Way.Latest(LAST_UPDATED);
    return ways.withDefault(LAST_UPDATED, latest).withDefault(VERSION_ID, latest);
  }

  private static boolean guards(List<Content> leaves) {
    return types(leaves).anyMatch(PATIENT::equals);
  }

  /** Whether what somebody made of the leaves decides about identifiers that differ. */
  static boolean decidesIdentity(List<Content> leaves) {
    return guards(leaves)
        && leaves.stream().map(leaf -> member(leaf, "identifier")).distinct().count() > 1;
  }

  private static Stream<String> types(List<Content> leaves) {
    return leaves.stream().flatMap(leaf -> Kinds.resourceType(leaf).stream());
  }

  private static Optional<Json> member(Content leaf, String name) {
    return Optional.ofNullable(leaf.document().members().get(name));
  }
}
