package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.skerry.document.DocId;

/**
 * Whom labels mean: places name their audience, documents share that of what they refer to.
 *
 * @param scopes finds a document's scope
 * @param places finds a place's audience
 */
record Meaning(Function<DocId, Scope> scopes, Function<Label, Audience> places) {
  /** References are followed so far: observation, encounter, patient, household, village. */
  static final int DEPTH = 8;

  /** Of a document that is not known yet. */
  Audience of(Placement placement) {
    return of(placement, new HashSet<>());
  }

  /** Of a document, which may refer to itself over others. */
  Audience of(DocId self, Placement placement) {
    if (!refers(placement)) {
      return of(placement, Set.of());
    }
    Set<Label> seen = new HashSet<>();
    seen.add(Label.document(self));
    return of(placement, seen);
  }

  /** Whether it goes where other documents go. */
  static boolean refers(Placement placement) {
    for (Label label : placement.labels()) {
      if (label.kind() == Label.Kind.DOCUMENT) {
        return true;
      }
    }
    return false;
  }

  /**
   * Nearest references first, so that a detour over many documents cannot hide one that is near;
   * and each document once, so that circles end.
   */
  private Audience of(Placement placement, Set<Label> seen) {
    Audience all = Audience.NOBODY;
    Set<Label> near = placement.labels();
    for (int depth = 0; !near.isEmpty() && depth <= DEPTH; depth++) {
      List<DocId> referred = new ArrayList<>(0);
      for (Label label : near) {
        switch (label.kind()) {
          case EVERYONE -> all = all.and(Audience.ALL);
          case PLACE -> all = all.and(places.apply(label));
          case DOCUMENT -> {
            if (seen.add(label)) {
              referred.add(DocId.of(label.name()));
            }
          }
        }
      }
      near = Set.of();
      for (DocId id : depth < DEPTH ? referred : List.<DocId>of()) {
        Scope scope = scopes.apply(id);
        if (scope.refers()) {
          all = all.and(scope.granted());
          near = united(near, scope.united().labels());
        } else {
          // A document that refers to no other has its audience written down.
          all = all.and(scope.audience());
        }
      }
    }
    return all.settled();
  }

  private static Set<Label> united(Set<Label> some, Set<Label> others) {
    if (some.isEmpty()) {
      return others;
    }
    Set<Label> both = new HashSet<>(some);
    both.addAll(others);
    return both;
  }
}
