package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.store.RevisionWrite;

/**
 * The order in which documents of one batch are written that a site brings: a patient before the
 * notes that go where the patient goes, in whichever order they came. Otherwise the site would be
 * told to give a note back, and then that it has it. Used once; one thread.
 */
final class ReferredFirst {
  private final List<RevisionWrite> writes;

  /** Where a document's writes stand, which stay in their order. */
  private final Map<DocId, List<Integer>> places = new LinkedHashMap<>();

  private final Set<DocId> seen = new HashSet<>();
  private final List<Integer> order = new ArrayList<>();

  private ReferredFirst(List<RevisionWrite> writes) {
    this.writes = writes;
    for (int i = 0; i < writes.size(); i++) {
      places.computeIfAbsent(writes.get(i).id(), first -> new ArrayList<>(1)).add(i);
    }
  }

  /** The places of writes in the order in which they are to be written. */
  static List<Integer> order(List<RevisionWrite> writes) {
    ReferredFirst first = new ReferredFirst(writes);
    first.places.keySet().forEach(id -> first.visit(id, 0));
    return first.order;
  }

  /** As deep as references are followed; circles end. */
  private void visit(DocId id, int depth) {
    List<Integer> mine = places.get(id);
    if (mine == null || depth > Meaning.DEPTH || !seen.add(id)) {
      return;
    }
    for (int place : mine) {
      for (Label label : writes.get(place).placement().labels()) {
        if (label.kind() == Label.Kind.DOCUMENT) {
          visit(DocId.of(label.name()), depth + 1);
        }
      }
    }
    order.addAll(mine);
  }
}
