package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.skerry.postgres.access.Access;
import org.skerry.postgres.access.Together;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Table;

/**
 * Units from the outbox. Transactions come in the order of the last thing that each of them noted:
 * whoever changes a row after another one has committed notes that later. What is taken care of is
 * deleted in the book's transaction; so nothing is told twice.
 */
final class OutboxSource implements Source {
  /** So many notes are read at a time. */
  private static final int WINDOW = 10_000;

  private static final String NOTES =
      "SELECT seq, xid::text, extract(epoch FROM at) * 1000, tbl, op::text, old_id, columns,"
          + " content FROM skerry.outbox ORDER BY seq LIMIT "
          + WINDOW;
  private static final String LONGER =
      "SELECT DISTINCT xid::text FROM skerry.outbox WHERE seq > ? AND xid = ANY (?::xid8[])";

  private final Connection session;
  private final Mapping mapping;
  private final Deque<Noted> ready = new ArrayDeque<>();

  /** Handed out, oldest first, and not confirmed yet. */
  private final Deque<Noted> open = new ArrayDeque<>();

  private final Map<Shown, Relation> relations = new HashMap<>();

  /** Volatile: set by whoever closes. */
  private volatile boolean closed;

  private OutboxSource(Connection session, Mapping mapping) {
    this.session = session;
    this.mapping = mapping;
  }

  /** A unit, and the notes that it is made of. */
  private record Noted(Unit unit, List<Long> seqs) {}

  /** A table as rows show it. */
  private record Shown(String table, List<String> columns) {}

  static OutboxSource open(Access access, Mapping mapping) throws SQLException {
    Connection session = access.open();
    try (Statement statement = session.createStatement()) {
      statement.execute("LISTEN " + Outbox.CHANNEL);
      return new OutboxSource(session, mapping);
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public Optional<Unit> next() throws SQLException, InterruptedException {
    while (!closed) {
      if (ready.isEmpty()) {
        fetch();
      }
      Optional<Unit> next = more();
      if (next.isPresent()) {
        return next;
      }
      try {
        // Told at the commit of whoever noted something since the last look, too.
        session.unwrap(PGConnection.class).getNotifications(0);
      } catch (SQLException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (!closed) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Unit> more() {
    Optional<Noted> next = Optional.ofNullable(ready.poll());
    next.ifPresent(open::add);
    return next.map(Noted::unit);
  }

  private void fetch() throws SQLException {
    Map<String, OutboxUnit> units = new HashMap<>();
    long last = 0;
    int count = 0;
    try (Statement statement = session.createStatement();
        ResultSet notes = statement.executeQuery(NOTES)) {
      while (notes.next()) {
        last = notes.getLong(1);
        count++;
        units.computeIfAbsent(notes.getString(2), OutboxUnit::new).add(notes, this::relation);
      }
    }
    List<OutboxUnit> whole = new ArrayList<>(units.values());
    if (count == WINDOW) {
      List<String> longer = longer(last, List.copyOf(units.keySet()));
      whole.removeIf(unit -> longer.contains(unit.xid()));
      if (whole.isEmpty()) {
        // One transaction is longer than what is read at a time: its first part.
        units.values().stream()
            .min((one, other) -> Long.compare(one.first(), other.first()))
            .ifPresent(part -> ready.add(new Noted(part.unit(false), part.seqs())));
        return;
      }
    }
    whole.sort((one, other) -> Long.compare(one.last(), other.last()));
    whole.forEach(unit -> ready.add(new Noted(unit.unit(true), unit.seqs())));
  }

  private List<String> longer(long last, List<String> xids) throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement = session.prepareStatement(LONGER)) {
      statement.setLong(1, last);
      statement.setArray(2, session.createArrayOf("text", xids.toArray()));
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          found.add(result.getString(1));
        }
      }
    }
    return found;
  }

  /** A table as it was when a row was noted; as it is now when nothing of the row was. */
  private Optional<Relation> relation(String name, List<String> columns) throws SQLException {
    Optional<Table> table = mapping.table(name);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    Shown shown = new Shown(name, columns);
    Relation known = relations.get(shown);
    if (known == null) {
      known = Relations.of(session, mapping, table.get(), columns);
      relations.put(shown, known);
    }
    return Optional.of(known);
  }

  @Override
  public void gather(Duration most) {
    // What is here was read all at once.
  }

  @Override
  public void note(Together statements, Unit last) {
    List<String> done = new ArrayList<>();
    for (Noted noted : open) {
      noted.seqs().forEach(seq -> done.add(Long.toString(seq)));
      if (noted.unit().place() == last.place()) {
        break;
      }
    }
    statements.add("DELETE FROM skerry.outbox WHERE seq = ANY (?::int8[])", done);
  }

  @Override
  public void confirm(Unit last) throws SQLException {
    boolean onlyRemarks = open.stream().anyMatch(noted -> noted.unit().changes().isEmpty());
    if (onlyRemarks) {
      Together statements = new Together();
      note(statements, last);
      statements.run(session);
    }
    while (!open.isEmpty() && open.poll().unit().place() != last.place()) {
      // Behind us.
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      session.abort(Runnable::run);
    } catch (SQLException e) {
      throw new IllegalStateException("a connection cannot be cut off", e);
    }
  }
}
