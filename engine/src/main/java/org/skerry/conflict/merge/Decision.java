package org.skerry.conflict.merge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of a member in which the sides differ.
 *
 * @param open whether nobody but a person can decide; the result is the first side's then
 * @param base what the ancestor has
 * @param sides what each side has, in their order
 * @param result what the merge takes
 */
public record Decision(
    Pointer place,
    Way way,
    boolean open,
    Optional<Json> base,
    List<Optional<Json>> sides,
    Optional<Json> result) {
  public Decision {
    sides = List.copyOf(sides);
  }

  /** The sides that have the result. */
  public Set<Integer> from() {
    Set<Integer> from = new TreeSet<>();
    for (int i = 0; i < sides.size(); i++) {
      if (sides.get(i).equals(result)) {
        from.add(i);
      }
    }
    return from;
  }
}
