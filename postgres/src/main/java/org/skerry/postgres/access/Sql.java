package org.skerry.postgres.access;

import java.util.List;
import java.util.stream.Collectors;

/** Spells what cannot be a parameter. */
public final class Sql {
  private Sql() {}

  /** A name of a table, column or sequence. */
  public static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A table with its schema. */
  public static String name(String schema, String name) {
    return name(schema) + '.' + name(name);
  }

  /**
   * A row's id, as a mapping's key spells it. By {@code concat}, which spells values as rows are
   * told: a cast to text has other words for truth values, and takes blanks from padded texts.
   *
   * @param row how the row is called there
   * @param columns the key's, in its order
   */
  public static String id(String row, List<String> columns) {
    return id(columns.stream().map(column -> row + '.' + name(column)).toList());
  }

  /**
   * The same of values that are to be a row's.
   *
   * @param values of the key's columns, in their order
   */
  public static String id(List<String> values) {
    return values.size() == 1
        ? "concat(" + values.getFirst() + ')'
        : values.stream()
            .map(value -> "replace(replace(concat(" + value + "), '%', '%25'), ',', '%2C')")
            .collect(Collectors.joining(", ',', ", "concat(", ")"));
  }
}
