package org.skerry.postgres.old;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.skerry.document.Body;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Deletion;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.RowName;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.NaturalName;
import org.skerry.postgres.row.Rendered;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowReader;
import org.skerry.postgres.row.RowRef;
import org.skerry.postgres.row.RowWriter;
import org.skerry.postgres.row.Shape;
import org.skerry.store.StoredRevision;

/**
 * A model of Tryton as the old engine sends it: rows with the targets' unique ids as references. A
 * unique id takes the place that a local id has in a row, so that rows and documents are made of
 * each other as always. Immutable.
 */
final class Model {
  private static final String UUID = "uuid";

  /** Members of a row that are the old engine's own, or of one instance alone. */
  private static final Set<String> ENGINES =
      Set.of("synchronised_instances", "last_synchronisation", "id", "create_uid", "write_uid");

  private final Mapping mapping;
  private final Table table;
  private final Shape shape;
  private final RowWriter writer;
  private final RowReader reader;

  Model(Mapping mapping, Table table, Shape shape) {
    this.mapping = mapping;
    this.table = table;
    this.shape = shape;
    this.writer = new RowWriter(table, shape);
    this.reader = new RowReader(table, shape);
  }

  /** The table of a model. */
  static Table table(Mapping mapping, String model) {
    Table table =
        mapping
            .table(model.replace('.', '_'))
            .orElseThrow(() -> new BadCallException("model " + model + " is not mapped here"));
    uniqueColumn(table);
    return table;
  }

  String type() {
    return table.type();
  }

  Table table() {
    return table;
  }

  /** The member of a row that names it. */
  String uniqueColumn() {
    return uniqueColumn(table);
  }

  private static String uniqueColumn(Table table) {
    return switch (table.rowName()) {
      case RowName.Uuid uuid -> UUID;
      case RowName.Natural(List<String> columns) when columns.size() == 1 -> columns.getFirst();
      case RowName.Natural natural -> throw unnamed(table);
      case RowName.Listed listed -> throw unnamed(table);
    };
  }

  private static BadCallException unnamed(Table table) {
    return new BadCallException(
        "rows of " + table.name() + " have no name in one column, as the old engine needs");
  }

  /** The document of a unique id. */
  Optional<String> document(Wire unique) {
    return WireValues.text(UUID, unique).flatMap(text -> document(table, text));
  }

  private static Optional<String> document(Table table, String unique) {
    return NaturalName.of(table.type(), List.of(Optional.of(unique)));
  }

  /** The unique id in a document's id. */
  private static Optional<String> unique(Table table, String document) {
    return NaturalName.values(table.type(), document, 1).flatMap(List::getFirst);
  }

  private Optional<String> name(RowRef row) {
    return mapping.table(row.table()).flatMap(target -> document(target, row.id()));
  }

  private Optional<RowRef> row(String document) {
    return mapping.tables().stream()
        .filter(target -> document.startsWith(target.type() + "/"))
        .findFirst()
        .flatMap(
            target -> unique(target, document).map(unique -> new RowRef(target.name(), unique)));
  }

  /** When a row was written last, as it says. */
  static LocalDateTime time(Wire.Struct row) {
    for (String member : List.of("write_date", "create_date")) {
      if (row.get(member) instanceof Wire.Moment(LocalDateTime time)) {
        return time.truncatedTo(ChronoUnit.SECONDS);
      }
    }
    return LocalDateTime.of(1970, 1, 1, 0, 0);
  }

  /**
   * What a row says.
   *
   * @param values by column: mapped ones alone
   */
  record Said(Rendered rendered, boolean deleted, Map<String, Wire> values) {
    Body body(Optional<Body> before) {
      return rendered.body(before);
    }
  }

  /**
   * What a row says. A value that the old engine would write in the same way as what stands in the
   * revision before is that: it knows seconds where PostgreSQL knows microseconds.
   */
  Said said(Wire.Struct row, Optional<Body> before) {
    Map<String, Optional<String>> texts = before.flatMap(this::texts).orElse(Map.of());
    Map<String, Wire> values = values(row);
    Row.Builder said = Row.builder();
    values.forEach(
        (name, value) -> {
          String type = shape.type(name).orElseThrow();
          Optional<String> known = texts.getOrDefault(name, Optional.empty());
          boolean same = texts.containsKey(name) && wire(name, type, known).equals(value);
          said.put(name, (same ? known : text(name, type, value)).orElse(null));
        });
    return new Said(writer.render(said.build(), this::name, before), isDeleted(row), values);
  }

