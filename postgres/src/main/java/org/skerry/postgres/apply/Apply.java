package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.database.Database;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.access.Together;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.book.Book;
import org.skerry.postgres.book.Entry;
import org.skerry.postgres.book.Naming;
import org.skerry.postgres.book.Positions;
import org.skerry.postgres.capture.Gate;
import org.skerry.postgres.capture.Marks;
import org.skerry.store.Seq;

/**
 * Shows a database's documents in a satellite's tables. Each pass goes, page by page, to the feed's
 * end; a page is a transaction, in these steps:
 *
 * <ol>
 *   <li>Documents whose rows show them already, most of them because they came from here, are
 *       passed over without a transaction.
 *   <li>A transaction is begun and marked, and waits at the {@link Gate} until capture has all that
 *       its snapshot shows.
 *   <li>The documents are read again, and written ({@link Batch}); so is the position.
 *   <li>When it is committed, rows that give way to others change their values, and what waited for
 *       what is there now is tried again.
 * </ol>
 *
 * <p>For one thread, which also owns the connection.
 */
public final class Apply {
  /** The name under which the position is kept. */
  private static final String READER = "apply";

  /** Errors of those who look for a column or table that is not there. */
  private static final Set<String> TABLES = Set.of("42703", "42P01");

  /** What a transaction of this node's own begins with. */
  private static final String MARK =
      "SELECT pg_logical_emit_message(true, '"
          + Marks.OURS
          + "', ''), set_config('"
          + Marks.OURS_SETTING
          + "', 'on', true)";

  private static final int PAGE = 2_000;

  /** After so many changes of which nothing was to be done the position is written anyway. */
  private static final int UNWRITTEN = 2_000;

  private static final int MOST_DUE = 500;

  private final Satellite satellite;
  private final Database database;
  private final Gate gate;
  private final Optional<Door> door;
  private final Naming naming;
  private final Winners winners;
  private final OrphanRules orphans;
  private final NumberNotes numbers = new NumberNotes();

  private Optional<Live> live = Optional.empty();
  private Optional<Seq> position = Optional.empty();
  private int unwritten;

  /**
   * Applies to a satellite.
   *
   * @param door for tables that are not written by SQL
   */
  public Apply(Satellite satellite, Database database, Gate gate, Optional<Door> door) {
    this.satellite = satellite;
    this.database = database;
    this.gate = gate;
    this.door = door;
    this.naming = new Naming(satellite.mapping(), satellite.central());
    this.winners = new Winners(database, satellite.mapping());
    this.orphans = new OrphanRules(database, satellite.mapping());
  }

  /** Up to where the feed is taken care of; its beginning before the first pass. */
  public Seq position() {
    return position.orElse(Seq.ZERO);
  }

  /** How it went with the application's counting. */
  public NumberNotes numbers() {
    return numbers;
  }

