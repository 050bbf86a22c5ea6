package org.skerry.conflict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.skerry.conflict.merge.Content;
import org.skerry.conflict.merge.Decision;
import org.skerry.conflict.merge.Json;
import org.skerry.conflict.merge.Merged;
import org.skerry.conflict.merge.Merger;
import org.skerry.conflict.merge.Ways;
import org.skerry.revision.RevId;

/**
 * Merges revisions of which some share edits: two by two, each time against what both contain. What
 * both contain may be several revisions of which none contains the others, when settlements
 * crossed; then those are merged first, in the same way, as other version systems do. So every edit
 * counts once, whoever settled what before.
 */
final class Fold {
  /** Deeper crossings are a person's. */
  private static final int DEEPEST = 40;

  private final Situation situation;
  private final Lineage lineage;
  private final Ways ways;

  /** What was merged already, by what it contains. */
  private final Map<Set<RevId>, Optional<Json>> bases = new HashMap<>();

  /** Whether some ancestor's content was missed. */
  private boolean lacking;

  Fold(Situation situation, Lineage lineage, Ways ways) {
    this.situation = situation;
    this.lineage = lineage;
    this.ways = ways;
  }

  /** The newest common ancestor by the tree. */
  record Ancestor(Optional<RevId> rev, Optional<Content> content) {}

  /** A side, which may be several that were merged. */
  private record Side(Set<RevId> closure, Json document) {}

  /**
   * Merges.
   *
   * @param revs at least one, newest first
   * @return nothing when the content of one of them is not here
   */
  Optional<Merged> merge(List<RevId> revs) {
    return merge(revs, 0);
  }

  private Optional<Merged> merge(List<RevId> revs, int depth) {
    Optional<Side> first = side(revs.getFirst());
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Side merged = first.get();
    List<Decision> decisions = new ArrayList<>();
    for (RevId rev : revs.subList(1, revs.size())) {
      Optional<Side> next = side(rev);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      Set<RevId> shared = new HashSet<>(merged.closure);
      shared.retainAll(next.get().closure);
      Merged step =
          Merger.merge(
              base(shared, revs, depth), List.of(merged.document, next.get().document), ways);
      decisions.addAll(step.decisions());
      Set<RevId> closure = new HashSet<>(merged.closure);
      closure.addAll(next.get().closure);
      merged = new Side(closure, step.document());
    }
    return Optional.of(new Merged(merged.document, decisions, Set.of()));
  }

  /** Whether less was decided because the content of an ancestor is not here. */
  boolean isLacking() {
    return lacking;
  }

  private Optional<Side> side(RevId rev) {
    return situation
        .content(rev)
        .map(content -> new Side(lineage.closure(rev), content.document()));
  }

  /** What two sides have in common, as one document. */
  private Optional<Json> base(Set<RevId> shared, List<RevId> revs, int depth) {
    Optional<Json> known = bases.get(shared);
    if (known == null) {
      known = makeBase(shared, revs, depth);
      lacking |= known.isEmpty();
      bases.put(shared, known);
    }
    return known;
  }

  private Optional<Json> makeBase(Set<RevId> shared, List<RevId> revs, int depth) {
    if (shared.isEmpty()) {
      return situation.isWhole(revs) ? Optional.of(Json.Members.NONE) : Optional.empty();
    }
    List<RevId> newest = newest(shared);
    if (newest.size() == 1) {
      return baseContent(newest.getFirst()).map(Content::document);
    }
    return depth == DEEPEST
        ? Optional.empty()
        : merge(newest, depth + 1).filter(Merged::isComplete).map(Merged::document);
  }

  /** Those that no other contains. What a settlement contains is of a lower generation. */
  private List<RevId> newest(Set<RevId> shared) {
    List<RevId> newest = new ArrayList<>();
    Set<RevId> left = new TreeSet<>(Comparator.reverseOrder());
    left.addAll(shared);
    while (!left.isEmpty()) {
      RevId next = left.iterator().next();
      newest.add(next);
      left.remove(next);
      left.removeAll(lineage.closure(next));
    }
    return newest;
  }

  /** A revision by which a document was deleted is an ancestor without content. */
  private Optional<Content> baseContent(RevId rev) {
    return situation.tree().isTombstone(rev) ? Optional.of(Content.NONE) : situation.content(rev);
  }

  /** The newest revision from which all descend by the tree. */
  Ancestor ancestor(List<RevId> revs) {
    Optional<RevId> rev = situation.commonAncestor(revs);
    if (rev.isPresent()) {
      return new Ancestor(rev, baseContent(rev.get()));
    }
    boolean apart = situation.isWhole(revs);
    return new Ancestor(rev, apart ? Optional.of(Content.NONE) : Optional.empty());
  }

  /** Whether the revisions part at one place by the tree, so that they can be merged at once. */
  boolean isStar(List<RevId> revs) {
    Optional<RevId> ancestor = situation.commonAncestor(revs);
    Set<RevId> branches = new HashSet<>();
    for (RevId rev : revs) {
      List<RevId> path = situation.path(rev);
      int at = ancestor.map(path::indexOf).orElse(path.size());
      branches.add(path.get(Math.max(0, at - 1)));
    }
    return branches.size() == revs.size();
  }
}
