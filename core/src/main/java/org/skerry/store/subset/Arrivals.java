package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;

/**
 * Documents that are new, which most are that come in large groups. There is nothing from which
 * they move, and many of a group have the same labels: whom those mean, and what is kept of such a
 * document, is worked out once for all of them. Lives for one turn; one thread.
 */
final class Arrivals {
  private final SubsetChanges changes;
  private final Map<Placement, Destination> destinations = new HashMap<>();

  /** Where the last one went: whoever writes together often goes together. */
  private @Nullable Destination last;

  Arrivals(SubsetChanges changes) {
    this.changes = changes;
  }

  /**
   * Where documents of one placement go.
   *
   * @param record their scope, as it is written down
   * @param ids of those that came
   * @param rows their rows, the same in each feed
   */
  private record Destination(Scope scope, byte[] record, List<DocId> ids, List<RowPage.Row> rows) {
    Destination(Scope scope) {
      this(scope, ScopeRecord.encode(scope), new ArrayList<>(0), new ArrayList<>(0));
    }

    void add(SubsetDraft.Document document) {
      ids.add(document.id());
      if (!scope.audience().isEmpty()) {
        byte[] row =
            SubsetRow.encode(document.id(), false, scope.united().urgency(), document.leaves());
        rows.add(new RowPage.Row(document.seq(), row));
      }
    }
  }

  /**
   * Gives feeds and labels what came so far, and forgets where it goes: who comes next may go
   * elsewhere.
   */
  void end() {
    for (Destination destination : destinations.values()) {
      Scope scope = destination.scope();
      for (Label label : scope.united().labels()) {
        changes.labelled().addAll(label, destination.ids());
      }
      for (int feed : scope.audience().feeds()) {
        changes.rows().putAll(feed, destination.rows());
      }
    }
    destinations.clear();
    last = null;
  }

  /**
   * Takes a new document of which nothing was kept, if it is a usual one: of a single revision that
   * no site brought.
   *
   * @return whether it did
   */
  boolean take(SubsetDraft.Document document, Map<RevId, SubsetChanges.Written> written) {
    List<Leaf> leaves = document.leaves();
    if (leaves.size() != 1 || written.size() != 1) {
      return false;
    }
    RevId rev = leaves.getFirst().rev();
    SubsetChanges.Written only = written.get(rev);
    if (only == null || only.placement().bearer() != Placement.NOBODY) {
      return false;
    }
    Placement placement = SubsetChanges.placement(rev, Map.of(), written, Scope.NONE.united());
    if (placement.labels().isEmpty()) {
      return true;
    }
    if (follows(placement, document.id())) {
      return false;
    }
    Destination destination = destination(placement, document.id());
    destination.add(document);
    changes.put(document.id(), destination.scope(), destination.record());
    return true;
  }

  private static boolean follows(Placement placement, DocId id) {
    for (Label label : placement.labels()) {
      if (label.kind() == Label.Kind.DOCUMENT && label.name().equals(id.text())) {
        return true;
      }
    }
    return false;
  }

  @SuppressWarnings("ReferenceEquality") // The same, mostly; an equal one is found as well.
  private Destination destination(Placement placement, DocId first) {
    Destination before = last;
    if (before != null && before.scope().united() == placement) {
      return before;
    }
    Destination known = destinations.get(placement);
    if (known == null) {
      Audience audience = changes.audience(first, placement);
      known = new Destination(new Scope(placement, Map.of(), audience, Audience.NOBODY, List.of()));
      destinations.put(placement, known);
      placement.labels().forEach(changes::refer);
    }
    last = known;
    return known;
  }
}
