package org.skerry.conflict.merge;

import java.util.List;
import java.util.Set;

/**
 * What a merge came to.
 *
 * @param document members and {@code _attachments}
 * @param unused places of choices that no member of any side has
 */
public record Merged(Json document, List<Decision> decisions, Set<Pointer> unused) {
  public Merged {
    decisions = List.copyOf(decisions);
    unused = Set.copyOf(unused);
  }

  /** Whether no person is needed. */
  public boolean isComplete() {
    return decisions.stream().noneMatch(Decision::open);
  }

  /** The places about which a person must decide. */
  public List<String> open() {
    return decisions.stream()
        .filter(Decision::open)
        .map(decision -> decision.place().toString())
        .distinct()
        .toList();
  }
}
