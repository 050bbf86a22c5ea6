package org.skerry.postgres.row;

import java.util.Optional;
import org.skerry.postgres.mapping.Column;

/**
 * A row of one database.
 *
 * @param id its key's text there
 */
public record RowRef(String table, String id) {
  /** The row that a column's text means, if it means any. */
  public static Optional<RowRef> of(Column column, String text) {
    return AnyReferences.reference(column, text);
  }
}
