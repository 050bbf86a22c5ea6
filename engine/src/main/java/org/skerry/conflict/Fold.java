package org.skerry.conflict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.conflict.merge.Content;
import org.skerry.conflict.merge.Json;
import org.skerry.conflict.merge.Merged;
import org.skerry.conflict.merge.Merger;
import org.skerry.conflict.merge.Ways;
import org.skerry.revision.RevId;

/**
 * Merges several revisions along the tree: those that parted last first, each group against the
 * revision at which it parted. So what two of three sides have in common is one change and not two.
 */
final class Fold {
  private final Situation situation;
  private final Ways ways;

  Fold(Situation situation, Ways ways) {
    this.situation = situation;
    this.ways = ways;
  }

  /** The ancestor of some revisions. */
  record Ancestor(Optional<RevId> rev, Optional<Content> content) {}

  /**
   * Merges.
   *
   * @param revs at least one, newest first
   * @return nothing when the content of one of them is not here
   */
  Optional<Merged> merge(List<RevId> revs) {
    if (revs.size() == 1) {
      return situation
          .content(revs.getFirst())
          .map(content -> new Merged(content.document(), List.of(), java.util.Set.of()));
    }
    Ancestor ancestor = ancestor(revs);
    List<Json> sides = new ArrayList<>();
    List<Merged> parts = new ArrayList<>();
    for (List<RevId> group : groups(revs, ancestor.rev())) {
      Optional<Merged> part = merge(group);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
      sides.add(part.get().document());
    }
    Merged whole = Merger.merge(ancestor.content().map(Content::document), sides, ways);
    List<org.skerry.conflict.merge.Decision> decisions = new ArrayList<>(whole.decisions());
    parts.forEach(part -> decisions.addAll(part.decisions()));
    return Optional.of(new Merged(whole.document(), decisions, whole.unused()));
  }

  /** Whether the revisions part at one place, so that they can be merged at once. */
  boolean isStar(List<RevId> revs) {
    return groups(revs, ancestor(revs).rev()).size() == revs.size();
  }

  /**
   * The newest revision from which all descend. Revisions that were created apart have an ancestor
   * without content: a document that did not exist.
   */
  Ancestor ancestor(List<RevId> revs) {
    Optional<RevId> rev = situation.commonAncestor(revs);
    if (rev.isPresent()) {
      Optional<Content> content =
          situation.tree().isTombstone(rev.get())
              ? Optional.of(Content.NONE)
              : situation.content(rev.get());
      return new Ancestor(rev, content);
    }
    boolean apart = situation.isWhole(revs);
    return new Ancestor(rev, apart ? Optional.of(Content.NONE) : Optional.empty());
  }

  /** The revisions by the branch on which they left the ancestor, the group of the newest first. */
  private List<List<RevId>> groups(List<RevId> revs, Optional<RevId> ancestor) {
    Map<RevId, List<RevId>> groups = new HashMap<>();
    for (RevId rev : revs) {
      List<RevId> path = situation.path(rev);
      int at = ancestor.map(path::indexOf).orElse(path.size());
      groups.computeIfAbsent(path.get(Math.max(0, at - 1)), key -> new ArrayList<>()).add(rev);
    }
    return groups.values().stream()
        .sorted(Comparator.comparing(List<RevId>::getFirst, Comparator.reverseOrder()))
        .toList();
  }
}