  private Map<String, Wire> values(Wire.Struct row) {
    Map<String, Wire> values = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      if (row.members().containsKey(column.name()) && shape.type(column.name()).isPresent()) {
        values.put(column.name(), row.get(column.name()));
      }
    }
    return values;
  }

  private boolean isDeleted(Wire.Struct row) {
    return table.deletion() instanceof Deletion.Soft(String name, String value)
        && table.column(name).isEmpty()
        && WireValues.text("bool", row.get(name))
            .filter(text -> text.charAt(0) == Character.toLowerCase(value.charAt(0)))
            .isPresent();
  }

  private Optional<String> text(String name, String type, Wire value) {
    boolean any =
        table.column(name).filter(one -> one.content() instanceof Column.AnyReference).isPresent();
    if (any && value instanceof Wire.Items(List<Wire> pair) && pair.size() == 2) {
      // A reference into any model: (model, unique id).
      return WireValues.text(UUID, pair.get(0))
          .flatMap(model -> WireValues.text(UUID, pair.get(1)).map(id -> model + "," + id));
    }
    return WireValues.text(type, value);
  }

  /** What a document says, as texts of a row with unique ids in it. */
  private Optional<Map<String, Optional<String>>> texts(Body body) {
    return reader.read(body, this::row) instanceof RowReader.Reading.Fits(Row row)
        ? Optional.of(row.columns())
        : Optional.empty();
  }

  private Wire wire(String name, String type, Optional<String> text) {
    Column column = table.column(name).orElseThrow();
    if (text.isEmpty() || column.content() instanceof Column.Value) {
      return WireValues.of(type, text);
    }
    return RowRef.of(column, text.get())
        .map(
            row -> {
              Wire unique = unique(row);
              int comma = text.get().indexOf(',');
              return column.content() instanceof Column.AnyReference
                  ? Wire.Items.of(new Wire.Text(text.get().substring(0, comma)), unique)
                  : unique;
            })
        .orElseGet(() -> new Wire.Text(text.get()));
  }

  private Wire unique(RowRef row) {
    boolean isUuid =
        mapping
            .table(row.table())
            .filter(target -> target.rowName() instanceof RowName.Uuid)
            .isPresent();
    return isUuid ? WireValues.uuid(row.id()) : new Wire.Text(row.id());
  }

  /**
   * Whether a row was made on a revision: whether it says all that is new in that.
   *
   * @param before the other one on which it may have been made
   */
  boolean says(Wire.Struct row, StoredRevision there, Optional<StoredRevision> before) {
    if (isDeleted(row) != there.deleted()
        && before.filter(one -> one.deleted() == there.deleted()).isEmpty()) {
      return false;
    }
    Map<String, Optional<String>> now = texts(there.body()).orElse(Map.of());
    Map<String, Optional<String>> earlier =
        before.flatMap(one -> texts(one.body())).orElse(Map.of());
    return values(row).entrySet().stream()
        .filter(value -> now.containsKey(value.getKey()))
        .filter(value -> !is(now, value.getKey()).equals(is(earlier, value.getKey())))
        .allMatch(
            value -> {
              String type = shape.type(value.getKey()).orElseThrow();
              return wire(value.getKey(), type, is(now, value.getKey())).equals(value.getValue());
            });
  }

  private static Optional<String> is(Map<String, Optional<String>> texts, String name) {
    return texts.getOrDefault(name, Optional.empty());
  }

  /** Whether a row says the same as a revision. */
  static boolean isSame(Said said, Body body) {
    return said.rendered().isSaidBy(body);
  }

  /**
   * A document as a row; nothing where the old engine has no words for it: that a row is really
   * gone, or one whose references are none of its.
   *
   * @param time under which its reader is to have it
   * @param instance the reader's number: its bit is set, as it gets the row
   */
  Optional<Wire.Struct> row(
      String document, boolean deleted, Body body, LocalDateTime time, int instance) {
    Optional<String> unique = unique(table, document);
    Optional<Map<String, Optional<String>>> texts = texts(body);
    boolean unspeakable = deleted && !(table.deletion() instanceof Deletion.Soft);
    if (unique.isEmpty() || texts.isEmpty() || unspeakable) {
      return Optional.empty();
    }
    Map<String, Wire> members = new LinkedHashMap<>();
    texts
        .get()
        .forEach((name, text) -> members.put(name, wire(name, shape.type(name).orElse(""), text)));
    members.put(uniqueColumn(), unique(new RowRef(table.name(), unique.get())));
    if (table.deletion() instanceof Deletion.Soft(String name, String value)
        && table.column(name).isEmpty()) {
      boolean gone = value.equalsIgnoreCase("true") || value.equalsIgnoreCase("t");
      members.put(name, new Wire.Flag(gone == deleted));
    }
    members.put("create_date", new Wire.Moment(time));
    members.put("write_date", new Wire.Moment(time));
    members.put("synchronised_instances", Bits.only(instance));
    return Optional.of(new Wire.Struct(members));
  }

  /** Members of a row that are mapped nowhere, for people who wonder. */
  Set<String> unmapped(Wire.Struct row) {
    Set<String> names = new TreeSet<>(row.members().keySet());
    names.removeAll(ENGINES);
    names.removeAll(table.columns().stream().map(Column::name).toList());
    names.removeAll(Set.of("create_date", "write_date", "active", uniqueColumn()));
    return names;
  }
}
