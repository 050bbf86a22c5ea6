package org.skerry.revision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a revision tree should answer, computed without any thought for speed. */
final class NaiveTree {
  private final TreeMap<RevId, TreeSet<RevId>> parents = new TreeMap<>(Collections.reverseOrder());
  private final Set<RevId> tombstones = new HashSet<>();

  void add(RevPath path, boolean tombstone) {
    List<RevId> revs = path.revisions();
    for (int i = 0; i < revs.size(); i++) {
      TreeSet<RevId> known = parents.computeIfAbsent(revs.get(i), rev -> new TreeSet<>());
      if (i + 1 < revs.size()) {
        known.add(revs.get(i + 1));
      }
    }
    if (tombstone) {
      tombstones.add(path.newest());
    }
  }

  static NaiveTree of(List<Histories.Branch> branches) {
    NaiveTree tree = new NaiveTree();
    branches.forEach(branch -> tree.add(branch.path(), branch.tombstone()));
    return tree;
  }

  /** Newest first. */
  List<RevId> revisions() {
    return List.copyOf(parents.keySet());
  }

  boolean contains(RevId rev) {
    return parents.containsKey(rev);
  }

  List<Leaf> leaves() {
    Set<RevId> followed = new HashSet<>();
    parents.values().forEach(followed::addAll);
    return parents.keySet().stream()
        .filter(rev -> !followed.contains(rev))
        .map(rev -> new Leaf(rev, tombstones.contains(rev)))
        .sorted(
            (one, other) ->
                one.deleted() != other.deleted()
                    ? Boolean.compare(one.deleted(), other.deleted())
                    : other.rev().compareTo(one.rev()))
        .toList();
  }

  boolean isTombstone(RevId rev) {
    return tombstones.contains(rev);
  }

  /** Distance in generations of the revision's ancestors, itself included with 0. */
  Map<RevId, Integer> ancestors(RevId rev) {
    Map<RevId, Integer> found = new HashMap<>();
    if (contains(rev)) {
      found.put(rev, 0);
      for (RevId parent : parents.getOrDefault(rev, new TreeSet<>())) {
        ancestors(parent).forEach((ancestor, distance) -> found.put(ancestor, distance + 1));
      }
    }
    return found;
  }

  Optional<RevId> commonAncestor(RevId one, RevId other) {
    Set<RevId> shared = new HashSet<>(ancestors(one).keySet());
    shared.retainAll(ancestors(other).keySet());
    return shared.stream().max(RevId::compareTo);
  }

  /** The branch that takes the greatest parent at each fork. */
  List<RevId> path(RevId rev) {
    List<RevId> path = new ArrayList<>();
    Optional<RevId> at = contains(rev) ? Optional.of(rev) : Optional.empty();
    while (at.isPresent()) {
      path.add(at.get());
      TreeSet<RevId> next = parents.getOrDefault(at.get(), new TreeSet<>());
      at = next.isEmpty() ? Optional.empty() : Optional.of(next.last());
    }
    return path;
  }

  NaiveTree stem(int limit) {
    Set<RevId> kept = new HashSet<>();
    for (Leaf leaf : leaves()) {
      ancestors(leaf.rev()).forEach((rev, distance) -> addIf(kept, rev, distance < limit));
    }
    return keep(kept);
  }

  private static void addIf(Set<RevId> set, RevId rev, boolean wanted) {
    if (wanted) {
      set.add(rev);
    }
  }

  NaiveTree without(Set<RevId> purged) {
    Set<RevId> kept = new HashSet<>();
    for (Leaf leaf : leaves()) {
      if (!purged.contains(leaf.rev())) {
        kept.addAll(ancestors(leaf.rev()).keySet());
      }
    }
    return keep(kept);
  }

  private NaiveTree keep(Set<RevId> kept) {
    NaiveTree tree = new NaiveTree();
    for (RevId rev : kept) {
      TreeSet<RevId> known = new TreeSet<>(parents.getOrDefault(rev, new TreeSet<>()));
      known.retainAll(kept);
      tree.parents.put(rev, known);
      addIf(tree.tombstones, rev, tombstones.contains(rev));
    }
    return tree;
  }

  /** The same facts as a tree that was built by merging. */
  RevTree tree() {
    RevTree tree = RevTree.empty();
    for (Map.Entry<RevId, TreeSet<RevId>> fact : parents.entrySet()) {
      RevId rev = fact.getKey();
      tree = tree.union(RevTree.of(RevPath.of(rev), tombstones.contains(rev)));
      for (RevId parent : fact.getValue()) {
        tree = tree.union(RevTree.of(RevPath.of(rev, parent), tombstones.contains(rev)));
      }
    }
    return tree;
  }
}
