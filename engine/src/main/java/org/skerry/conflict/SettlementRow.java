package org.skerry.conflict;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/**
 * One settlement.
 *
 * @param into the revision that continues the document; the settlement's name
 * @param seen when this node saw it
 * @param undone by whom, if somebody did
 */
public record SettlementRow(
    DocId id, RevId into, By by, Instant seen, List<Mark.Settled> leaves, Optional<By> undone) {
  public SettlementRow {
    leaves = List.copyOf(leaves);
  }

  /** What a document's tombstones tell of a settlement; nothing when they are gone. */
  static Optional<SettlementRow> of(Situation situation, RevId into, Instant seen) {
    List<Mark.Settled> marks =
        situation.settled().stream()
            .filter(mark -> mark.into().equals(into))
            .sorted(Comparator.comparing(Mark.Settled::leaf).reversed())
            .toList();
    Optional<By> undone =
        situation.undone().stream()
            .filter(mark -> mark.into().equals(into))
            .map(Mark.Undone::by)
            .findFirst();
    // A person counts for more, when both came to the same.
    return marks.stream()
        .map(Mark.Settled::by)
        .max(Comparator.comparing(by -> by instanceof By.Person))
        .map(by -> new SettlementRow(situation.id(), into, by, seen, marks, undone));
  }
}
