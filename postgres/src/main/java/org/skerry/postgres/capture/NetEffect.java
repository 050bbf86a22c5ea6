package org.skerry.postgres.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 *
 * <p>Where a key is deferrable, two rows may have it for a moment: one that came to it, and the one
 * that is about to leave it. Such a table tells whole rows as they were (without that PostgreSQL
 * refuses the application's changes), so it is seen which of them is meant.
 */
final class NetEffect {
  private final Mapping mapping;
  private final List<Effect> done = new ArrayList<>();

  /** By the key that each row has at the moment; those that had a key first come first. */
  private final Map<RowRef, List<Effect>> open = new LinkedHashMap<>();

  /** Of rows that the book knows, those of which something was told. */
  private final Set<RowRef> met = new HashSet<>();

  /** Tables of which nothing that the book knows is there any more. */
  private final Set<Table> emptied = new HashSet<>();

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
    open.values().forEach(effects::addAll);
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
          key(table.get(), old)
              .ifPresentOrElse(key -> deleted(table.get(), key, old), () -> unkeyed++);
      case RowChange.Emptied all -> emptied(table.get());
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

  private List<Effect> at(RowRef key) {
    return open.computeIfAbsent(key, none -> new ArrayList<>(1));
  }

  private static Optional<Effect.Gone> gone(List<Effect> there) {
    return there.stream()
        .filter(Effect.Gone.class::isInstance)
        .map(Effect.Gone.class::cast)
        .findFirst();
  }

  /**
   * Takes the row out that a change is of.
   *
   * @param old what is told of it as it was
   * @return nothing for the row that the book knows by that key, of which nothing was told yet
   */
  private Optional<Effect> take(Table table, RowRef key, Optional<Tuple> old) {
    List<Effect> there = at(key);
    Optional<Effect> meant = there.stream().filter(one -> isMeant(one, old)).findFirst();
    if (meant.isEmpty() && (met.contains(key) || emptied.contains(table))) {
      meant = there.stream().findFirst();
    }
    meant.ifPresent(there::remove);
    return meant;
  }

  /** Whether a row may be the one that is told: all that is known of both is the same. */
  private static boolean isMeant(Effect effect, Optional<Tuple> old) {
    if (!(effect instanceof Effect.Stands stands)) {
      return false;
    }
    boolean compared =
        old.map(Tuple::relation)
            .filter(relation -> relation.identity() == Relation.Identity.FULL)
            .filter(stands.relation()::equals)
            .isPresent();
    Map<String, Optional<String>> now = stands.values().columns();
    return !compared
        || columns(old.orElseThrow()).entrySet().stream()
            .allMatch(was -> was.getValue().equals(now.getOrDefault(was.getKey(), was.getValue())));
  }

  private void inserted(Table table, Tuple row) {
    Optional<RowRef> key = key(table, row);
    if (key.isEmpty()) {
      unkeyed++;
      return;
    }
    Optional<Effect.Gone> gone = gone(at(key.get()));
    gone.ifPresent(at(key.get())::remove);
    put(table, gone.map(Effect.Gone::known), key.get(), row, Map.of());
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
    Optional<Effect> seen = take(table, before, old);
    // Another row that had this key.
    gone(at(key.get()))
        .ifPresent(
            displaced -> {
              at(key.get()).remove(displaced);
              done.add(displaced);
            });
    Optional<RowRef> known = Optional.of(before);
    if (seen.orElse(null) instanceof Effect.Stands stands) {
      known = stands.known();
      values.putAll(stands.values().columns());
    } else if (seen.orElse(null) instanceof Effect.Gone gone) {
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
    known.ifPresent(met::add);
    at(key).add(new Effect.Stands(table, known, key, new Row(values), row.relation()));
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

  private void deleted(Table table, RowRef key, Tuple old) {
    switch (take(table, key, Optional.of(old)).orElse(null)) {
      case null -> gone(new Effect.Gone(table, key), key);
      case Effect.Stands stands ->
          stands.known().ifPresent(known -> gone(new Effect.Gone(table, known), key));
      case Effect.Gone gone -> gone(gone, key);
      case Effect.Emptied all -> throw new IllegalStateException("no row: " + all);
    }
  }

  /** Notes that a row is gone that had a key. */
  private void gone(Effect.Gone gone, RowRef key) {
    met.add(gone.known());
    // Where another row has that key already, nobody comes into this one's place.
    (at(key).isEmpty() ? at(key) : done).add(gone);
  }

  private void emptied(Table table) {
    open.values()
        .forEach(
            there -> {
              there.removeIf(effect -> effect.table().equals(table));
              done.addAll(there);
            });
    open.clear();
    emptied.add(table);
    done.add(new Effect.Emptied(table));
  }
}
