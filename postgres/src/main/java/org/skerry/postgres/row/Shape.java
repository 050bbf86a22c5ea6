package org.skerry.postgres.row;

import java.util.Map;
import java.util.Optional;

/**
 * What a live table is made of.
 *
 * @param types its columns' types by PostgreSQL's short names: {@code int4}, {@code varchar}
 */
public record Shape(Map<String, String> types) {
  public Shape {
    types = Map.copyOf(types);
  }

  /** A column's type, if there is such a column. */
  public Optional<String> type(String column) {
    return Optional.ofNullable(types.get(column));
  }
}
