package org.skerry.postgres.schema;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.postgres.schema.LiveTable.ForeignKey;

/**
 * Which table's rows a column alone means. A foreign key of several columns means a row by all of
 * them together; by itself each of them means what it means in that row: an order's line has its
 * order's id, and so has what refers to the line.
 */
final class Reference {
  private Reference() {}

  /** The table of whose single key a column is, if it is any's. */
  static Optional<String> of(Map<String, LiveTable> tables, LiveTable table, String column) {
    return of(tables, table, column, new HashSet<>());
  }

  private static Optional<String> of(
      Map<String, LiveTable> tables, LiveTable table, String column, Set<String> passed) {
    if (!passed.add(table.name() + "." + column)) {
      return Optional.empty();
    }
    Optional<String> own =
        table.foreignKeys().stream()
            .filter(key -> key.columns().size() == 1 && key.columns().getFirst().equals(column))
            .filter(key -> isKey(tables, key))
            .map(ForeignKey::target)
            .findFirst();
    if (own.isPresent()) {
      return own;
    }
    for (ForeignKey key : table.foreignKeys()) {
      int at = key.columns().indexOf(column);
      LiveTable target = tables.get(key.target());
      if (key.columns().size() > 1 && at >= 0 && target != null) {
        Optional<String> inherited = of(tables, target, key.keys().get(at), passed);
        if (inherited.isPresent()) {
          return inherited;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isKey(Map<String, LiveTable> tables, ForeignKey key) {
    return Optional.ofNullable(tables.get(key.target()))
        .filter(target -> target.primaryKey().equals(key.keys()))
        .isPresent();
  }
}
