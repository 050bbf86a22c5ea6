package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.access.Together;
import org.skerry.postgres.book.Book;
import org.skerry.postgres.book.Entry;
import org.skerry.postgres.book.Naming;
import org.skerry.postgres.mapping.Mapping;

/**
 * Documents that become rows in one transaction, in these steps:
 *
 * <ol>
 *   <li>What the rows show already is passed over, and so are documents that turned out to be the
 *       same thing as another one.
 *   <li>The others are written all at once. Where PostgreSQL refuses that, each half by itself, and
 *       so on, until it is known which of them it refuses.
 *   <li>Those whose values other rows have are tried again when these may have moved on, before it
 *       is decided who keeps them.
 *   <li>Those that refer to what was no row yet are tried again while others became rows; then
 *       those that refer to each other in a circle, first without these references.
 *   <li>What is left waits.
 * </ol>
 *
 * <p>For one thread, and one transaction.
 */
final class Batch {
  /** Classes of errors that are a row's fault, or a trigger's: 22 data, 23 rules, P0 raised. */
  private static final Set<String> ROWS_FAULT = Set.of("22", "23", "P0", "42", "44");

  /** A table or column that is not there: perhaps any more. */
  private static final Set<String> CHANGED_TABLES = Set.of("42703", "42P01");

  private static final String FIRST = "skerry_first";
  private static final String FOREIGN_KEY = "23503";
  private static final Set<String> NOT_TWICE = Set.of("23505", "23P01");

  private final Connection connection;
  private final Live live;
  private final Naming naming;
  private final Numbers numbers;
  private final Collisions collisions;
  private final Mapping mapping;
  private Places places;
  private final Map<String, Entry> known = new HashMap<>();

  private final Map<String, Set<String>> lacking = new HashMap<>();

  /** Documents whose values other rows have. */
  private final Map<String, Taken> taken = new LinkedHashMap<>();

  private final Set<String> done = new HashSet<>();
  private final List<Collisions.Yield> yields = new ArrayList<>();
  private final Map<String, Set<String>> orphans = new HashMap<>();
  private Tally tally = Tally.NONE;
  private int savepoints;

  Batch(Connection connection, Satellite satellite, Live live, Naming naming, NumberNotes notes) {
    this.connection = connection;
    this.live = live;
    this.naming = naming;
    this.numbers = new Numbers(connection, live, notes);
    this.collisions = new Collisions(connection, satellite, live);
    this.places = new Places(connection, satellite.mapping(), live.tables(), naming);
    this.mapping = satellite.mapping();
  }

  private record Taken(Showing document, SQLException refusal) {}

  /** Rows that have to give way, when this is committed. */
  List<Collisions.Yield> yields() {
    return yields;
  }

  /** Documents that refer to what is no row, and to what. */
  Map<String, Set<String>> orphans() {
    return orphans;
  }

  /** The documents that are what they should be now. */
  Set<String> done() {
    return done;
  }

  /**
   * Writes documents; the caller commits.
   *
   * @param last what is left to be done then, together with other things
   */
  Tally write(List<Showing> documents, Together last) throws SQLException {
    List<String> names = documents.stream().map(Showing::name).toList();
    Map<String, String> aliases = new HashMap<>();
    Together first = new Together();
    Book.lock(first, names, known);
    Book.aliases(first, names, aliases);
    first.add("SAVEPOINT " + FIRST).run(connection);
    List<Showing> remaining = new ArrayList<>();
    for (Showing document : documents) {
      if (isShown(document) || aliases.containsKey(document.name())) {
        done.add(document.name());
        tally = tally.plus(Tally.sameRows(1));
      } else {
        remaining.add(document);
      }
    }
    remaining.forEach(
        document ->
            places.note(
                document.table(),
                document.name(),
                Optional.ofNullable(known.get(document.name()))));
    remaining.sort(live.order()::compare);
    remaining = whileItHelps(remaining, Set.of());
    if (!remaining.isEmpty()) {
      circles(remaining);
    }
    for (Showing left : remaining) {
      if (!done.contains(left.name()) && lacking.containsKey(left.name())) {
        Set<String> lacks = lacking.get(left.name());
        orphans.put(left.name(), lacks);
        wait(left, Reason.PARENT, "it refers to what is no row here: " + lacks, lacks);
      }
    }
    WaitingRoom.remove(last, done);
    return tally;
  }