  /**
   * Goes to the feed's end, and tries what waits and is due.
   *
   * @throws SQLException when PostgreSQL cannot be reached, or refuses more than a row; what was
   *     committed stays, and the next pass goes on from there
   */
  public Pass pass(Connection connection) throws SQLException, InterruptedException {
    boolean aged = live.isPresent();
    live.ifPresent(Live::age);
    try {
      return once(connection);
    } catch (SQLException e) {
      if (!aged || !TABLES.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
      // The application was updated, and its tables are not what they were: now they are read.
      return once(connection);
    }
  }

  private Pass once(Connection connection) throws SQLException, InterruptedException {
    if (live.isEmpty()) {
      live = Optional.of(Live.read(connection, satellite.mapping()));
    }
    Seq at = position.isPresent() ? position.get() : begin(connection);
    Tally tally = Tally.NONE;
    try {
      Set<String> fresh = new HashSet<>();
      while (true) {
        Winners.Page page = winners.changed(at, PAGE);
        if (page.passed() == 0) {
          break;
        }
        tally = tally.plus(page(connection, page, fresh));
        at = page.reached();
        position = Optional.of(at);
      }
      WaitingRoom.Crowd crowd = Transactions.read(connection, WaitingRoom::crowd);
      if (crowd.count() > 0) {
        tally = tally.plus(due(connection, fresh));
        crowd = Transactions.read(connection, WaitingRoom::crowd);
      }
      return new Pass(tally, at, crowd.count(), crowd.pause());
    } catch (SQLException e) {
      // Perhaps the tables are not what they were.
      live = Optional.empty();
      position = Optional.empty();
      throw e;
    }
  }

  private Seq begin(Connection connection) throws SQLException {
    Seq at =
        Transactions.run(connection, open -> Positions.get(open, READER))
            .flatMap(this::decode)
            .orElse(Seq.ZERO);
    position = Optional.of(at);
    return at;
  }

  private String encode(Seq seq) {
    return database.store().incarnation()
        + ":"
        + seq.number()
        + ":"
        + HexFormat.of().formatHex(seq.position());
  }

  /** A position of another life of the database says nothing. */
  private Optional<Seq> decode(String place) {
    String[] parts = place.split(":", -1);
    return parts.length == 3 && parts[0].equals(database.store().incarnation())
        ? Optional.of(Seq.of(Long.parseLong(parts[1]), HexFormat.of().parseHex(parts[2])))
        : Optional.empty();
  }

  private Tally page(Connection connection, Winners.Page page, Set<String> fresh)
      throws SQLException, InterruptedException {
    Map<String, Entry> entries =
        Transactions.read(connection, open -> Book.byName(open, page.revs().keySet()));
    List<String> changed = new ArrayList<>();
    page.revs()
        .forEach(
            (name, rev) -> {
              boolean shown =
                  Optional.ofNullable(entries.get(name))
                      .flatMap(Entry::rev)
                      .filter(there -> there.toString().equals(rev))
                      .isPresent();
              if (!shown) {
                changed.add(name);
              }
            });
    Tally same = Tally.sameRows(page.revs().size() - changed.size());
    unwritten += page.passed();
    if (changed.isEmpty() && unwritten < UNWRITTEN) {
      return same;
    }
    unwritten = 0;
    return same.plus(write(connection, changed, Optional.of(page.reached()), fresh));
  }

  /** Writes documents, and then how far the feed is taken care of. */
  private Tally write(
      Connection connection, Collection<String> names, Optional<Seq> reached, Set<String> fresh)
      throws SQLException, InterruptedException {
    Live there = live.orElseThrow();
    List<String> sorted = winners.sorted(names, there.order());
    boolean doors = door.isPresent();
    List<String> bySql =
        sorted.stream().filter(name -> !doors || !winners.isForDoor(name)).toList();
    List<String> byDoor = sorted.stream().filter(name -> doors && winners.isForDoor(name)).toList();
    Tally tally = Tally.NONE;
    List<String> rest = bySql;
    do {
      Written written =
          transaction(connection, rest, byDoor.isEmpty() ? reached : Optional.empty());
      fresh.addAll(written.done());
      new Renumbering(connection, satellite, there).run(written.yields());
      remark(connection, orphans.run(written.orphans()));
      tally = tally.plus(written.tally());
      rest = written.rest();
    } while (!rest.isEmpty());
    if (!byDoor.isEmpty()) {
      rest = byDoor;
      while (!rest.isEmpty()) {
        Winners.Loaded loaded = winners.load(rest);
        tally = tally.plus(throughDoor(connection, loaded.documents(), fresh));
        forget(connection, rest, loaded);
        rest = loaded.rest();
      }
      if (reached.isPresent()) {
        transaction(connection, List.of(), reached);
      }
    }
    return tally;
  }

  /** Notes what stands in the way of rules, with those that wait. */
  private static void remark(Connection connection, Map<String, String> remarks)
      throws SQLException {
    if (!remarks.isEmpty()) {
      Transactions.run(
          connection,
          open -> {
            for (Map.Entry<String, String> remark : remarks.entrySet()) {
              WaitingRoom.remark(open, remark.getKey(), remark.getValue());
            }
            return remarks;
          });
    }
  }

  private record Written(
      Tally tally,
      Set<String> done,
      List<Collisions.Yield> yields,
      Map<String, Set<String>> orphans,
      List<String> rest) {
    static final Written NOTHING =
        new Written(Tally.NONE, Set.of(), List.of(), Map.of(), List.of());
  }

  private Written transaction(Connection connection, List<String> names, Optional<Seq> reached)
      throws SQLException, InterruptedException {
    try {
      return Transactions.run(
          connection,
          open -> {
            Together last = new Together();
            Written written = names.isEmpty() ? Written.NOTHING : batch(open, names, last);
            if (reached.isPresent() && written.rest().isEmpty()) {
              Positions.put(last, READER, encode(reached.get()));
            }
            last.run(open);
            return written;
          });
    } catch (InterruptedAtGateException e) {
      throw new InterruptedException("at the gate");
    }
  }

  /**
   * Writes documents.
   *
   * @param last what is left to be done, together with other things
   */
  private Written batch(Connection open, List<String> names, Together last) throws SQLException {
    new Together().add("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").add(MARK).run(open);
    try {
      gate.pass();
    } catch (InterruptedException e) {
      throw new InterruptedAtGateException(e);
    }
    Winners.Loaded loaded = winners.load(names);
    Batch batch = new Batch(open, satellite, live.orElseThrow(), naming, numbers);
    Tally tally = batch.write(loaded.documents(), last);
    WaitingRoom.forget(open, gone(names, loaded));
    return new Written(tally, batch.done(), batch.yields(), batch.orphans(), loaded.rest());
  }

  /** Documents that are not there any more, or whose table is not pulled: nobody waits for them. */
  private static Set<String> gone(List<String> names, Winners.Loaded loaded) {
    Set<String> gone = new HashSet<>(names);
    loaded.rest().forEach(gone::remove);
    loaded.documents().forEach(document -> gone.remove(document.name()));
    return gone;
  }

  private static void forget(Connection connection, List<String> names, Winners.Loaded loaded)
      throws SQLException {
    Set<String> gone = gone(names, loaded);
    if (!gone.isEmpty()) {
      Transactions.run(
          connection,
          open -> {
            WaitingRoom.forget(open, gone);
            return gone;
          });
    }
  }

  /** An interruption on its way through what knows only errors of SQL. */
  private static final class InterruptedAtGateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InterruptedAtGateException(InterruptedException cause) {
      super(cause);
    }
  }

