package org.skerry.database;

import java.util.List;
import org.skerry.database.WriteGuard.Verdict;
import org.skerry.document.Body;

/** Asks the guards that watch a database about the revisions of one batch. */
final class Inspection {
  private final Database database;
  private final List<WriteGuard> guards;
  private final Author author;

  Inspection(Database database, List<WriteGuard> guards, Author author) {
    this.database = database;
    this.guards = guards;
    this.author = author;
  }

  /** Whether anybody wants to look; otherwise nothing needs to be read for it. */
  boolean isNeeded() {
    return !guards.isEmpty();
  }

  /** Either the body with which a revision may enter, or why it may not. */
  sealed interface Finding {}

  record Allowed(Body body) implements Finding {}

  record Refused(WriteResult.Forbidden result) implements Finding {}

  Finding inspect(ProposedRevision revision) {
    ProposedRevision seen = revision;
    for (WriteGuard guard : guards) {
      switch (guard.judge(database, seen, author)) {
        case Verdict.Pass pass -> {}
        case Verdict.Replace(Body body) -> seen = seen.withBody(body);
        case Verdict.Refuse(String error, String reason) -> {
          return new Refused(new WriteResult.Forbidden(error, reason));
        }
      }
    }
    return new Allowed(seen.body());
  }
}
