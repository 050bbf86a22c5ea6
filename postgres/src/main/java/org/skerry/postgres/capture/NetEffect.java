package org.skerry.postgres.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.postgres.capture.pgoutput.Cell;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.capture.pgoutput.Tuple;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowRef;

/**
 * What a unit's changes come to: a row that was changed several times is told once, one that was
 * made and deleted not at all, and one that was deleted and made again is a changed one. Used once,
 * by one thread.
 */
final class NetEffect {
  private final Mapping mapping;
  private final List<Effect> done = new ArrayList<>();

  /** By the key that each row has at the moment. */
  private final Map<RowRef, Effect> open = new LinkedHashMap<>();

  private int unkeyed;

  NetEffect(Mapping mapping) {
    this.mapping = mapping;
  }

  /** What changes come to. */
  static List<Effect> of(Mapping mapping, List<RowChange> changes) {
    NetEffect net = new NetEffect(mapping);
    changes.forEach(net::add);
    return net.effects();
  }

  List<Effect> effects() {
    List<Effect> effects = new ArrayList<>(done);
    effects.addAll(open.values());
    return effects;
  }

  /** How many changes did not tell which row they are of. */
  int unkeyed() {
    return unkeyed;
  }

  void add(RowChange change) {
    Optional<Table> table = table(change.relation());
    if (table.isEmpty() || !table.get().mode().pushes()) {
      return;
    }
    switch (change) {
      case RowChange.Inserted(Tuple row) -> inserted(table.get(), row);
      case RowChange.Updated(Optional<Tuple> old, Tuple row) -> updated(table.get(), old, row);
      case RowChange.Deleted(Tuple old) ->
          key(table.get(), old).ifPresentOrElse(key -> deleted(table.get(), key), () -> unkeyed++);
      case RowChange.Emptied emptied -> emptied(table.get());
    }
  }

  private Optional<Table> table(Relation relation) {
    return relation.schema().equals(mapping.schema())
        ? mapping.table(relation.name())
        : Optional.empty();
  }

  private static Optional<RowRef> key(Table table, Tuple tuple) {
    return RowRef.of(table, tuple::text);
  }

  private void inserted(Table table, Tuple row) {
    Optional<RowRef> key = key(table, row);
    if (key.isEmpty()) {
      unkeyed++;
      return;
    }
    Optional<RowRef> known =
        open.get(key.get()) instanceof Effect.Gone gone
            ? Optional.of(gone.known())
            : Optional.empty();
    put(table, known, key.get(), row, Map.of());
  }

  private void updated(Table table, Optional<Tuple> old, Tuple row) {
    Optional<RowRef> key = key(table, row);
    if (key.isEmpty()) {
      unkeyed++;
      return;
    }
    RowRef before = old.flatMap(tuple -> key(table, tuple)).orElse(key.get());
    Map<String, Optional<String>> values = new HashMap<>();
    old.filter(tuple -> tuple.relation().identity() == Relation.Identity.FULL)
        .ifPresent(tuple -> values.putAll(columns(tuple)));
    Effect seen = open.remove(before);
    if (open.get(key.get()) instanceof Effect.Gone displaced) {
      // Another row that had this key.
      done.add(displaced);
    }
    Optional<RowRef> known = Optional.of(before);
    if (seen instanceof Effect.Stands stands) {
      known = stands.known();
      values.putAll(stands.values().columns());
    } else if (seen instanceof Effect.Gone gone) {
      known = Optional.of(gone.known());
    }
    put(table, known, key.get(), row, values);
  }

  private void put(
      Table table,
      Optional<RowRef> known,
      RowRef key,
      Tuple row,
      Map<String, Optional<String>> before) {
    Map<String, Optional<String>> values = new HashMap<>(before);
    values.putAll(columns(row));
    open.put(key, new Effect.Stands(table, known, key, new Row(values), row.relation()));
  }

  /** What a tuple tells; long values that did not change are not told. */
  private static Map<String, Optional<String>> columns(Tuple tuple) {
    Map<String, Optional<String>> values = new HashMap<>();
    List<Relation.Column> columns = tuple.relation().columns();
    for (int i = 0; i < Math.min(columns.size(), tuple.cells().size()); i++) {
      String name = columns.get(i).name();
      switch (tuple.cells().get(i)) {
        case Cell.Text(String text) -> values.put(name, Optional.of(text));
        case Cell.Null none -> values.put(name, Optional.empty());
        case Cell.Unchanged unchanged -> {}
      }
    }
    return values;
  }

  private void deleted(Table table, RowRef key) {
    Effect seen = open.remove(key);
    switch (seen) {
      case null -> open.put(key, new Effect.Gone(table, key));
      case Effect.Stands stands ->
          stands.known().ifPresent(known -> open.put(key, new Effect.Gone(table, known)));
      case Effect.Gone gone -> open.put(key, gone);
      case Effect.Emptied emptied -> throw new IllegalStateException("no row: " + emptied);
    }
  }

  private void emptied(Table table) {
    open.values().removeIf(effect -> effect.table().equals(table));
    done.addAll(open.values());
    open.clear();
    done.add(new Effect.Emptied(table));
  }
}
