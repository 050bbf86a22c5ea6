package org.skerry.postgres.row;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row, or what is known of one: PostgreSQL's text by column, nothing for NULL. A column that is
 * not there at all is not known.
 */
public record Row(Map<String, Optional<String>> columns) {
  public Row {
    columns = Map.copyOf(columns);
  }

  /** What stands in a column; nothing for NULL, and for what is not known. */
  public Optional<String> value(String column) {
    return columns.getOrDefault(column, Optional.empty());
  }

  /** Whether it is known what stands in a column. */
  public boolean has(String column) {
    return columns.containsKey(column);
  }

  /** A row in the making. */
  public static Builder builder() {
    return new Builder();
  }

  /** A row in the making; for one thread. */
  public static final class Builder {
    private final Map<String, Optional<String>> columns = new LinkedHashMap<>();

    private Builder() {}

    /** Notes what stands in a column. */
    public Builder put(String column, @Nullable String value) {
      columns.put(column, Optional.ofNullable(value));
      return this;
    }

    /** The row. */
    public Row build() {
      return new Row(columns);
    }
  }
}
