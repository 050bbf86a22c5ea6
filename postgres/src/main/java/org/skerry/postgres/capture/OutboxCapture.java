package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.book.Positions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins to read the outbox: what is in it, or, where triggers were not there all the time, what is
 * written into it behind a first pass over all rows. One thread.
 */
final class OutboxCapture {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxCapture.class);
  private static final String FOLLOWING = "outbox";

  private final Satellite satellite;
  private final Life life;
  private final FirstPass firstPass;
  private final Figures figures;

  OutboxCapture(Satellite satellite, String incarnation, FirstPass firstPass, Figures figures) {
    this.satellite = satellite;
    this.life = Life.of(incarnation, satellite);
    this.firstPass = firstPass;
    this.figures = figures;
  }

  /**
   * Begins.
   *
   * @param connection the book's, at its own commits
   */
  Source begin(Connection connection) throws SQLException {
    Optional<String> reason = reason(connection);
    if (reason.isPresent()) {
      LOG.info("satellite {}: all rows are read, because {}", satellite.name(), reason.get());
      load(connection);
    }
    return OutboxSource.open(satellite.access(), satellite.mapping());
  }

  /** Why all rows have to be read. */
  private Optional<String> reason(Connection connection) throws SQLException {
    Optional<String> other = life.reason(connection);
    if (other.isPresent()) {
      return other;
    }
    if (!Positions.get(connection, LogSource.READER).filter(FOLLOWING::equals).isPresent()) {
      return Optional.of("that was broken off");
    }
    return Outbox.fits(connection, satellite.mapping())
        ? Optional.empty()
        : Optional.of("triggers are missing");
  }

  private void load(Connection connection) throws SQLException {
    Slot.of(connection, satellite.name()).drop(connection);
    new Publication(satellite.name(), satellite.mapping()).drop(connection);
    life.begin(connection);
    Outbox.make(connection, satellite.mapping());
    try (Connection moment = satellite.access().open()) {
      moment.setAutoCommit(false);
      moment.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      String snapshot = snapshot(moment);
      firstPass.run(satellite.access(), connection, snapshot);
      try (Statement statement = moment.createStatement()) {
        // What is noted there is in the rows that were read; what came later is not seen here.
        statement.execute("DELETE FROM skerry.outbox");
      }
      moment.commit();
      Intended.clear(moment);
      Positions.put(moment, LogSource.READER, FOLLOWING);
      moment.commit();
    }
    figures.loaded();
  }

  private static String snapshot(Connection moment) throws SQLException {
    try (Statement statement = moment.createStatement();
        ResultSet result = statement.executeQuery("SELECT pg_export_snapshot()")) {
      result.next();
      return result.getString(1);
    }
  }
}
