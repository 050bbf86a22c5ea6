package org.skerry.postgres.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.mapping.Collision;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Deletion;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Mode;
import org.skerry.postgres.mapping.Orphans;
import org.skerry.postgres.mapping.RowName;
import org.skerry.postgres.mapping.Stamp;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.schema.LiveTable.ForeignKey;
import org.skerry.postgres.schema.LiveTable.Unique;

/** Compares one table of a mapping with what it is. */
final class TableCheck {
  private final Connection connection;
  private final Mapping mapping;
  private final Table table;
  private final LiveTable live;
  private final Map<String, LiveTable> tables;
  private final Remarks remarks;

  TableCheck(
      Connection connection,
      Mapping mapping,
      Table table,
      LiveTable live,
      Map<String, LiveTable> tables,
      List<Finding> findings) {
    this.connection = connection;
    this.mapping = mapping;
    this.table = table;
    this.live = live;
    this.tables = tables;
    this.remarks = new Remarks(table.name(), findings);
  }

  private void fault(String column, String what) {
    remarks.fault(column, what);
  }

  private void note(String column, String what) {
    remarks.note(column, what);
  }

  void run() throws SQLException {
    rights();
    KeyCheck key = new KeyCheck(mapping, table, live, remarks);
    boolean hasKey = key.run();
    columns();
    unmapped();
    references();
    key.foreignKeys();
    orphans();
    rowName(hasKey);
    stamps();
    deletion();
    collisions();
  }

  private void rights() {
    if (!live.readable()) {
      fault("", "the login may not read it: GRANT SELECT");
    } else if (table.mode().pulls() && !live.writable()) {
      fault("", "the login may not write it: GRANT INSERT, UPDATE, DELETE; or choose mode push");
    }
  }

  private void columns() {
    for (Column column : table.columns()) {
      Optional<LiveColumn> there = live.column(column.name());
      if (there.isEmpty()) {
        fault(column.name(), "is mapped, and there is no such column");
      } else if (there.get().generated() && table.mode().pulls()) {
        note(column.name(), "is computed from other columns, and is never written");
      }
    }
    for (String local : table.local()) {
      if (live.column(local).isEmpty()) {
        note(local, "is said to be local, and there is no such column");
      }
    }
  }

  private void unmapped() {
    if (table.mode() == Mode.NONE) {
      return;
    }
    for (LiveColumn column : live.columns()) {
      String name = column.name();
      boolean said =
          table.column(name).isPresent()
              || table.local().contains(name)
              || table.stamps().containsKey(name)
              || table.key().has(name);
      boolean filled = column.filled().isPresent() || column.generated() || !column.notNull();
      boolean stamped =
          Optional.ofNullable(table.stamps().get(name)).flatMap(Stamp::insert).isPresent();
      if (table.mode().pulls()
          && !filled
          && !stamped
          && table.column(name).isEmpty()
          && !table.key().has(name)) {
        fault(
            name,
            "must not be NULL, has no default and is not mapped: no row can be made; map it or"
                + " stamp it");
      } else if (!said) {
        note(name, "is neither mapped nor local: what stands in it stays at home");
      }
    }
  }

  private void references() {
    for (Column column : table.columns()) {
      Optional<ForeignKey> key =
          live.foreignKeys().stream()
              .filter(one -> one.columns().equals(List.of(column.name())))
              .findFirst();
      switch (column.content()) {
        case Column.Value ignored ->
            key.filter(one -> !isNamedBy(one))
                .ifPresent(
                    one ->
                        fault(
                            column.name(),
                            "is a foreign key of "
                                + one.target()
                                + " and mapped as a value: local ids mean nothing elsewhere; map"
                                + " it under `references`"));
        case Column.Reference(String target) -> reference(column.name(), target, key);
        case Column.AnyReference(Map<String, String> targets) ->
            targets.values().stream()
                .filter(target -> !tables.containsKey(target))
                .forEach(
                    target -> fault(column.name(), "refers to " + target + ", and there is none"));
      }
    }
  }

  /** Keys that are the same everywhere may travel as they are. */
  private boolean isNamedBy(ForeignKey key) {
    return mapping
        .table(key.target())
        .map(Table::rowName)
        .filter(name -> name instanceof RowName.Natural(List<String> of) && of.equals(key.keys()))
        .isPresent();
  }

  private void reference(String column, String target, Optional<ForeignKey> key) {
    if (key.isPresent() && !key.get().target().equals(target)) {
      fault(column, "refers to " + key.get().target() + ", and is mapped to " + target);
      return;
    }
    Optional<Table> other = mapping.table(target);
    if (key.isPresent() && other.isPresent() && !other.get().key().is(key.get().keys())) {
      fault(
          column,
          "refers to "
              + target
              + "."
              + key.get().keys()
              + ", and the mapping has "
              + other.get().key()
              + " as that table's key");
    }
    if (table.mode() == Mode.BOTH || table.mode() == Mode.PULL) {
      boolean comes =
          other
              .filter(one -> one.mode().pulls() || !(one.rowName() instanceof RowName.Uuid))
              .isPresent();
      if (!comes) {
        note(
            column,
            "refers to "
                + target
                + ", whose documents do not become rows here: rows that refer to others' wait");
      }
    }
  }

