package org.skerry.postgres.mapping;

import java.util.List;
import java.util.Map;

/** What a row is called everywhere; its id belongs to one database alone. */
public sealed interface RowName {
  /** A UUID that the book gives to the row when it is first seen. */
  record Uuid() implements RowName {}

  /**
   * What stands in columns that together are unique and are the same everywhere. A foreign key
   * counts with the name of the row that it means, so that a relation is named by its two ends.
   */
  record Natural(List<String> columns) implements RowName {
    public Natural {
      columns = List.copyOf(columns);
    }
  }

  /**
   * What stands in another table that lists rows which came with the application, such as Tryton's
   * {@code ir_model_data} with module and fs_id. A row that is not listed has a UUID.
   *
   * @param table the list
   * @param key the list's column with the row's id
   * @param where what else must stand in the list's columns
   * @param columns the list's columns that make the name
   */
  record Listed(String table, String key, Map<String, String> where, List<String> columns)
      implements RowName {
    public Listed {
      where = Map.copyOf(where);
      columns = List.copyOf(columns);
    }
  }
}