  private boolean isShown(Showing document) {
    Entry entry = known.get(document.name());
    return entry != null && entry.rev().filter(document.rev()::equals).isPresent();
  }

  private List<Showing> whileItHelps(List<Showing> documents, Set<String> later)
      throws SQLException {
    List<Showing> remaining = documents;
    int before;
    do {
      before = remaining.size();
      lacking.clear();
      split(remaining, later);
      settle(later);
      remaining = remaining.stream().filter(one -> lacking.containsKey(one.name())).toList();
    } while (!remaining.isEmpty() && remaining.size() < before);
    return remaining;
  }

  /** Rows that refer to each other get their references when all of them are there. */
  private void circles(List<Showing> remaining) throws SQLException {
    Map<String, Set<String>> before = new HashMap<>(lacking);
    Set<String> names = new HashSet<>();
    remaining.forEach(one -> names.add(one.name()));
    List<Showing> closed =
        remaining.stream()
            .filter(one -> !one.deleted())
            .filter(one -> names.containsAll(lacking.get(one.name())))
            .toList();
    if (!closed.isEmpty()) {
      Set<String> circle = new HashSet<>();
      closed.forEach(one -> circle.add(one.name()));
      lacking.clear();
      split(closed, circle);
      settle(circle);
    }
    before.forEach(lacking::putIfAbsent);
  }

  /**
   * Decides about values that are taken. Whoever has one may have another one by now: lines of an
   * order are counted anew, and one is deleted and made again. So those that stand in each other's
   * way go once from the last key to the first and once back before anybody has to yield.
   */
  private void settle(Set<String> later) throws SQLException {
    Comparator<Showing> counted =
        Comparator.<Showing>comparingInt(one -> id(one).length()).thenComparing(this::id);
    for (Comparator<Showing> order : List.of(counted.reversed(), counted)) {
      if (!taken.isEmpty() && tally.updated() + tally.deleted() > 0) {
        List<Showing> again = new ArrayList<>();
        taken.values().forEach(one -> again.add(one.document()));
        taken.clear();
        again.sort(order);
        split(again, later);
      }
    }
    while (!taken.isEmpty()) {
      List<Taken> left = List.copyOf(taken.values());
      taken.clear();
      for (Taken one : left) {
        collide(one.document(), one.refusal(), left);
      }
    }
  }

  private String id(Showing document) {
    return Optional.ofNullable(known.get(document.name())).flatMap(Entry::id).orElse("");
  }

  /** Writes documents, or as many of them as PostgreSQL takes. */
  private void split(List<Showing> documents, Set<String> later) throws SQLException {
    if (documents.isEmpty()) {
      return;
    }
    String savepoint = savepoint();
    Attempt attempt = new Attempt(connection, live, numbers, places, known, later);
    try {
      attempt.write(documents);
      if (!attempt.unfinished().isEmpty()) {
        Attempt second = new Attempt(connection, live, numbers, places, entries(attempt), Set.of());
        second.write(attempt.unfinished());
      }
      if (!savepoint.equals(FIRST)) {
        new Together().add("RELEASE SAVEPOINT " + savepoint).run(connection);
      }
      take(documents, attempt);
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      boolean lookAgain = live.isAged() && CHANGED_TABLES.contains(state);
      if (lookAgain || state.length() < 2 || !ROWS_FAULT.contains(state.substring(0, 2))) {
        throw e;
      }
      new Together().add("ROLLBACK TO SAVEPOINT " + savepoint).run(connection);
      // What it knew of rows may not be true any more.
      places = new Places(connection, mapping, live.tables(), naming);
      if (documents.size() > 1) {
        int half = documents.size() / 2;
        split(documents.subList(0, half), later);
        split(documents.subList(half, documents.size()), later);
      } else {
        refused(documents.getFirst(), e);
      }
    }
  }

  /** The first one was made on the way; others are made when they are needed. */
  private String savepoint() throws SQLException {
    String name = savepoints == 0 ? FIRST : "skerry_" + savepoints;
    if (savepoints > 0) {
      new Together().add("SAVEPOINT " + name).run(connection);
    }
    savepoints++;
    return name;
  }

