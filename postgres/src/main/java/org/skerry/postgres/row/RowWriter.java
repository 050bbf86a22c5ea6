package org.skerry.postgres.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skerry.document.Body;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Kind;
import org.skerry.postgres.mapping.Table;

/** Makes a table's rows members of documents. Immutable; any thread. */
public final class RowWriter {
  private static final String NULL = "null";

  private final Table table;
  private final Shape shape;

  /**
   * A writer.
   *
   * @param shape what the table is made of now; columns that are mapped and not there are left out
   */
  public RowWriter(Table table, Shape shape) {
    this.table = table;
    this.shape = shape;
  }

  /** The rows that a row refers to, which must have names before it is rendered. */
  public List<RowRef> references(Row row) {
    List<RowRef> found = new ArrayList<>();
    for (Column column : table.columns()) {
      row.value(column.name())
          .flatMap(text -> AnyReferences.reference(column, text))
          .ifPresent(found::add);
    }
    return found;
  }

  /**
   * What a row says.
   *
   * @param previous the revision that is followed: what is not known of the row is there
   */
  public Rendered render(Row row, Names names, Optional<Body> previous) {
    Map<String, String> before =
        isWhole(row) ? Map.of() : previous.map(RawMembers::of).orElse(Map.of());
    TreeMap<String, String> members = new TreeMap<>();
    TreeMap<String, String> canonical = new TreeMap<>();
    for (Column column : table.columns()) {
      Optional<String> type = shape.type(column.name());
      if (type.isEmpty()) {
        continue;
      }
      String json =
          row.has(column.name())
              ? row.value(column.name())
                  .map(text -> json(column, type.get(), text, names))
                  .orElse(NULL)
              : before.getOrDefault(column.member(), NULL);
      members.put(column.member(), json);
      canonical.put(column.member(), isJson(column, type.get()) ? CanonicalJson.of(json) : json);
    }
    return new Rendered(members, canonical);
  }

  private boolean isWhole(Row row) {
    return table.columns().stream().allMatch(column -> row.has(column.name()));
  }

  private static boolean isJson(Column column, String type) {
    Kind kind = kind(column, type);
    return kind == Kind.JSON || kind == Kind.ARRAY && Arrays.isOfJson(type);
  }

  static Kind kind(Column column, String type) {
    return column.content() instanceof Column.Value(Optional<Kind> kind)
        ? kind.orElseGet(() -> Values.kind(type))
        : Kind.TEXT;
  }

  private static String json(Column column, String type, String text, Names names) {
    if (column.content() instanceof Column.Value) {
      return Values.json(kind(column, type), type, text);
    }
    Optional<RowRef> reference = AnyReferences.reference(column, text);
    if (reference.isEmpty()) {
      return Values.quoted(text);
    }
    return names.name(reference.get()).map(Values::quoted).orElse(NULL);
  }
}
