package org.skerry.conflict;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.revision.RevId;

/**
 * Which edits a revision contains. The tree gives a revision one parent; the marks on tombstones
 * give a settlement the others. So a document's history is a graph as in other version systems, and
 * what is in both of two leaves is not merged a second time.
 *
 * <p>A revision that a policy made holds nothing but what it was made of. So of several such
 * revisions that nodes made of overlapping leaves at the same time, one that contains all of
 * another one's origins replaces it. A revision that a person made, by editing or by settling,
 * always stands for itself.
 */
final class Lineage {
  private final Situation situation;
  private final Map<RevId, Set<RevId>> closures = new HashMap<>();

  Lineage(Situation situation) {
    this.situation = situation;
  }

  /**
   * What is to be merged.
   *
   * @param contributions some of the live leaves, newest first
   * @param overlaps whether some edit is in two of them that the tree shows in one only
   */
  record Sources(List<RevId> contributions, boolean overlaps) {}

  /** A revision and everything that it contains. */
  Set<RevId> closure(RevId rev) {
    return closures.computeIfAbsent(rev, this::findClosure);
  }

  private Set<RevId> findClosure(RevId rev) {
    Set<RevId> found = new HashSet<>();
    Deque<RevId> open = new ArrayDeque<>(List.of(rev));
    while (!open.isEmpty()) {
      for (RevId at : situation.path(open.pop())) {
        if (found.add(at)) {
          inputs(at).forEach(open::push);
        }
      }
    }
    return found;
  }

  /** The leaves that were settled into a revision. */
  private List<RevId> inputs(RevId into) {
    return situation.settled().stream()
        .filter(mark -> mark.into().equals(into))
        .map(Mark.Settled::leaf)
        .distinct()
        .toList();
  }

  /** The policy that made a revision; nothing for one that a person made. */
  Optional<By.Rule> maker(RevId rev) {
    Optional<RevId> parent = situation.tree().parent(rev);
    List<Mark.Settled> marks =
        situation.settled().stream().filter(mark -> mark.into().equals(rev)).toList();
    boolean follows = marks.stream().anyMatch(mark -> Optional.of(mark.leaf()).equals(parent));
    boolean person = marks.stream().anyMatch(mark -> mark.by() instanceof By.Person);
    return follows && !person
        ? marks.stream()
            .map(Mark.Settled::by)
            .filter(By.Rule.class::isInstance)
            .map(By.Rule.class::cast)
            .max(Comparator.comparing(By.Rule::version))
        : Optional.empty();
  }

  /** How many revisions in a row, up to this one, policies made. */
  int streak(RevId rev) {
    int streak = 0;
    for (RevId at : situation.path(rev)) {
      if (maker(at).isEmpty()) {
        return streak;
      }
      streak++;
    }
    return streak;
  }

  /** What policies made a revision of; a person's revision is its own origin. */
  private Set<RevId> origins(RevId rev) {
    Set<RevId> origins = new LinkedHashSet<>();
    Set<RevId> seen = new HashSet<>();
    Deque<RevId> open = new ArrayDeque<>(List.of(rev));
    while (!open.isEmpty()) {
      RevId at = open.pop();
      if (seen.add(at)) {
        if (maker(at).isPresent()) {
          inputs(at).forEach(open::push);
        } else {
          origins.add(at);
        }
      }
    }
    return origins;
  }

  /** Decides what is merged. */
  Sources sources() {
    List<RevId> live = situation.live();
    List<RevId> left =
        live.stream()
            .filter(one -> live.stream().noneMatch(other -> replaces(other, one)))
            .toList();
    boolean overlaps =
        left.stream()
            .anyMatch(
                one -> left.stream().anyMatch(other -> !other.equals(one) && shares(one, other)));
    return new Sources(left, overlaps);
  }

  /** Whether all that policies made one of is in the other. Of two that are alike, one stays. */
  private boolean replaces(RevId other, RevId one) {
    Optional<By.Rule> maker = maker(one);
    if (other.equals(one) || maker.isEmpty() || !closure(other).containsAll(origins(one))) {
      return false;
    }
    Optional<By.Rule> otherMaker = maker(other);
    boolean alike = otherMaker.isPresent() && closure(one).containsAll(origins(other));
    if (!alike) {
      return true;
    }
    int versions = otherMaker.get().version().compareTo(maker.get().version());
    return versions != 0 ? versions > 0 : other.compareTo(one) > 0;
  }

  /** Whether the other contains something of this one that the tree does not tell of. */
  private boolean shares(RevId one, RevId other) {
    Set<RevId> hidden = new HashSet<>(closure(one));
    hidden.removeAll(situation.path(one));
    hidden.removeAll(
        situation.commonAncestor(List.of(one, other)).map(this::closure).orElse(Set.of()));
    hidden.retainAll(closure(other));
    return !hidden.isEmpty();
  }
}
