package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.json.JsonIn;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.book.Book;
import org.skerry.postgres.book.Entry;
import org.skerry.postgres.book.LiveRows;
import org.skerry.postgres.book.Naming;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.mapping.Via;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowReader;
import org.skerry.postgres.row.RowRef;
import org.skerry.postgres.row.RowWriter;
import org.skerry.postgres.rpc.RpcOutcome;
import org.skerry.postgres.rpc.RpcRows;
import org.skerry.postgres.schema.LiveTable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Documents of one table that are written by one call of the application: those whose rows are
 * there, or else those whose rows are to be made. Used once, by one thread.
 */
final class RpcBatch {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER =
      JsonIn.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Satellite satellite;
  private final Live live;
  private final Naming naming;
  private final RpcRows rows;
  private final Table table;
  private final Via.Rpc via;

  private Map<String, Entry> known = Map.of();
  private final List<Showing> makes = new ArrayList<>();
  private final List<Showing> changes = new ArrayList<>();
  private final List<Showing> removals = new ArrayList<>();
  private final Map<String, Row> values = new HashMap<>();

  /** Keys of rows by documents: what the application answered, and what was there. */
  private final Map<String, String> ids = new LinkedHashMap<>();

  RpcBatch(Satellite satellite, Live live, Naming naming, RpcRows rows, Table table, Via.Rpc via) {
    this.satellite = satellite;
    this.live = live;
    this.naming = naming;
    this.rows = rows;
    this.table = table;
    this.via = via;
  }

  /** Documents whose rows are to be made. */
  List<Showing> makes() {
    return makes;
  }

  boolean isEmpty() {
    return makes.isEmpty() && changes.isEmpty() && removals.isEmpty();
  }

  /** The documents that are shown when the call was done. */
  List<String> written() {
    List<String> names = new ArrayList<>();
    for (List<Showing> part : List.of(makes, changes, removals)) {
      part.forEach(document -> names.add(document.name()));
    }
    return names;
  }

  private Places places(Connection connection) {
    return new Places(connection, satellite.mapping(), live.tables(), naming);
  }

  /** Sorts documents by what is to be done. Returns the outcomes of those that need no call. */
  Map<String, Door.Outcome> prepare(Connection connection, List<Showing> documents)
      throws SQLException {
    Map<String, Door.Outcome> outcomes = new HashMap<>();
    List<String> names = documents.stream().map(Showing::name).toList();
    known = new HashMap<>(Book.byName(connection, names));
    Map<String, String> aliases = Book.aliases(connection, names);
    makes.clear();
    changes.clear();
    removals.clear();
    Places places = places(connection);
    Set<String> needed = new HashSet<>(names);
    documents.stream()
        .filter(one -> !one.deleted())
        .forEach(one -> needed.addAll(live.reader(table).references(one.body())));
    places.load(needed);
    for (Showing document : documents) {
      Optional<Entry> entry = Optional.ofNullable(known.get(document.name()));
      boolean shown = entry.flatMap(Entry::rev).filter(document.rev()::equals).isPresent();
      if (shown || aliases.containsKey(document.name())) {
        outcomes.put(document.name(), new Door.Outcome.Shown());
      } else if (document.deleted()) {
        entry
            .flatMap(Entry::id)
            .ifPresentOrElse(
                id -> {
                  ids.put(document.name(), id);
                  removals.add(document);
                },
                () -> outcomes.put(document.name(), new Door.Outcome.Shown()));
      } else {
        sort(document, places, outcomes);
      }
    }
    if (!changes.isEmpty()) {
      // A call of their own, so that one that is refused leaves nothing half done.
      makes.clear();
    }
    return outcomes;
  }

  private void sort(Showing document, Places places, Map<String, Door.Outcome> outcomes) {
    switch (live.reader(table).read(document.body(), places)) {
      case RowReader.Reading.Fits(Row row) -> {
        values.put(document.name(), row);
        Optional<RowRef> there = places.row(document.name());
        there.ifPresent(ref -> ids.put(document.name(), ref.id()));
        (there.isPresent() ? changes : makes).add(document);
      }
      case RowReader.Reading.Lacks(Set<String> lacks) ->
          outcomes.put(document.name(), new Door.Outcome.Lacks(lacks));
      case RowReader.Reading.Unfit(List<String> problems) ->
          outcomes.put(
              document.name(), new Door.Outcome.Refused(Reason.UNFIT, String.join("; ", problems)));
    }
  }

  /** Has the application write them. */
  RpcOutcome call(Connection connection, Map<Long, String> stamps) throws SQLException {
    return via.through().isPresent() ? relate(connection, via.through().get()) : write(stamps);
  }

  private RpcOutcome write(Map<Long, String> stamps) {
    RpcOutcome outcome = new RpcOutcome.Written(List.of());
    if (!removals.isEmpty()) {
      outcome = rows.delete(via.model(), numbers(removals), stamps);
    }
    if (!changes.isEmpty()) {
      outcome =
          rows.write(
              via.model(),
              changes.stream().map(one -> new RpcRows.Row(number(one), members(one))).toList(),
              stamps);
    }
    if (outcome instanceof RpcOutcome.Written && !makes.isEmpty()) {
      outcome = rows.create(via.model(), makes.stream().map(this::members).toList());
      if (outcome instanceof RpcOutcome.Written(List<Long> made)) {
        for (int i = 0; i < made.size(); i++) {
          ids.put(makes.get(i).name(), Long.toString(made.get(i)));
        }
      }
    }
    return outcome;
  }

