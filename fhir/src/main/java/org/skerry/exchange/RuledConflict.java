package org.skerry.exchange;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.skerry.conflict.Desk.Wish;
import org.skerry.conflict.SettleResult;
import org.skerry.database.Author;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/**
 * Settles a conflict at once where a partner's rule says how, at the conflict desk: what is set
 * aside stands there, and can be brought back.
 */
final class RuledConflict {
  private final Run run;

  RuledConflict(Run run) {
    this.run = run;
  }

  /**
   * Settles it.
   *
   * @param live all leaves that live
   * @param theirs the partner's version
   * @return what the document says now; nothing when people have to settle it
   */
  Optional<RevId> settle(ConflictRule rule, DocId id, List<RevId> live, RevId theirs) {
    if (rule == ConflictRule.KEEP || !live.contains(theirs)) {
      return Optional.empty();
    }
    Optional<RevId> taken =
        rule == ConflictRule.THEIRS
            ? Optional.of(theirs)
            : live.stream().filter(rev -> !rev.equals(theirs)).findFirst();
    Wish wish =
        new Wish(
            id,
            Optional.of(new HashSet<>(live)),
            Author.SYSTEM,
            Optional.of("exchange with " + run.partner().name() + ": " + rule.text()));
    return taken
        .map(rev -> run.desk().choose(wish, rev))
        .flatMap(
            result ->
                result instanceof SettleResult.Done done
                    ? Optional.of(done.into())
                    : Optional.empty());
  }
}
