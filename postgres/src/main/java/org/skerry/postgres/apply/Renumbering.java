package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.mapping.Collision;
import org.skerry.postgres.mapping.Stamp;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.schema.LiveColumn;

/**
 * Has rows give way to others that keep a value: by an edit like any of the application's, in a
 * transaction without a mark. So it is captured, travels, and frees the value everywhere.
 */
final class Renumbering {
  /** Other values that were taken, too. */
  private static final int ATTEMPTS = 100;

  private static final String NOT_TWICE = "23";

  private final Connection connection;
  private final Satellite satellite;
  private final Live live;

  Renumbering(Connection connection, Satellite satellite, Live live) {
    this.connection = connection;
    this.satellite = satellite;
    this.live = live;
  }

  /** Changes rows; one that does not have that value any more stays as it is. */
  void run(List<Collisions.Yield> yields) throws SQLException {
    for (Collisions.Yield yield : yields) {
      change(yield);
    }
  }

  private void change(Collisions.Yield yield) throws SQLException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      int number = attempt;
      try {
        Transactions.run(
            connection,
            open -> {
              update(open, yield, value(open, yield, number));
              return Boolean.TRUE;
            });
        return;
      } catch (SQLException e) {
        if (!String.valueOf(e.getSQLState()).startsWith(NOT_TWICE) || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private String value(Connection open, Collisions.Yield yield, int attempt) throws SQLException {
    Collision rule = yield.rule();
    if (rule.rule() == Collision.Rule.SUFFIX) {
      String suffix = "-" + satellite.site();
      return yield.value() + suffix + (attempt == 1 ? "" : "-" + attempt);
    }
    String column = Sql.name(rule.columns().getFirst());
    String sql =
        rule.sequence()
            .map(name -> "SELECT nextval('" + sequence(name).replace("'", "''") + "')::text")
            .orElse(
                "SELECT (coalesce(max("
                    + column
                    + "::numeric), 0) + "
                    + attempt
                    + ")::text FROM "
                    + Sql.name(satellite.mapping().schema(), yield.table().name())
                    + " WHERE "
                    + column
                    + "::text ~ '^[0-9]{1,18}$'");
    try (Statement statement = open.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      results.next();
      return results.getString(1);
    }
  }

  private String sequence(String name) {
    return Sql.name(satellite.mapping().schema(), name);
  }

  private void update(Connection open, Collisions.Yield yield, String value) throws SQLException {
    Table table = yield.table();
    String column = yield.rule().columns().getFirst();
    StringBuilder sql =
        new StringBuilder("UPDATE ")
            .append(Sql.name(satellite.mapping().schema(), table.name()))
            .append(" SET ")
            .append(Sql.name(column))
            .append(" = ?::")
            .append(cast(table, column));
    table
        .stamps()
        .forEach(
            (name, stamp) ->
                expression(table, name, stamp)
                    .ifPresent(
                        text ->
                            sql.append(", ").append(Sql.name(name)).append(" = ").append(text)));
    sql.append(" WHERE ").append(Sql.name(table.key())).append("::text = ? AND ");
    sql.append(Sql.name(column)).append("::text = ?");
    try (PreparedStatement statement = open.prepareStatement(sql.toString())) {
      statement.setString(1, value);
      statement.setString(2, yield.id());
      statement.setString(3, yield.value());
      statement.executeUpdate();
    }
  }

  private Optional<String> expression(Table table, String column, Stamp stamp) {
    return live.writer(table)
        .filter(writer -> writer.live().column(column).isPresent())
        .flatMap(writer -> stamp.update().map(value -> writer.expression(column, value)));
  }

  private String cast(Table table, String column) {
    return live.writer(table)
        .flatMap(writer -> writer.live().column(column))
        .map(LiveColumn::cast)
        .orElse("text");
  }
}
