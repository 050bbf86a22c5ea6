package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.mapping.Collision;
import org.skerry.postgres.mapping.Stamp;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.number.Numbered;
import org.skerry.postgres.number.Numberings;
import org.skerry.postgres.schema.LiveColumn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has rows give way to others that keep a value: by an edit like any of the application's, in a
 * transaction without a mark. So it is captured, travels, and frees the value everywhere.
 */
final class Renumbering {
  /** Other values that were taken, too. */
  private static final int ATTEMPTS = 100;

  private static final String NOT_TWICE = "23";
  private static final String REFERRED = "23503";
  private static final Logger LOG = LoggerFactory.getLogger(Renumbering.class);

  private final Connection connection;
  private final Satellite satellite;
  private final Live live;

  Renumbering(Connection connection, Satellite satellite, Live live) {
    this.connection = connection;
    this.satellite = satellite;
    this.live = live;
  }

  /**
   * Changes rows. One that does not have that value any more stays as it is, and so does one to
   * which others refer by it: what waits for the value goes on waiting.
   */
  void run(List<Collisions.Yield> yields) throws SQLException {
    for (Collisions.Yield yield : yields) {
      if (live.writer(yield.table()).isPresent()) {
        change(yield);
      }
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
        if (REFERRED.equals(e.getSQLState())) {
          LOG.info(
              "a row of {} keeps its {}: others refer to it by that",
              yield.table().name(),
              yield.rule().columns());
          return;
        }
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
    String column = rule.columns().getFirst();
    Optional<String> filled =
        live.writer(yield.table())
            .flatMap(writer -> writer.live().column(column))
            .flatMap(LiveColumn::filled);
    if (new Numberings(open, satellite.mapping().schema()).find(rule.sequence(), filled)
        instanceof Numberings.Sought.Found(Numbered numbered)) {
      return numbered.next(open, yield.value(), attempt);
    }
    LiveKey key = live.writer(yield.table()).orElseThrow().key();
    try (PreparedStatement statement = open.prepareStatement(next(yield, key, attempt))) {
      key.fill(statement, 1, yield.id());
      try (ResultSet results = statement.executeQuery()) {
        results.next();
        return results.getString(1);
      }
    }
  }

  /** The number above all others; of those only that count with the same other columns. */
  private String next(Collisions.Yield yield, LiveKey key, int attempt) {
    List<String> columns = yield.rule().columns();
    String number = "t." + Sql.name(columns.getFirst());
    String place = Sql.name(satellite.mapping().schema(), yield.table().name());
    StringBuilder sql =
        new StringBuilder("SELECT (coalesce(max(")
            .append(number)
            .append("::numeric), 0) + ")
            .append(attempt)
            .append(")::text FROM ")
            .append(place)
            .append(" t, ")
            .append(place)
            .append(" o WHERE ")
            .append(key.single("o"));
    for (String column : columns.subList(1, columns.size())) {
      String name = Sql.name(column);
      sql.append(" AND t.").append(name).append(" IS NOT DISTINCT FROM o.").append(name);
    }
    return sql.append(" AND ").append(number).append("::text ~ '^[0-9]{1,18}$'").toString();
  }

  private void update(Connection open, Collisions.Yield yield, String value) throws SQLException {
    Table table = yield.table();
    String column = yield.rule().columns().getFirst();
    TableWriter writer = live.writer(table).orElseThrow();
    LiveKey key = writer.key();
    StringBuilder sql =
        new StringBuilder("UPDATE ")
            .append(Sql.name(satellite.mapping().schema(), table.name()))
            .append(" AS t SET ")
            .append(Sql.name(column))
            .append(" = ?::")
            .append(writer.cast(column));
    table
        .stamps()
        .forEach(
            (name, stamp) ->
                expression(writer, name, stamp)
                    .ifPresent(
                        text ->
                            sql.append(", ").append(Sql.name(name)).append(" = ").append(text)));
    sql.append(" WHERE ").append(key.single("t")).append(" AND t.");
    sql.append(Sql.name(column)).append("::text = ?");
    try (PreparedStatement statement = open.prepareStatement(sql.toString())) {
      statement.setString(1, value);
      statement.setString(key.fill(statement, 2, yield.id()), yield.value());
      statement.executeUpdate();
    }
  }

  private static Optional<String> expression(TableWriter writer, String column, Stamp stamp) {
    return stamp
        .update()
        .filter(value -> writer.live().column(column).isPresent())
        .map(value -> writer.expression(column, value));
  }
}