  private static Map<String, Entry> entries(Attempt attempt) {
    Map<String, Entry> found = new HashMap<>();
    attempt.entries().forEach(entry -> found.put(entry.name(), entry));
    return found;
  }

  private void take(List<Showing> documents, Attempt attempt) throws SQLException {
    tally = tally.plus(attempt.tally());
    attempt.entries().forEach(entry -> known.put(entry.name(), entry));
    lacking.putAll(attempt.lacking());
    for (Showing document : documents) {
      String unfit = attempt.unfit().get(document.name());
      if (unfit != null) {
        wait(document, Reason.UNFIT, unfit, Set.of());
      } else if (attempt.needed().contains(document.name())) {
        wait(document, Reason.REFERENCED, "other rows refer to its row", Set.of());
      } else if (!attempt.lacking().containsKey(document.name())) {
        done.add(document.name());
      }
    }
  }

  private void refused(Showing document, SQLException refusal) throws SQLException {
    String state = String.valueOf(refusal.getSQLState());
    if (NOT_TWICE.contains(state) && !document.deleted()) {
      taken.put(document.name(), new Taken(document, refusal));
    } else if (state.equals(FOREIGN_KEY) && document.deleted()) {
      wait(document, Reason.REFERENCED, said(refusal), Set.of());
    } else {
      wait(document, Reason.UNFIT, said(refusal), Set.of());
    }
  }

  /**
   * Has what a rule says done.
   *
   * @param waiting documents that are to change their rows: none of these yields
   */
  private void collide(Showing document, SQLException refusal, List<Taken> waiting)
      throws SQLException {
    places.load(live.reader(document.table()).references(document.body()));
    Collisions.Verdict verdict =
        collisions.judge(
            document, places, Optional.ofNullable(known.get(document.name())), said(refusal));
    boolean exchange =
        waiting.stream()
            .filter(one -> !one.document().name().equals(document.name()))
            .filter(one -> !done.contains(one.document().name()))
            .anyMatch(one -> has(verdict, one));
    if (exchange) {
      wait(document, Reason.COLLISION, said(refusal) + ": by one that waits, too", Set.of());
      return;
    }
    switch (verdict) {
      case Collisions.Verdict.Wait(String why, Optional<Collisions.Yield> yield) -> {
        yield.ifPresent(yields::add);
        wait(document, Reason.COLLISION, why, Set.of());
      }
      case Collisions.Verdict.Known same -> {
        Book.alias(connection, document.name(), same.other());
        places = new Places(connection, mapping, live.tables(), naming);
        done.add(document.name());
        tally = tally.plus(Tally.sameRows(1));
      }
      case Collisions.Verdict.Take(Entry other) -> {
        collisions.take(document, other);
        known.put(document.name(), collisions.entry(document, other));
        places = new Places(connection, mapping, live.tables(), naming);
        split(List.of(document), Set.of());
      }
    }
  }

  /** Whether a document's row is the one that has the value. */
  private boolean has(Collisions.Verdict verdict, Taken waiting) {
    Showing document = waiting.document();
    return switch (verdict) {
      case Collisions.Verdict.Wait(String why, Optional<Collisions.Yield> yield) ->
          yield
              .filter(one -> one.table().equals(document.table()) && one.id().equals(id(document)))
              .isPresent();
      case Collisions.Verdict.Known(String other) -> other.equals(document.name());
      case Collisions.Verdict.Take(Entry other) -> other.name().equals(document.name());
    };
  }

  private void wait(Showing document, Reason reason, String why, Set<String> lacks)
      throws SQLException {
    WaitingRoom.put(connection, document.name(), document.table().name(), reason, why, lacks);
    tally = tally.plus(new Tally(0, 0, 0, 0, 1));
  }

  /** PostgreSQL's message without its values: they are a person's, and this is shown in lists. */
  private static String said(SQLException refusal) {
    return refusal instanceof PSQLException exception && exception.getServerErrorMessage() != null
        ? String.valueOf(exception.getServerErrorMessage().getMessage())
        : String.valueOf(refusal.getMessage());
  }
}
