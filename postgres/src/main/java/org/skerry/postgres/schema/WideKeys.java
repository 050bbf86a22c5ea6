package org.skerry.postgres.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What keys of several columns probably mean. Where all of them are references, or say in words or
 * days what the row is, it is named by them: the same key at two places is the same thing. Numbers
 * are counted at each place, so the same number is not.
 */
final class WideKeys {
  private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric");

  private final Map<String, LiveTable> tables;

  WideKeys(Map<String, LiveTable> tables) {
    this.tables = tables;
  }

  private static boolean isWide(LiveTable table) {
    return table.primaryKey().size() > 1;
  }

  /** A column of the key that counts: no reference, and a number. */
  private boolean counts(LiveTable table, String column) {
    return isWide(table)
        && table.primaryKey().contains(column)
        && Reference.of(tables, table, column).isEmpty()
        && table.column(column).filter(one -> NUMBERS.contains(one.type())).isPresent();
  }

  /** Such a number that the table gives by itself: a local id in all but name. */
  boolean isOwnNumber(LiveTable table, String column) {
    return counts(table, column)
        && table.column(column).filter(one -> one.filled().isPresent()).isPresent();
  }

  /** Whether a column means a row of another table by such a number. */
  boolean isOthersNumber(LiveTable table, String column) {
    return table.foreignKeys().stream()
        .filter(key -> key.columns().size() > 1 && key.columns().contains(column))
        .anyMatch(
            key ->
                Optional.ofNullable(tables.get(key.target()))
                    .filter(
                        target ->
                            isOwnNumber(target, key.keys().get(key.columns().indexOf(column))))
                    .isPresent());
  }

  /** Whether none of its rows can be told elsewhere for such numbers. */
  boolean isBound(LiveTable table) {
    return table.columns().stream()
        .anyMatch(column -> column.notNull() && isOthersNumber(table, column.name()));
  }

  /** The columns of a key that name rows everywhere; none where rows need UUIDs. */
  List<String> naturalName(LiveTable table) {
    boolean local =
        table.primaryKey().stream()
            .anyMatch(one -> counts(table, one) || isOthersNumber(table, one));
    return local ? List.of() : table.primaryKey().stream().sorted().toList();
  }

  /** What becomes of two rows that count alike: the last number of the key yields. */
  Optional<ObjectNode> collision(LiveTable table, List<String> natural) {
    Optional<String> yields =
        table.primaryKey().stream()
            .filter(one -> counts(table, one))
            .reduce((one, other) -> other)
            .filter(one -> natural.isEmpty() && !isOwnNumber(table, one));
    return yields.map(
        number -> {
          ObjectNode rule = JsonNodeFactory.instance.objectNode();
          ArrayNode columns = rule.putArray("columns").add(number);
          table.primaryKey().stream().filter(one -> !one.equals(number)).forEach(columns::add);
          return rule.put("rule", "renumber_local");
        });
  }
}
