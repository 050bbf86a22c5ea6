package org.skerry.postgres.row;

import java.util.Optional;

/** What rows are called everywhere. */
@FunctionalInterface
public interface Names {
  /** The id of the document that a row is; nothing when it is none. */
  Optional<String> name(RowRef row);
}
