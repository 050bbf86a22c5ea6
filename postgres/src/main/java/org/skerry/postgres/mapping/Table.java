package org.skerry.postgres.mapping;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table whose rows are documents of one type.
 *
 * @param type what stands before the slash of its documents' ids
 * @param key the column with the local id, or the columns that are one together
 * @param columns by member
 * @param local columns that stay at home
 * @param stamps by column
 * @param orphans what becomes of its rows whose parents were deleted elsewhere
 * @param batch how many documents at most become rows in one transaction
 * @param scope which sites get its documents: a scope rule without `type` and `selector`, as JSON
 * @param policy how its conflicts are settled: a policy's rule without `name`, `type` and
 *     `selector`, as JSON
 */
public record Table(
    String name,
    String type,
    Mode mode,
    Key key,
    RowName rowName,
    List<Column> columns,
    Set<String> local,
    Map<String, Stamp> stamps,
    Deletion deletion,
    List<Collision> collisions,
    Via via,
    Orphans orphans,
    int batch,
    Optional<String> scope,
    Optional<String> policy) {
  /** The old engine's, and good enough since. */
  public static final int USUAL_BATCH = 1_000;

  public Table {
    // Whatever the order in which a mapping names them, the same row must give the same bytes.
    columns = columns.stream().sorted(Comparator.comparing(Column::member)).toList();
    local = Set.copyOf(local);
    stamps = Map.copyOf(stamps);
    collisions = List.copyOf(collisions);
  }

  /** The column of that name, if it is mapped. */
  public Optional<Column> column(String wanted) {
    return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
  }

  /** The tables that its rows refer to. */
  public Set<String> parents() {
    Set<String> found = new TreeSet<>();
    for (Column column : columns) {
      switch (column.content()) {
        case Column.Value value -> {}
        case Column.Reference(String target) -> found.add(target);
        case Column.AnyReference(Map<String, String> tables) -> found.addAll(tables.values());
      }
    }
    return found;
  }
}
