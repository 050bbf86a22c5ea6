package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.book.Book;
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
  private static final String LOADING = "first pass";

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
    Optional<SlotState> state = slot.state(connection);
    Optional<Life> known = Life.read(connection);
    if (known.isEmpty()) {
      return Optional.of("they never were");
    }
    if (place.isEmpty()) {
      return Optional.of("that was broken off");
    }
    if (state.isEmpty()) {
      return Optional.of("PostgreSQL knows nothing of slot " + slot.name());
    }
    if (state.get().isLost()) {
      return Optional.of("PostgreSQL gave up the log of slot " + slot.name());
    }
    if (!known.get().equals(life)) {
      return Optional.of(
          known.get().incarnation().equals(life.incarnation())
              ? "the mapping was changed"
              : "database " + satellite.database() + " is another one");
    }
    return publication.fits(connection)
        ? Optional.empty()
        : Optional.of("publication " + publication.name() + " does not tell the mapped tables");
  }

  private Place load(Connection connection, Slot slot) throws SQLException {
    Optional<Life> known = Life.read(connection);
    slot.drop(connection);
    publication.make(connection);
    Transactions.run(
        connection,
        book -> {
          if (known.filter(other -> !other.incarnation().equals(life.incarnation())).isPresent()) {
            Book.forgetRevisions(book);
          }
          Positions.put(book, LogSource.READER, LOADING);
          life.write(book);
          return life;
        });
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
