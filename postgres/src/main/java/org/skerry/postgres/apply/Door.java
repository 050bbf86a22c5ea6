package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skerry.postgres.capture.Gate;

/**
 * Shows documents in tables that are not written by SQL. Called by the one thread that applies,
 * outside of a transaction; what it did stands in the book when it returns, and it takes {@link
 * org.skerry.postgres.book.Turns} for that. Documents come parents first, with those that go last.
 */
@FunctionalInterface
public interface Door {
  /** What became of a document. */
  sealed interface Outcome {
    /** Its row shows it. */
    record Shown() implements Outcome {}

    /** It refers to documents that are no rows here. */
    record Lacks(Set<String> names) implements Outcome {
      public Lacks {
        names = Set.copyOf(names);
      }
    }

    /** The application does not take it. */
    record Refused(Reason reason, String detail) implements Outcome {}
  }

  /**
   * Shows documents.
   *
   * @param gate to be passed before anything is written, and not while alone with the book
   * @return one outcome a document, by its id
   * @throws SQLException when the database cannot be reached; what was done stays done
   */
  Map<String, Outcome> show(Connection connection, List<Showing> documents, Gate gate)
      throws SQLException, InterruptedException;
}
