package org.skerry.postgres.row;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.skerry.document.Body;
import org.skerry.json.JsonIn;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Table;
import tools.jackson.databind.json.JsonMapper;

/** Makes documents rows of a table. Immutable; any thread. */
public final class RowReader {
  private static final String NULL = "null";
  private static final JsonMapper MAPPER = JsonIn.mapper();

  private final Table table;
  private final Shape shape;

  /**
   * A reader.
   *
   * @param shape what the table is made of now; members without a column there are left out
   */
  public RowReader(Table table, Shape shape) {
    this.table = table;
    this.shape = shape;
  }

  /** What a document is as a row. */
  public sealed interface Reading {
    /** A row; members that the document does not have are not known. */
    record Fits(Row row) implements Reading {}

    /** It refers to documents that are no rows here yet. */
    record Lacks(Set<String> names) implements Reading {
      public Lacks {
        names = Set.copyOf(names);
      }
    }

    /** It can be no row of this table. */
    record Unfit(List<String> problems) implements Reading {
      public Unfit {
        problems = List.copyOf(problems);
      }
    }
  }

  /** The documents that a document refers to. */
  public Set<String> references(Body body) {
    Set<String> found = new TreeSet<>();
    Map<String, String> members = RawMembers.of(body);
    for (Column column : table.columns()) {
      Optional.ofNullable(members.get(column.member()))
          .flatMap(json -> reference(column, json))
          .ifPresent(found::add);
    }
    return found;
  }

  /** The row that a body describes. */
  public Reading read(Body body, LocalIds ids) {
    return read(body, ids, Set.of());
  }

  /** What a body says of the row's key: all of it, some of its columns, or none. */
  public Reading readKey(Body body, LocalIds ids) {
    return read(
        table.columns().stream().filter(column -> table.key().has(column.name())).toList(),
        body,
        ids,
        Set.of());
  }

  /**
   * The row that a body describes.
   *
   * @param later documents that may be no rows yet: members that refer to them are not known
   */
  public Reading read(Body body, LocalIds ids, Set<String> later) {
    return read(table.columns(), body, ids, later);
  }

  private Reading read(List<Column> columns, Body body, LocalIds ids, Set<String> later) {
    Map<String, String> members = RawMembers.of(body);
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    Set<String> lacking = new TreeSet<>();
    List<String> problems = new ArrayList<>();
    for (Column column : columns) {
      String json = members.get(column.member());
      Optional<String> type = shape.type(column.name());
      if (json == null || type.isEmpty()) {
        continue;
      }
      if (json.equals(NULL)) {
        values.put(column.name(), Optional.empty());
        continue;
      }
      try {
        Optional<String> name = reference(column, json);
        Optional<RowRef> row = name.flatMap(ids::row);
        if (name.isPresent() && row.isEmpty()) {
          if (!later.contains(name.get())) {
            lacking.add(name.get());
          }
        } else {
          values.put(column.name(), Optional.of(text(column, type.get(), json, row)));
        }
      } catch (UnfitValueException e) {
        problems.add("member `" + column.member() + "` " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      return new Reading.Unfit(problems);
    }
    return lacking.isEmpty() ? new Reading.Fits(new Row(values)) : new Reading.Lacks(lacking);
  }

  private static String text(Column column, String type, String json, Optional<RowRef> row) {
    if (row.isPresent()) {
      return AnyReferences.text(column, row.get());
    }
    if (column.content() instanceof Column.Reference) {
      throw new UnfitValueException("must be the id of a document");
    }
    return Values.text(RowWriter.kind(column, type), type, json);
  }

  /** The document that a member refers to, if it refers to any. */
  private static Optional<String> reference(Column column, String json) {
    if (column.content() instanceof Column.Value || json.charAt(0) != '"') {
      return Optional.empty();
    }
    String text = MAPPER.readTree(json).stringValue();
    return switch (column.content()) {
      case Column.Value value -> Optional.empty();
      case Column.Reference reference -> Optional.of(text);
      case Column.AnyReference any -> text.indexOf('/') > 0 ? Optional.of(text) : Optional.empty();
    };
  }
}
