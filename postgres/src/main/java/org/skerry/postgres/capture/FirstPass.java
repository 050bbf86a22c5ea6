package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skerry.postgres.access.Access;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowRef;

/**
 * Reads all mapped rows as they were at one moment, a thousand at a time; what the book knows as
 * rows and is there no more was deleted meanwhile. What documents say already costs a look. One
 * thread.
 */
final class FirstPass {
  private static final int PAGE = 1_000;

  private final Mapping mapping;
  private final Intake intake;
  private final Progress progress;

  FirstPass(Mapping mapping, Intake intake, Progress progress) {
    this.mapping = mapping;
    this.intake = intake;
    this.progress = progress;
  }

  /** Is told how far it is. */
  @FunctionalInterface
  interface Progress {
    void read(String table, long rows);
  }

  /**
   * Takes everything in.
   *
   * @param book where the book is written
   * @param snapshot the moment, as {@code pg_export_snapshot} names it
   */
  void run(Access access, Connection book, String snapshot) throws SQLException {
    try (Connection session = access.open()) {
      session.setAutoCommit(false);
      session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (Statement statement = session.createStatement()) {
        statement.execute("SET TRANSACTION SNAPSHOT '" + snapshot + "'");
      }
      for (Table table : mapping.pushed()) {
        read(session, book, table);
        gone(session, book, table);
      }
      session.rollback();
    }
  }

  private void read(Connection session, Connection book, Table table) throws SQLException {
    Relation relation = Relations.read(session, mapping, table);
    String columns =
        relation.columns().stream()
            .map(column -> "t." + Sql.name(column.name()))
            .collect(Collectors.joining(", "));
    long count = 0;
    try (Statement statement = session.createStatement()) {
      statement.setFetchSize(PAGE);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT " + columns + " FROM " + Sql.name(mapping.schema(), table.name()) + " t")) {
        List<Effect> page = new ArrayList<>(PAGE);
        while (rows.next()) {
          page.add(stands(table, relation, rows));
          if (page.size() == PAGE) {
            count += take(book, table, page, count);
          }
        }
        take(book, table, page, count);
      }
    }
  }

  private int take(Connection book, Table table, List<Effect> page, long before)
      throws SQLException {
    int size = page.size();
    if (size > 0) {
      intake.applyRead(book, page);
      page.clear();
      progress.read(table.name(), before + size);
    }
    return size;
  }

  private static Effect stands(Table table, Relation relation, ResultSet rows) throws SQLException {
    Row.Builder row = Row.builder();
    int at = 1;
    for (Relation.Column column : relation.columns()) {
      row.put(column.name(), rows.getString(at++));
    }
    Row there = row.build();
    RowRef ref = RowRef.of(table, there::value).orElseGet(() -> new RowRef(table.name(), ""));
    return new Effect.Stands(table, Optional.of(ref), ref, there, relation);
  }

  private void gone(Connection session, Connection book, Table table) throws SQLException {
    String sql =
        "SELECT b.id FROM skerry.row b WHERE b.tbl = ? AND b.id IS NOT NULL AND NOT EXISTS"
            + " (SELECT FROM "
            + Sql.name(mapping.schema(), table.name())
            + " t WHERE "
            + Sql.id("t", table.key().columns())
            + " = b.id)";
    try (PreparedStatement statement = session.prepareStatement(sql)) {
      statement.setFetchSize(PAGE);
      statement.setString(1, table.name());
      try (ResultSet rows = statement.executeQuery()) {
        List<Effect> page = new ArrayList<>();
        while (rows.next()) {
          page.add(new Effect.Gone(table, new RowRef(table.name(), rows.getString(1))));
          if (page.size() == PAGE) {
            intake.applyRead(book, page);
            page.clear();
          }
        }
        intake.applyRead(book, page);
      }
    }
  }
}
