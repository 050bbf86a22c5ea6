package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.book.Positions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins to read PostgreSQL's log: from where capture came, or, where that is not known or not true
 * any more, behind a first pass over all rows. One thread.
 */
final class LogCapture {
  private static final Logger LOG = LoggerFactory.getLogger(LogCapture.class);

  /** Stands in the book while a first pass is under way. */
  private final Satellite satellite;

  private final Life life;
  private final FirstPass firstPass;
  private final Publication publication;
  private final Figures figures;

  LogCapture(Satellite satellite, String incarnation, FirstPass firstPass, Figures figures) {
    this.figures = figures;
    this.satellite = satellite;
    this.life = Life.of(incarnation, satellite);
    this.firstPass = firstPass;
    this.publication = new Publication(satellite.name(), satellite.mapping());
  }

  /**
   * Begins.
   *
   * @param connection the book's, at its own commits
   */
  Source begin(Connection connection) throws SQLException {
    Slot slot = Slot.of(connection, satellite.name());
    Optional<Place> place = Positions.get(connection, LogSource.READER).flatMap(Place::parse);
    Optional<String> reason = reason(connection, slot, place);
    if (reason.isPresent()) {
      LOG.info("satellite {}: all rows are read, because {}", satellite.name(), reason.get());
      place = Optional.of(load(connection, slot));
    }
    return LogSource.open(satellite.access(), slot, publication, place.orElseThrow());
  }

  /** Why all rows have to be read. */
  private Optional<String> reason(Connection connection, Slot slot, Optional<Place> place)
      throws SQLException {
    Optional<String> other = life.reason(connection);
    if (other.isPresent()) {
      return other;
    }
    if (place.isEmpty()) {
      return Optional.of("that was broken off");
    }
    Optional<SlotState> state = slot.state(connection);
    if (state.isEmpty()) {
      return Optional.of("PostgreSQL knows nothing of slot " + slot.name());
    }
    if (state.get().isLost()) {
      return Optional.of("PostgreSQL gave up the log of slot " + slot.name());
    }
    return publication.fits(connection)
        ? Optional.empty()
        : Optional.of("publication " + publication.name() + " does not tell the mapped tables");
  }

  private Place load(Connection connection, Slot slot) throws SQLException {
    slot.drop(connection);
    publication.make(connection);
    life.begin(connection);
    Outbox.drop(connection, satellite.mapping().schema());
    connection.setAutoCommit(true);
    try (Slot.Fresh fresh = slot.create(satellite.access())) {
      firstPass.run(satellite.access(), connection, fresh.snapshot());
      figures.loaded();
      Place place = new Place(fresh.lsn(), 0);
      return Transactions.run(
          connection,
          book -> {
            Intended.clear(book);
            Positions.put(book, LogSource.READER, place.toString());
            return place;
          });
    }
  }
}
