package org.skerry.store.subset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;

/**
 * What is kept of one document: its labels, who has it, and what is special in some feeds. {@link
 * ScopeRecord} writes it down.
 *
 * @param united the labels of all live leaves; of all leaves where none lives
 * @param leaves placements by leaf, where there are several. The only leaf has the united one,
 *     whatever the leaf's name: so that an update need not touch this record
 * @param granted who has it whatever its labels say
 * @param stays in the order of their feeds. One of them that did not leave is of a feed that is in
 *     the audience, or of one whose site reads the document with everyone
 */
record Scope(
    Placement united,
    Map<RevId, Placement> leaves,
    Audience audience,
    Audience granted,
    List<Stay> stays) {
  static final Scope NONE =
      new Scope(Placement.NONE, Map.of(), Audience.NOBODY, Audience.NOBODY, List.of());

  Scope {
    leaves = Map.copyOf(leaves);
    stays = List.copyOf(stays);
  }

  boolean isEmpty() {
    return united.labels().isEmpty()
        && leaves.isEmpty()
        && audience.isEmpty()
        && granted.isEmpty()
        && stays.isEmpty();
  }

  /** Whether it goes where other documents go. */
  boolean refers() {
    return Meaning.refers(united);
  }

  /** The placements by leaf, given the leaves to which this belongs. */
  Map<RevId, Placement> byLeaf(List<Leaf> standing) {
    return leaves.isEmpty() && !standing.isEmpty()
        ? Map.of(standing.getFirst().rev(), united)
        : leaves;
  }

  static Placement united(List<Leaf> standing, Map<RevId, Placement> placements) {
    if (standing.size() == 1) {
      return placements.getOrDefault(standing.getFirst().rev(), Placement.NONE);
    }
    boolean lives = standing.stream().anyMatch(leaf -> !leaf.deleted());
    return standing.stream()
        .filter(leaf -> !lives || !leaf.deleted())
        .map(leaf -> placements.getOrDefault(leaf.rev(), Placement.NONE))
        .reduce(Placement::and)
        .orElse(Placement.NONE);
  }

  Optional<Stay> stay(int feed) {
    for (Stay stay : stays) {
      if (stay.feed() == feed) {
        return Optional.of(stay);
      }
    }
    return Optional.empty();
  }

  /** Where the document's row in a feed of its audience stands. */
  long seqIn(int feed, long lastChange) {
    return stay(feed).map(Stay::seq).filter(seq -> seq > 0).orElse(lastChange);
  }

  /** How the document stands to a site: its own feed's word before everyone's. */
  Standing standing(int feed) {
    Optional<Stay> own = stay(feed);
    if (audience.contains(feed)) {
      return inside(own, own);
    }
    Optional<Stay> all = stay(Audience.EVERYONE);
    if (audience.contains(Audience.EVERYONE)) {
      return inside(all, own.or(() -> all));
    }
    return own.or(() -> all)
        .filter(Stay::left)
        .<Standing>map(stay -> new Standing.Left(stay.seq(), stay.echoes()))
        .orElseGet(Standing.Outside::new);
  }

  private static Standing inside(Optional<Stay> row, Optional<Stay> told) {
    return new Standing.Inside(
        row.map(Stay::seq).orElse(0L), told.map(Stay::echoes).orElse(List.of()));
  }
}