  private long number(Showing document) {
    return Long.parseLong(ids.getOrDefault(document.name(), "0"));
  }

  private List<Long> numbers(List<Showing> documents) {
    return documents.stream().map(this::number).toList();
  }

  /** What a document says, by column; references are local ids. */
  private Map<String, JsonNode> members(Showing document) {
    Row row = values.get(document.name());
    JsonNode body = MAPPER.readTree(document.body().json());
    Map<String, JsonNode> members = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      if (row == null || !row.has(column.name()) || table.key().has(column.name())) {
        continue;
      }
      JsonNode value =
          switch (column.content()) {
            case Column.Value plain -> body.path(column.member());
            case Column.Reference reference ->
                row.value(column.name())
                    .<JsonNode>map(id -> JSON.numberNode(Long.parseLong(id)))
                    .orElseGet(JSON::nullNode);
            case Column.AnyReference any ->
                row.value(column.name()).<JsonNode>map(JSON::stringNode).orElseGet(JSON::nullNode);
          };
      members.put(column.name(), value);
    }
    return members;
  }

  /** Relations are lists of their parents; a pair that is there already needs nothing. */
  private RpcOutcome relate(Connection connection, Via.Through through) throws SQLException {
    RpcOutcome outcome = new RpcOutcome.Written(List.of());
    if (!removals.isEmpty()) {
      List<RpcRows.Pair> pairs = pairs(through, ends(connection, through, removals).values());
      if (!pairs.isEmpty()) {
        outcome = rows.relate(via.model(), through, "remove", pairs);
      }
    }
    if (outcome instanceof RpcOutcome.Written && !makes.isEmpty()) {
      List<Row> ends = makes.stream().map(one -> values.get(one.name())).toList();
      outcome = rows.relate(via.model(), through, "add", pairs(through, ends));
      if (outcome instanceof RpcOutcome.Written) {
        find(connection, through);
      }
    }
    return outcome;
  }

  private Map<RowRef, Row> ends(Connection connection, Via.Through through, List<Showing> documents)
      throws SQLException {
    List<RowRef> refs =
        documents.stream()
            .map(one -> new RowRef(table.name(), ids.getOrDefault(one.name(), "0")))
            .toList();
    return LiveRows.read(
        connection,
        satellite.mapping().schema(),
        table,
        List.of(through.parent(), through.child()),
        refs);
  }

  private static List<RpcRows.Pair> pairs(Via.Through through, Collection<Row> ends) {
    List<RpcRows.Pair> pairs = new ArrayList<>();
    for (Row row : ends) {
      Optional<String> parent = row.value(through.parent());
      Optional<String> child = row.value(through.child());
      if (parent.isPresent() && child.isPresent()) {
        pairs.add(new RpcRows.Pair(Long.parseLong(parent.get()), Long.parseLong(child.get())));
      }
    }
    return pairs;
  }

  /** The keys of relations that were just made. */
  private void find(Connection connection, Via.Through through) throws SQLException {
    TableWriter writer = live.writer(table).orElseThrow();
    for (Showing document : makes) {
      writer
          .other(
              connection,
              List.of(through.parent(), through.child()),
              values.getOrDefault(document.name(), Row.builder().build()),
              "")
          .ifPresent(id -> ids.put(document.name(), id));
    }
  }

  /** Writes what the rows show now into the book. */
  void book(Connection connection) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    removals.forEach(one -> entries.add(entry(one).gone(one.rev())));
    List<Showing> shown = new ArrayList<>(changes);
    shown.addAll(makes);
    List<RowRef> refs = new ArrayList<>();
    for (Showing document : shown) {
      if (ids.containsKey(document.name())) {
        refs.add(new RowRef(table.name(), ids.getOrDefault(document.name(), "")));
      }
    }
    LiveTable now = live.writer(table).orElseThrow().live();
    List<String> columns =
        table.columns().stream()
            .map(Column::name)
            .filter(name -> now.column(name).isPresent())
            .toList();
    Map<RowRef, Row> there =
        LiveRows.read(connection, satellite.mapping().schema(), table, columns, refs);
    RowWriter renderer = live.renderer(table);
    Places places = places(connection);
    List<RowRef> named = new ArrayList<>();
    there.values().forEach(row -> named.addAll(renderer.references(row)));
    places.loadNames(named);
    for (Showing document : shown) {
      String id = ids.getOrDefault(document.name(), "");
      Row row = there.get(new RowRef(table.name(), id));
      if (row == null) {
        throw new SQLException("the row of " + document.name() + " is not there", "40001");
      }
      String hash = renderer.render(row, places, Optional.empty()).hash();
      entries.add(entry(document).showing(id, document.rev(), hash));
    }
    Book.put(connection, entries);
  }

  private Entry entry(Showing document) {
    return known.getOrDefault(
        document.name(),
        new Entry(table.name(), document.name(), Optional.empty(), Optional.empty(), "", false));
  }
}
