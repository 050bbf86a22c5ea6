package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.postgres.access.Access;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gate made of remarks: one that is written in a transaction of its own comes behind all that was
 * committed before, so whoever meets it has met those. Any thread may call.
 */
final class RemarkGate implements Gate {
  private static final Logger LOG = LoggerFactory.getLogger(RemarkGate.class);

  private final Access access;
  private final Remark remark;

  private final ReentrantLock emitting = new ReentrantLock();

  /** Guarded by emitting. */
  private Optional<Connection> session = Optional.empty();

  /** Guarded by this. */
  private final Map<String, Waiter> waiting = new HashMap<>();

  /** Guarded by this: why nobody captures, while nobody does. */
  private Optional<String> closed = Optional.of("capture has not begun");

  RemarkGate(Access access, Remark remark) {
    this.access = access;
    this.remark = remark;
  }

  /** Somebody before the gate. Whether the remark was met is guarded by the gate. */
  private static final class Waiter {
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean met;
  }

  /** How remarks are made where capture meets them. */
  @FunctionalInterface
  interface Remark {
    void write(Connection connection, String text) throws SQLException;
  }

  /** A remark in PostgreSQL's log. */
  static void inLog(Connection connection, String text) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_logical_emit_message(true, ?, ?)")) {
      statement.setString(1, Marks.GATE);
      statement.setString(2, text);
      statement.execute();
    }
  }

  @Override
  public void pass() throws InterruptedException, SQLException {
    String id = UUID.randomUUID().toString();
    Waiter waiter = register(id);
    try {
      emit(id);
      waiter.over.await();
      check(waiter);
    } finally {
      forget(id);
    }
  }

  private synchronized Waiter register(String id) {
    if (closed.isPresent()) {
      throw new CaptureStoppedException(closed.get());
    }
    Waiter waiter = new Waiter();
    waiting.put(id, waiter);
    return waiter;
  }

  private synchronized void forget(String id) {
    waiting.remove(id);
  }

  /** Capture may have ended and begun anew since: what counts is whether it met the remark. */
  private synchronized void check(Waiter waiter) {
    if (!waiter.met) {
      throw new CaptureStoppedException(closed.orElse("capture began anew"));
    }
  }

  private void emit(String id) throws SQLException {
    emitting.lock();
    try {
      if (session.isEmpty() || session.get().isClosed()) {
        session = Optional.of(access.open());
      }
      remark.write(session.get(), id);
    } catch (SQLException e) {
      hangUp();
      throw e;
    } finally {
      emitting.unlock();
    }
  }

  private void hangUp() {
    if (session.isPresent()) {
      try {
        session.get().close();
      } catch (SQLException e) {
        LOG.debug("a session that is not needed any more", e);
      }
    }
    session = Optional.empty();
  }

  /** Capture runs. */
  synchronized void open() {
    closed = Optional.empty();
  }

  /** Capture has taken care of all before these remarks. */
  synchronized void met(Collection<String> ids) {
    for (String id : ids) {
      Waiter waiter = waiting.get(id);
      if (waiter != null) {
        waiter.met = true;
        waiter.over.countDown();
      }
    }
  }

  /** Capture has ended: who waits is told so. */
  void close(String reason) {
    synchronized (this) {
      closed = Optional.of(reason);
      waiting.values().forEach(waiter -> waiter.over.countDown());
    }
    emitting.lock();
    try {
      hangUp();
    } finally {
      emitting.unlock();
    }
  }
}
