package org.skerry.postgres.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.postgres.row.Shape;

/**
 * A table as it is.
 *
 * @param primaryKey its columns, in their order
 * @param uniques what may not come twice, primary keys left out
 * @param ours whether the login owns it, itself or by a role
 * @param readable whether the login may read it
 * @param writable whether the login may read and write it
 * @param unlogged whether PostgreSQL's log does not say which row was changed or deleted
 * @param logged the columns by which PostgreSQL's log says that
 * @param deferred whether two rows may have one primary key until a statement or transaction ends
 */
public record LiveTable(
    String name,
    List<LiveColumn> columns,
    List<String> primaryKey,
    List<ForeignKey> foreignKeys,
    List<Unique> uniques,
    boolean ours,
    boolean readable,
    boolean writable,
    boolean unlogged,
    Set<String> logged,
    boolean deferred) {
  /**
   * A reference to another table.
   *
   * @param target the table; its schema too where that is another one
   */
  public record ForeignKey(String name, List<String> columns, String target, List<String> keys) {
    public ForeignKey {
      columns = List.copyOf(columns);
      keys = List.copyOf(keys);
    }
  }

  /**
   * Columns that are unique together.
   *
   * @param columns none where they are unique together with expressions
   * @param said the rule as PostgreSQL spells it
   * @param whole whether that holds of all rows
   */
  public record Unique(String name, List<String> columns, String said, boolean whole) {
    public Unique {
      columns = List.copyOf(columns);
    }
  }

  public LiveTable {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    foreignKeys = List.copyOf(foreignKeys);
    uniques = List.copyOf(uniques);
    logged = Set.copyOf(logged);
  }

  /** The column of that name, if there is one. */
  public Optional<LiveColumn> column(String wanted) {
    return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
  }

  /** The columns' types. */
  public Shape shape() {
    Map<String, String> types = new HashMap<>();
    columns.forEach(column -> types.put(column.name(), column.type()));
    return new Shape(types);
  }
}
