package org.skerry.postgres.row;

import java.util.Optional;
import java.util.function.Function;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Table;

/**
 * A row of one database.
 *
 * @param id its {@linkplain org.skerry.postgres.mapping.Key key's} text there
 */
public record RowRef(String table, String id) {
  /** The row that a column's text means, if it means any. */
  public static Optional<RowRef> of(Column column, String text) {
    return AnyReferences.reference(column, text);
  }

  /**
   * The row of a table in whose columns this stands; nothing where that does not tell its key.
   *
   * @param texts by column
   */
  public static Optional<RowRef> of(Table table, Function<String, Optional<String>> texts) {
    return table.key().id(texts).map(id -> new RowRef(table.name(), id));
  }
}
