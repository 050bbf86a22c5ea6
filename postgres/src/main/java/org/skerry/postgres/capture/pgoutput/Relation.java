package org.skerry.postgres.capture.pgoutput;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A table as it was when a change was made. Two of them differ when the table was altered between
 * two changes.
 */
public final class Relation {
  private final int oid;
  private final String schema;
  private final String name;
  private final Identity identity;
  private final List<Column> columns;
  private final Map<String, Integer> places = new HashMap<>();

  public Relation(int oid, String schema, String name, Identity identity, List<Column> columns) {
    this.oid = oid;
    this.schema = schema;
    this.name = name;
    this.identity = identity;
    this.columns = List.copyOf(columns);
    for (int i = 0; i < columns.size(); i++) {
      places.put(columns.get(i).name(), i);
    }
  }

  /**
   * A column.
   *
   * @param key whether old rows tell its value
   * @param type the oid of its type
   */
  public record Column(String name, boolean key, int type) {}

  /** What old rows tell: {@code REPLICA IDENTITY}. */
  public enum Identity {
    KEY,
    NOTHING,
    FULL,
    INDEX;

    static Identity of(byte letter) {
      return switch (letter) {
        case 'n' -> NOTHING;
        case 'f' -> FULL;
        case 'i' -> INDEX;
        default -> KEY;
      };
    }
  }

  public int oid() {
    return oid;
  }

  public String schema() {
    return schema;
  }

  public String name() {
    return name;
  }

  public Identity identity() {
    return identity;
  }

  public List<Column> columns() {
    return columns;
  }

  /** Where a column stands in a row. */
  public OptionalInt place(String column) {
    Integer place = places.get(column);
    return place == null ? OptionalInt.empty() : OptionalInt.of(place);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Relation other
        && oid == other.oid
        && schema.equals(other.schema)
        && name.equals(other.name)
        && identity == other.identity
        && columns.equals(other.columns);
  }

  @Override
  public int hashCode() {
    return oid;
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
