package org.skerry.postgres.access;

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
}
