package org.skerry.postgres.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What tells a table's rows apart in one database. A row's key is known as one text, its id: what
 * PostgreSQL says of the column, or of each of several, with a comma between them. A comma within
 * one of several is {@code %2C}, a percent sign {@code %25}.
 *
 * @param columns in the order of their names, so that a mapping may name them in any
 */
public record Key(List<String> columns) {
  public Key {
    columns = columns.stream().sorted().toList();
  }

  /** A key of these columns. */
  public static Key of(String... columns) {
    return new Key(List.of(columns));
  }

  /** Whether it is one column. */
  public boolean isSingle() {
    return columns.size() == 1;
  }

  /** Whether a column is the key, or a part of it. */
  public boolean has(String column) {
    return columns.contains(column);
  }

  /** Whether it is these columns, in whatever order. */
  public boolean is(List<String> others) {
    return others.size() == columns.size() && columns.containsAll(others);
  }

  /**
   * The id of a row.
   *
   * @param texts what stands in a column, as PostgreSQL says it
   * @return nothing where that is not known of every column
   */
  public Optional<String> id(Function<String, Optional<String>> texts) {
    List<String> parts = new ArrayList<>(columns.size());
    for (String column : columns) {
      Optional<String> text = texts.apply(column);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      parts.add(text.get());
    }
    return Optional.of(id(parts));
  }

  /** The id of a row of which this stands in the columns, in their order. */
  public String id(List<String> texts) {
    return isSingle()
        ? texts.getFirst()
        : String.join(
            ",", texts.stream().map(text -> text.replace("%", "%25").replace(",", "%2C")).toList());
  }

  /** What stands in the columns of a row, in their order; nothing for what is no id of this key. */
  public Optional<List<String>> texts(String id) {
    if (isSingle()) {
      return Optional.of(List.of(id));
    }
    String[] parts = id.split(",", -1);
    return parts.length == columns.size()
        ? Optional.of(
            Arrays.stream(parts).map(part -> part.replace("%2C", ",").replace("%25", "%")).toList())
        : Optional.empty();
  }

  /** As a mapping's reader and people see it: the column, or all of them with commas between. */
  @Override
  public String toString() {
    return String.join(", ", columns);
  }
}
