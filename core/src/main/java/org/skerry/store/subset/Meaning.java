package org.skerry.store.subset;

import java.util.HashSet;
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
  private static final int DEPTH = 8;

  Audience of(Placement placement) {
    return of(placement.labels(), new HashSet<>(), DEPTH).settled();
  }

  private Audience of(Set<Label> labels, Set<Label> seen, int depth) {
    Audience all = Audience.NOBODY;
    for (Label label : labels) {
      all =
          all.and(
              switch (label.kind()) {
                case EVERYONE -> Audience.of(Audience.EVERYONE);
                case PLACE -> places.apply(label);
                case DOCUMENT ->
                    depth > 0 && seen.add(label)
                        ? ofDocument(DocId.of(label.name()), seen, depth)
                        : Audience.NOBODY;
              });
    }
    return all;
  }

  /** A document that refers to no other has its audience written down. */
  private Audience ofDocument(DocId id, Set<Label> seen, int depth) {
    Scope scope = scopes.apply(id);
    Set<Label> labels = scope.united().labels();
    boolean refers = labels.stream().anyMatch(label -> label.kind() == Label.Kind.DOCUMENT);
    return refers ? of(labels, seen, depth - 1).and(scope.granted()) : scope.audience();
  }
}