  private void orphans() {
    if (table.orphans() == Orphans.WAIT) {
      return;
    }
    for (String parent : table.parents()) {
      boolean stays =
          mapping
              .table(parent)
              .filter(other -> other.deletion() instanceof Deletion.Soft)
              .isPresent();
      if (stays) {
        note(
            "",
            "refers to "
                + parent
                + ", whose rows stay when they are deleted: `orphans` does nothing there");
      }
    }
  }

  private void rowName(boolean hasKey) throws SQLException {
    switch (table.rowName()) {
      case RowName.Uuid uuid -> {}
      case RowName.Natural(List<String> columns) -> {
        if (columns.stream().allMatch(one -> live.column(one).isPresent()) && hasKey) {
          naturalName(columns);
        }
      }
      case RowName.Listed listed -> {
        LiveTable list = tables.get(listed.table());
        List<String> needed = new ArrayList<>(listed.columns());
        needed.add(listed.key());
        needed.addAll(listed.where().keySet());
        if (list == null) {
          fault("", "has its names in " + listed.table() + ", and there is none");
        } else {
          needed.stream()
              .filter(one -> list.column(one).isEmpty())
              .forEach(
                  one ->
                      fault("", "has its names in " + listed.table() + ", without column " + one));
        }
      }
    }
  }

  private void naturalName(List<String> columns) throws SQLException {
    boolean unique =
        live.primaryKey().size() == columns.size()
            && Set.copyOf(live.primaryKey()).equals(Set.copyOf(columns));
    for (Unique one : live.uniques()) {
      unique |= one.whole() && !one.columns().isEmpty() && columns.containsAll(one.columns());
    }
    String names = String.join(", ", columns.stream().map(Sql::name).toList());
    String sql =
        "SELECT count(*) FROM (SELECT 1 FROM "
            + Sql.name(mapping.schema(), table.name())
            + " GROUP BY "
            + names
            + " HAVING count(*) > 1) AS twice";
    long twice = live.readable() ? count(sql) : 0;
    if (twice > 0) {
      note(
          "",
          twice
              + " names made of "
              + columns
              + " belong to several rows: the first has the name, others a UUID");
    } else if (!unique) {
      note("", "no rule keeps names made of " + columns + " from coming twice");
    }
  }

  private long count(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      return results.next() ? results.getLong(1) : 0;
    }
  }

  private void stamps() throws SQLException {
    for (Map.Entry<String, Stamp> stamp : table.stamps().entrySet()) {
      Optional<LiveColumn> column = live.column(stamp.getKey());
      if (column.isEmpty()) {
        fault(stamp.getKey(), "is to be stamped, and there is no such column");
        continue;
      }
      for (Optional<Stamp.Value> value :
          List.of(stamp.getValue().insert(), stamp.getValue().update())) {
        if (value.isPresent() && value.get() instanceof Stamp.Value.Fixed(String text)) {
          fits(stamp.getKey(), column.get(), text);
        }
      }
    }
  }

  private void fits(String name, LiveColumn column, String text) throws SQLException {
    connection.setAutoCommit(false);
    Savepoint savepoint = connection.setSavepoint();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT ?::text::" + column.cast())) {
      statement.setString(1, text);
      statement.executeQuery().close();
    } catch (SQLException e) {
      connection.rollback(savepoint);
      fault(name, "cannot hold `" + text + "`: it is a column of type " + column.type());
      return;
    }
    connection.rollback(savepoint);
  }

  private void deletion() throws SQLException {
    if (table.deletion() instanceof Deletion.Soft(String column, String value)) {
      Optional<LiveColumn> there = live.column(column);
      if (there.isEmpty()) {
        fault(column, "says that a row is deleted, and there is no such column");
      } else {
        fits(column, there.get(), value);
      }
    }
  }

  private void collisions() throws SQLException {
    for (Collision collision : table.collisions()) {
      collision.columns().stream()
          .filter(column -> live.column(column).isEmpty())
          .forEach(column -> fault(column, "is in `collisions`, and there is no such column"));
    }
    new SequenceCheck(connection, mapping.schema(), table, live).run(this::fault, this::note);
    if (!table.mode().pulls()) {
      return;
    }
    for (Unique unique : live.uniques()) {
      boolean named =
          table.rowName() instanceof RowName.Natural(List<String> columns)
              && Set.copyOf(columns).equals(Set.copyOf(unique.columns()));
      boolean ruled =
          table.collisions().stream()
              .anyMatch(one -> Set.copyOf(one.columns()).equals(Set.copyOf(unique.columns())));
      if (!named && !ruled) {
        note(
            "",
            "has no rule for collisions of "
                + unique.columns()
                + " ("
                + unique.name()
                + "): documents that collide wait for a person");
      }
    }
  }
}
