package org.skerry.postgres.capture;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.skerry.postgres.access.Access;
import org.skerry.postgres.access.Together;
import org.skerry.postgres.book.Positions;
import org.skerry.postgres.capture.pgoutput.BadLogException;
import org.skerry.postgres.capture.pgoutput.LogMessage;
import org.skerry.postgres.capture.pgoutput.LogReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Units from PostgreSQL's log, as it is written. A thread of its own reads ahead, a little. */
final class LogSource implements Source {
  /** The book's name for capture's place. */
  static final String READER = "capture";

  private static final int AHEAD = 20_000;
  private static final Duration TELLING = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(LogSource.class);

  private final Access access;
  private final Slot slot;
  private final Connection session;
  private final PGReplicationStream stream;
  private final UnitQueue queue = new UnitQueue(AHEAD);
  private final UnitAssembler assembler = new UnitAssembler();
  private final LogReader reader = new LogReader();
  private final Place from;

  /** Written by the capturing thread, read by whoever closes this. */
  private volatile long confirmed;

  private LogSource(
      Access access, Slot slot, Connection session, PGReplicationStream stream, Place from) {
    this.access = access;
    this.slot = slot;
    this.session = session;
    this.stream = stream;
    this.from = from;
  }

  /**
   * Begins to read.
   *
   * @param from what lies before this is taken care of, though PostgreSQL may tell it again
   */
  static LogSource open(Access access, Slot slot, Publication publication, Place from)
      throws SQLException {
    Connection session = access.openLog();
    try {
      PGReplicationStream stream =
          session
              .unwrap(PGConnection.class)
              .getReplicationAPI()
              .replicationStream()
              .logical()
              .withSlotName(slot.name())
              .withSlotOption("proto_version", 1)
              .withSlotOption("publication_names", publication.name())
              .withSlotOption("messages", "true")
              .withStatusInterval(1, TimeUnit.SECONDS)
              .start();
      LogSource source = new LogSource(access, slot, session, stream, from);
      Thread.ofVirtual().name("log of " + slot.name()).start(source::read);
      return source;
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  private void read() {
    try {
      while (!queue.isClosed()) {
        @Nullable ByteBuffer bytes = stream.read();
        if (bytes == null) {
          throw new SQLException("PostgreSQL ended its log", "08006");
        }
        LogMessage message = reader.read(bytes);
        Optional<Unit> unit =
            message instanceof LogMessage.Remark remark && !remark.transactional()
                ? Optional.of(Unit.nothing(stream.getLastReceiveLSN().asLong()))
                : assembler.take(message).flatMap(this::fresh);
        if (unit.isPresent()) {
          put(unit.get());
        }
      }
    } catch (SQLException e) {
      queue.fail(e);
    } catch (BadLogException e) {
      queue.fail(new SQLException(e.getMessage(), e));
    } catch (InterruptedException e) {
      queue.close();
    }
  }

  /**
   * Whoever waits for room goes on telling PostgreSQL how far capture is: else it would give this
   * session up after its wal_sender_timeout, and its shutdown would wait as long.
   */
  private void put(Unit unit) throws SQLException, InterruptedException {
    while (!queue.put(unit, TELLING)) {
      stream.forceUpdateStatus();
    }
  }

  /** What of a unit was not taken care of before; its gates and its end count in any case. */
  private Optional<Unit> fresh(Unit unit) {
    if (Long.compareUnsigned(unit.place(), from.lsn()) > 0) {
      return Optional.of(unit);
    }
    int known = unit.place() == from.lsn() ? from.changes() : Integer.MAX_VALUE;
    Unit rest = unit.without(known);
    return rest.changes().isEmpty() && !rest.last() ? Optional.empty() : Optional.of(rest);
  }

  @Override
  public Optional<Unit> next() throws SQLException, InterruptedException {
    return queue.take();
  }

  @Override
  public Optional<Unit> more() {
    return queue.poll();
  }

  @Override
  public void gather(Duration most) throws InterruptedException {
    queue.gather(most);
  }

  @Override
  public void note(Together statements, Unit last) {
    Positions.put(statements, READER, Place.behind(last).toString());
  }

  @Override
  public void confirm(Unit last) {
    if (last.last()) {
      LogSequenceNumber end = LogSequenceNumber.valueOf(last.end());
      stream.setAppliedLSN(end);
      stream.setFlushedLSN(end);
      confirmed = last.end();
    }
  }

  @Override
  public void close() {
    queue.close();
    try {
      // Without a farewell: PostgreSQL would first send what it has, and the reader waits for it.
      session.abort(Runnable::run);
    } catch (SQLException e) {
      queue.fail(e);
    }
    giveFree();
  }

  /** Confirmations travel once a second: who ends before tells it otherwise. */
  private void giveFree() {
    if (confirmed == 0) {
      return;
    }
    try (Connection connection = access.open()) {
      slot.advance(connection, confirmed);
    } catch (SQLException e) {
      LOG.debug("slot {} keeps more log than it needs until the next time", slot.name(), e);
    }
  }
}
