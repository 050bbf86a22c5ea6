package org.skerry.postgres.schema;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.RowName;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.schema.LiveTable.ForeignKey;

/** Compares what a mapping says of a table's key, and of keys of several columns, with what is. */
final class KeyCheck {
  /** Of these PostgreSQL takes values for equal that it spells in different ways. */
  private static final Set<String> RESPELLED =
      Set.of("numeric", "float4", "float8", "interval", "citext");

  private final Mapping mapping;
  private final Table table;
  private final LiveTable live;
  private final Remarks remarks;

  KeyCheck(Mapping mapping, Table table, LiveTable live, Remarks remarks) {
    this.mapping = mapping;
    this.table = table;
    this.live = live;
    this.remarks = remarks;
  }

  /** Whether there is such a key; what is wrong with it is told. */
  boolean run() {
    List<String> missing =
        table.key().columns().stream().filter(one -> live.column(one).isEmpty()).toList();
    missing.forEach(
        one -> remarks.fault(one, "is to be the key, and there is no such column" + ofSeveral()));
    if (!missing.isEmpty()) {
      return false;
    }
    boolean unique =
        table.key().is(live.primaryKey())
            || live.uniques().stream()
                .anyMatch(one -> one.whole() && table.key().is(one.columns()));
    if (!unique) {
      remarks.fault(
          table.key().isSingle() ? table.key().columns().getFirst() : "",
          (table.key().isSingle() ? "" : "has " + table.key().columns() + ", which ")
              + "is to be the key, and is not unique: the primary key is "
              + live.primaryKey()
              + ofSeveral());
    }
    table.key().columns().forEach(one -> column(live.column(one).orElseThrow()));
    collisions();
    return true;
  }

  /** What to write where the primary key has several columns and the mapping names others. */
  private String ofSeveral() {
    return live.primaryKey().size() < 2 || table.key().is(live.primaryKey())
        ? ""
        : "; name all columns of the primary key: \"key\": "
            + live.primaryKey().stream()
                .map(one -> '"' + one + '"')
                .collect(Collectors.joining(", ", "[", "]"));
  }

  private void column(LiveColumn column) {
    if (table.mode().pulls()
        && column.filled().isEmpty()
        && table.column(column.name()).isEmpty()) {
      remarks.fault(
          column.name(),
          "has no default that gives new rows a key, and is no member of the document");
    }
    if (!table.key().isSingle() && !column.notNull()) {
      remarks.fault(
          column.name(), "is part of the key, and may be NULL: then nothing tells rows apart");
    }
    if (RESPELLED.contains(column.type())) {
      remarks.note(
          column.name(),
          "is the key, or part of it, and of type "
              + column.type()
              + ": values that are equal there and spelled in two ways are two keys here");
    }
  }

  /** Keys of several columns that two places give, where rows have names of other things. */
  private void collisions() {
    boolean named =
        table.rowName() instanceof RowName.Natural(List<String> columns)
            && columns.containsAll(table.key().columns());
    boolean travels = table.key().columns().stream().allMatch(one -> table.column(one).isPresent());
    boolean ruled = table.collisions().stream().anyMatch(one -> table.key().is(one.columns()));
    if (table.mode().pulls() && !table.key().isSingle() && travels && !named && !ruled) {
      remarks.note(
          "",
          "has no rule for collisions of its key "
              + table.key().columns()
              + ": documents that collide wait for a person");
    }
  }

  /** Foreign keys of several columns: each column travels as that table's own does. */
  void foreignKeys() {
    for (ForeignKey key : live.foreignKeys()) {
      Optional<Table> target = mapping.table(key.target());
      if (key.columns().size() > 1 && target.isPresent()) {
        for (int i = 0; i < key.columns().size(); i++) {
          String column = key.columns().get(i);
          String theirs = key.keys().get(i);
          table
              .column(column)
              .ifPresent(ours -> part(ours, target.get(), theirs, target.get().column(theirs)));
        }
      }
    }
  }

  private void part(Column ours, Table target, String name, Optional<Column> theirs) {
    String part = "is part of a foreign key of " + target.name() + ", whose `" + name + "` ";
    switch (ours.content()) {
      case Column.Value value -> {
        if (theirs.isEmpty()) {
          remarks.fault(
              ours.name(),
              part
                  + "does not travel: as a value it means nothing elsewhere; map it there, too, or"
                  + " leave it out");
        } else if (theirs.get().content() instanceof Column.Reference(String parent)) {
          remarks.fault(
              ours.name(),
              part
                  + "refers to "
                  + parent
                  + ", and mapped as a value: local ids mean nothing elsewhere; map it under"
                  + " `references` to "
                  + parent);
        }
      }
      case Column.Reference(String mapped) -> {
        boolean same =
            theirs.filter(one -> one.content().equals(new Column.Reference(mapped))).isPresent();
        if (!same && !mapped.equals(target.name())) {
          remarks.fault(
              ours.name(), part + "is no reference to " + mapped + ", to which this one is mapped");
        }
      }
      case Column.AnyReference any -> {}
    }
  }
}
