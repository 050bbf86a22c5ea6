package org.skerry.postgres.row;

import java.util.Optional;

/** Which rows documents are here. */
@FunctionalInterface
public interface LocalIds {
  /** The row that is a document; nothing when there is none (yet). */
  Optional<RowRef> row(String name);
}
