package org.skerry.postgres.schema;

import java.util.List;

/** What is found of one table. */
record Remarks(String table, List<Finding> findings) {
  /**
   * Nothing can run as it is.
   *
   * @param column empty for the whole table
   */
  void fault(String column, String what) {
    findings.add(new Finding(true, place(column), what));
  }

  /**
   * Worth knowing.
   *
   * @param column empty for the whole table
   */
  void note(String column, String what) {
    findings.add(new Finding(false, place(column), what));
  }

  private String place(String column) {
    return column.isEmpty() ? table : table + "." + column;
  }
}
