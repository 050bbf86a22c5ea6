package org.skerry.postgres.book;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.postgres.access.Together;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.RowName;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.NaturalName;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowRef;

/**
 * Gives rows their names: once, and for as long as they are there. A natural name that another row
 * has already, and one that says nothing, gives way to a UUID. Without state but the mapping; any
 * thread.
 */
public final class Naming {
  /** Two sessions must not give one row two names. */
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('skerry.naming', 0))";

  /** A document without a row gets one again: its next revision follows the last one. */
  private static final String REVIVE =
      "UPDATE skerry.row b SET id = q.id, here = true FROM unnest(?::text[], ?::text[])"
          + " AS q(name, id) WHERE b.name = q.name AND b.id IS NULL";

  private static final String INSERT =
      "INSERT INTO skerry.row (tbl, name, id, rev, hash, here) SELECT * FROM unnest(?::text[],"
          + " ?::text[], ?::text[], ?::text[], ?::text[], ?::bool[]) ON CONFLICT DO NOTHING";

  private final Mapping mapping;
  private final Identifiers identifiers;

  /**
   * Names of a satellite's rows.
   *
   * @param central whether it is the centre's: then its names win where values collide
   */
  public Naming(Mapping mapping, boolean central) {
    this.mapping = mapping;
    this.identifiers = new Identifiers(central);
  }

  /**
   * The entries of rows, made where there were none. In the caller's transaction.
   *
   * @param known what is known of the rows; others are looked up where their names need it
   */
  public Map<RowRef, Entry> name(
      Connection connection, Collection<RowRef> rows, Map<RowRef, Row> known) throws SQLException {
    Map<RowRef, Entry> found = Book.byRow(connection, rows);
    List<RowRef> nameless = rows.stream().filter(row -> !found.containsKey(row)).toList();
    found.putAll(nameNew(connection, nameless, known));
    return found;
  }

  /** The same for rows of which none had a name when somebody looked just now. */
  public Map<RowRef, Entry> nameNew(
      Connection connection, Collection<RowRef> rows, Map<RowRef, Row> known) throws SQLException {
    Map<Table, List<RowRef>> unnamed = new LinkedHashMap<>();
    for (RowRef row : new LinkedHashSet<>(rows)) {
      mapping
          .table(row.table())
          .ifPresent(table -> unnamed.computeIfAbsent(table, none -> new ArrayList<>()).add(row));
    }
    boolean byContent =
        unnamed.keySet().stream().anyMatch(table -> !(table.rowName() instanceof RowName.Uuid));
    if (byContent) {
      lock(connection);
    }
    Map<RowRef, Entry> found = new HashMap<>();
    for (Map.Entry<Table, List<RowRef>> table : unnamed.entrySet()) {
      found.putAll(
          table.getKey().rowName() instanceof RowName.Uuid
              ? nameFresh(connection, table.getKey(), table.getValue())
              : nameAll(connection, table.getKey(), table.getValue(), known));
    }
    return found;
  }

  /**
   * New ids, in one way. No lock is needed: a row can stand in the book only once, so who comes
   * second finds what the first one gave.
   */
  private Map<RowRef, Entry> nameFresh(Connection connection, Table table, List<RowRef> rows)
      throws SQLException {
    List<Entry> fresh =
        rows.stream()
            .sorted(Comparator.comparing(RowRef::id))
            .map(row -> Entry.named(table.name(), identifiers.next(table.type()), row.id()))
            .toList();
    Map<RowRef, Entry> found = new HashMap<>();
    new Together()
        .read(
            results ->
                Book.entries(results)
                    .forEach(
                        entry ->
                            found.put(new RowRef(entry.table(), entry.id().orElseThrow()), entry)),
            INSERT + " RETURNING tbl, name, id, rev, hash, here",
            Book.columns(fresh))
        .run(connection);
    found.putAll(
        Book.byRow(connection, rows.stream().filter(row -> !found.containsKey(row)).toList()));
    return found;
  }

  private static void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(LOCK);
    }
  }

  private Map<RowRef, Entry> nameAll(
      Connection connection, Table table, List<RowRef> rows, Map<RowRef, Row> known)
      throws SQLException {
    Map<RowRef, Entry> found = Book.byRow(connection, rows);
    Set<RowRef> nameless = new LinkedHashSet<>(rows);
    nameless.removeAll(found.keySet());
    Set<RowRef> missing = Set.copyOf(nameless);
    Ends ends = new Ends(connection, mapping, table, known);
    ends.addAncestors(nameless);
    while (!nameless.isEmpty()) {
      List<RowRef> ready = ends.ready(nameless);
      nameLevel(connection, table, ready, wanted(connection, table, ends, ready, nameless));
      ready.forEach(nameless::remove);
    }
    found.putAll(Book.byRow(connection, missing));
    return found;
  }

  private void nameLevel(
      Connection connection, Table table, List<RowRef> rows, Map<RowRef, String> wanted)
      throws SQLException {
    Set<String> taken = new HashSet<>();
    List<Entry> fresh = new ArrayList<>();
    for (RowRef row : rows) {
      String name = Optional.ofNullable(wanted.get(row)).filter(taken::add).orElse("");
      fresh.add(
          Entry.named(
              table.name(), name.isEmpty() ? identifiers.next(table.type()) : name, row.id()));
    }
    insert(connection, fresh);
    Map<RowRef, Entry> found = Book.byRow(connection, rows);
    List<Entry> others = new ArrayList<>();
    for (RowRef row : rows) {
      if (!found.containsKey(row)) {
        // Another row has that name.
        others.add(Entry.named(table.name(), identifiers.next(table.type()), row.id()));
      }
    }
    if (!others.isEmpty()) {
      insert(connection, others);
    }
  }

  /**
   * The natural names of a table's rows, whoever has them; none for rows that get UUIDs.
   *
   * @param known as in {@link #name}
   */
  public Map<RowRef, String> wanted(
      Connection connection, Table table, List<RowRef> rows, Map<RowRef, Row> known)
      throws SQLException {
    return wanted(connection, table, new Ends(connection, mapping, table, known), rows, Set.of());
  }

  /**
   * The natural names of rows.
   *
   * @param nameless rows without a name, which count for nothing in the names of others
   */
  private Map<RowRef, String> wanted(
      Connection connection, Table table, Ends ends, List<RowRef> rows, Set<RowRef> nameless)
      throws SQLException {
    if (rows.isEmpty()) {
      return Map.of();
    }
    return switch (table.rowName()) {
      case RowName.Uuid uuid -> Map.of();
      case RowName.Natural natural -> natural(connection, table, natural, ends, rows, nameless);
      case RowName.Listed listed ->
          LiveRows.listed(connection, mapping.schema(), table.type(), listed, rows);
    };
  }

  private Map<RowRef, String> natural(
      Connection connection,
      Table table,
      RowName.Natural natural,
      Ends ends,
      List<RowRef> rows,
      Set<RowRef> nameless)
      throws SQLException {
    Map<RowRef, Row> values = ends.values(rows);
    Set<RowRef> needed = new LinkedHashSet<>();
    values.values().forEach(row -> needed.addAll(ends.of(row)));
    needed.removeAll(nameless);
    Map<RowRef, String> names = new HashMap<>();
    name(connection, needed, ends.known()).forEach((row, entry) -> names.put(row, entry.name()));
    Map<RowRef, String> wanted = new HashMap<>();
    values.forEach(
        (ref, row) ->
            NaturalName.of(
                    table.type(),
                    natural.columns().stream()
                        .map(
                            column ->
                                NaturalName.value(
                                    table, column, row, end -> Optional.ofNullable(names.get(end))))
                        .toList())
                .ifPresent(name -> wanted.put(ref, name)));
    return wanted;
  }

  private static void insert(Connection connection, List<Entry> entries) throws SQLException {
    new Together()
        .add(
            REVIVE,
            entries.stream().map(Entry::name).toList(),
            entries.stream().map(entry -> entry.id().orElseThrow()).toList())
        .add(INSERT, Book.columns(entries))
        .run(connection);
  }
}
