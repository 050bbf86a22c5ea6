package org.skerry.postgres.capture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Deletion;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Shape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the application's tables have and the mapping does not know, and the other way round, as the
 * rows that were captured last show it. Neither stops capture. Any thread may ask.
 */
public final class SchemaNotes {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaNotes.class);
  private static final int MOST = 20;

  private final Map<String, List<String>> notes = new ConcurrentHashMap<>();
  private final Map<String, Shape> shapes = new ConcurrentHashMap<>();

  /** What somebody who knows the mapping should look at; by table. */
  public List<String> list() {
    return notes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(table -> table.getValue().stream())
        .toList();
  }

  /** A table is so from now on. */
  void look(Table table, Relation relation, Shape shape) {
    List<String> found = new ArrayList<>();
    for (Column column : table.columns()) {
      if (relation.place(column.name()).isEmpty()) {
        found.add(
            "table `%s` has no column `%s`: its member `%s` stays in documents as it was"
                .formatted(table.name(), column.name(), column.member()));
      }
    }
    Set<String> known = known(table);
    for (Relation.Column column : relation.columns()) {
      if (!known.contains(column.name()) && !column.name().isEmpty()) {
        found.add(
            "table `%s` has a column `%s` that is not mapped: map it, or name it in `local`"
                .formatted(table.name(), column.name()));
      }
    }
    key(table, relation).ifPresent(found::add);
    Shape before = shapes.put(table.name(), shape);
    if (before != null) {
      changed(table, before, shape, found);
    }
    List<String> shown = found.size() > MOST ? found.subList(0, MOST) : found;
    List<String> last = notes.put(table.name(), List.copyOf(shown));
    shown.stream()
        .filter(note -> last == null || !last.contains(note))
        .forEach(note -> LOG.info("{}", note));
  }

  /** Where the log tells more columns apart than the mapping, several rows may be one to it. */
  private static Optional<String> key(Table table, Relation relation) {
    List<String> told =
        relation.columns().stream()
            .filter(Relation.Column::key)
            .map(Relation.Column::name)
            .toList();
    boolean more =
        relation.identity() == Relation.Identity.KEY
            && told.size() > table.key().columns().size()
            && !table.key().isSingle();
    return more
        ? Optional.of(
            "table `%s` has the key %s, and the mapping has %s: `skerry postgres check` says whether"
                    .formatted(table.name(), told, table.key().columns())
                + " that is unique")
        : Optional.empty();
  }

  private static void changed(Table table, Shape before, Shape now, List<String> found) {
    for (Column column : table.columns()) {
      String old = before.type(column.name()).orElse("");
      String type = now.type(column.name()).orElse("");
      if (!old.isEmpty() && !type.isEmpty() && !old.equals(type)) {
        found.add(
            "column `%s` of table `%s` was of type %s and is of type %s: rows that are not written"
                    .formatted(column.name(), table.name(), old, type)
                + " again stay in documents as they were");
      }
    }
  }

  private static Set<String> known(Table table) {
    Set<String> known = new HashSet<>(table.local());
    known.addAll(table.key().columns());
    known.addAll(table.stamps().keySet());
    table.columns().forEach(column -> known.add(column.name()));
    if (table.deletion() instanceof Deletion.Soft(String column, String value)) {
      known.add(column);
    }
    return known;
  }
}
