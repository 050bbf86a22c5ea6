package org.skerry.revision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Facts on their way into a tree: each revision with its known parents. */
final class Facts {
  private final SortedMap<RevId, Fact> byRev = new TreeMap<>(Collections.reverseOrder());

  /** What is known of one revision. */
  private static final class Fact {
    private final Set<RevId> parents = new HashSet<>(2);
    private boolean deleted;
  }

  void add(RevId rev, Optional<RevId> parent, boolean deleted) {
    Fact fact = byRev.computeIfAbsent(rev, unknown -> new Fact());
    parent.ifPresent(fact.parents::add);
    fact.deleted |= deleted;
  }

  void addAll(RevTree tree) {
    RevId[] revs = tree.revs();
    int[] parents = tree.parents();
    boolean[] deleted = tree.deleted();
    for (int row = 0; row < revs.length; row++) {
      int parent = parents[row];
      add(
          revs[row],
          parent < 0 ? Optional.empty() : Optional.of(revs[parent]),
          deleted[row]);
    }
  }

  RevTree tree() {
    List<RevId> revs = new ArrayList<>(byRev.size());
    List<Optional<RevId>> parentOf = new ArrayList<>(byRev.size());
    List<Boolean> tombstone = new ArrayList<>(byRev.size());
    TreeMap<RevId, Integer> firstRow = new TreeMap<>();
    byRev.forEach(
        (rev, fact) -> {
          firstRow.put(rev, revs.size());
          List<Optional<RevId>> parents =
              fact.parents.isEmpty()
                  ? List.of(Optional.empty())
                  : fact.parents.stream()
                      .sorted(Collections.reverseOrder())
                      .map(Optional::of)
                      .toList();
          for (Optional<RevId> parent : parents) {
            revs.add(rev);
            parentOf.add(parent);
            tombstone.add(fact.deleted);
          }
        });
    RevId[] rows = revs.toArray(RevId[]::new);
    int[] parents = new int[rows.length];
    boolean[] deleted = new boolean[rows.length];
    for (int row = 0; row < rows.length; row++) {
      parents[row] = parentOf.get(row).map(firstRow::get).orElse(RevTree.NO_PARENT);
      deleted[row] = tombstone.get(row);
    }
    return new RevTree(rows, parents, deleted);
  }
}