  private Tally throughDoor(Connection connection, List<Showing> documents, Set<String> fresh)
      throws SQLException, InterruptedException {
    List<Showing> sorted = new ArrayList<>(documents);
    Live there = live.orElseThrow();
    sorted.sort(there.order()::compare);
    Transactions.run(
        connection,
        open -> {
          Places places = new Places(open, satellite.mapping(), there.tables(), naming);
          new Numbers(open, there, numbers).passDocuments(sorted, places);
          return sorted;
        });
    Map<String, Door.Outcome> outcomes = door.orElseThrow().show(connection, sorted, gate);
    Map<String, Set<String>> lacking = new HashMap<>();
    outcomes.forEach(
        (name, outcome) -> {
          if (outcome instanceof Door.Outcome.Lacks(Set<String> lacks)) {
            lacking.put(name, lacks);
          }
        });
    Map<String, String> refused = orphans.run(lacking);
    return Transactions.run(
        connection,
        open -> {
          long shown = 0;
          long waiting = 0;
          for (Showing document : sorted) {
            switch (outcomes.getOrDefault(document.name(), new Door.Outcome.Shown())) {
              case Door.Outcome.Shown done -> {
                shown++;
                fresh.add(document.name());
                WaitingRoom.remove(open, List.of(document.name()));
              }
              case Door.Outcome.Lacks(Set<String> lacks) -> {
                waiting++;
                String usual = "it refers to what is no row here: " + lacks;
                String why = refused.getOrDefault(document.name(), usual);
                wait(open, document, Reason.PARENT, why, lacks);
              }
              case Door.Outcome.Refused(Reason reason, String why) -> {
                waiting++;
                wait(open, document, reason, why, Set.of());
              }
            }
          }
          return new Tally(0, shown, 0, 0, waiting);
        });
  }

  private static void wait(
      Connection open, Showing document, Reason reason, String why, Set<String> lacks)
      throws SQLException {
    WaitingRoom.put(open, document.name(), document.table().name(), reason, why, lacks);
  }

  /** Tries what waits: for a time, or for documents that became rows. */
  private Tally due(Connection connection, Set<String> fresh)
      throws SQLException, InterruptedException {
    Tally tally = Tally.NONE;
    Set<String> there = new HashSet<>(fresh);
    Set<String> tried = new HashSet<>();
    while (true) {
      Set<String> now = Set.copyOf(there);
      Map<String, Reason> due =
          Transactions.read(connection, open -> WaitingRoom.due(open, now, MOST_DUE));
      List<String> again = new ArrayList<>();
      List<String> merged = new ArrayList<>();
      due.forEach(
          (name, reason) -> {
            if (tried.add(name)) {
              (reason == Reason.MERGED ? merged : again).add(name);
            }
          });
      new Merging(connection, satellite, database).run(merged);
      if (again.isEmpty()) {
        return tally;
      }
      there.clear();
      tally = tally.plus(write(connection, again, Optional.empty(), there));
    }
  }
}
