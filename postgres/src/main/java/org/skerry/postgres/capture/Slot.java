package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.ReplicationSlotInfo;
import org.skerry.postgres.access.Access;

/**
 * A satellite's place in PostgreSQL's log, which PostgreSQL keeps from there on. Slots belong to a
 * whole server; the database's oid tells those of equally named satellites apart.
 */
final class Slot {
  /** PostgreSQL's code for a slot that somebody reads. */
  private static final String IN_USE = "55006";

  private static final int ATTEMPTS = 40;
  private static final int PAUSE_MILLISECONDS = 25;

  private static final String STATE =
      """
      SELECT active, coalesce(wal_status, ''),
        pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint,
        pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::bigint,
        safe_wal_size, plugin, database = current_database()
      FROM pg_replication_slots WHERE slot_name = ?
      """;

  private final String name;

  private Slot(String name) {
    this.name = name;
  }

  static Slot of(Connection connection, String satellite) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT oid FROM pg_database WHERE datname = current_database()")) {
      result.next();
      return new Slot("skerry_" + satellite + "_" + result.getString(1));
    }
  }

  String name() {
    return name;
  }

  /** How it stands; nothing when there is none. */
  Optional<SlotState> state(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STATE)) {
      statement.setString(1, name);
      try (ResultSet result = statement.executeQuery()) {
        if (!result.next()) {
          return Optional.empty();
        }
        int at = 1;
        boolean active = result.getBoolean(at++);
        String status = result.getString(at++);
        Optional<Long> retained = number(result, at++);
        long behind = number(result, at++).orElse(0L);
        Optional<Long> safe = number(result, at);
        return Optional.of(new SlotState(active, status, retained, behind, safe));
      }
    }
  }

  private static Optional<Long> number(ResultSet result, int column) throws SQLException {
    long value = result.getLong(column);
    return result.wasNull() ? Optional.empty() : Optional.of(value);
  }

  /**
   * Lets PostgreSQL forget its log up to a place, when nobody reads it any more.
   *
   * @param lsn behind all that is taken care of
   */
  void advance(Connection connection, long lsn) throws SQLException {
    String place = LogSequenceNumber.valueOf(lsn).asString();
    for (int attempt = 1; ; attempt++) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT pg_replication_slot_advance(slot_name, ?::pg_lsn) FROM pg_replication_slots"
                  + " WHERE slot_name = ? AND confirmed_flush_lsn < ?::pg_lsn")) {
        statement.setString(1, place);
        statement.setString(2, name);
        statement.setString(3, place);
        statement.execute();
        return;
      } catch (SQLException e) {
        if (!IN_USE.equals(e.getSQLState()) || attempt == ATTEMPTS) {
          throw e;
        }
        pause(e);
      }
    }
  }

  /** The sender of the log needs a moment to notice that its reader is gone. */
  private static void pause(SQLException failure) throws SQLException {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  /** Gives the place up, if there is one. */
  void drop(Connection connection) throws SQLException {
    if (state(connection).isPresent()) {
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT pg_drop_replication_slot(?)")) {
        statement.setString(1, name);
        statement.execute();
      }
    }
  }

  /**
   * A new place.
   *
   * @param snapshot what shows the database exactly as it was there, for as long as this is open
   */
  record Fresh(Connection session, String snapshot, long lsn) implements AutoCloseable {
    @Override
    public void close() throws SQLException {
      session.close();
    }
  }

  Fresh create(Access access) throws SQLException {
    Connection session = access.openLog();
    try {
      ReplicationSlotInfo made =
          session
              .unwrap(PGConnection.class)
              .getReplicationAPI()
              .createReplicationSlot()
              .logical()
              .withSlotName(name)
              .withOutputPlugin("pgoutput")
              .make();
      String snapshot = made.getSnapshotName();
      if (snapshot == null) {
        throw new SQLException("PostgreSQL made a slot without a snapshot");
      }
      return new Fresh(session, snapshot, made.getConsistentPoint().asLong());
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }
}
