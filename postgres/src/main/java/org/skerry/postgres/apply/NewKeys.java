package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowReader;
import org.skerry.postgres.row.RowRef;

/**
 * Gives keys to rows that are to be made: what their documents say, and where these do not say it
 * what the table's own rules give. For one transaction.
 */
final class NewKeys {
  private final Connection connection;
  private final Table table;
  private final LiveKey key;
  private final RowReader reader;
  private final Places places;

  NewKeys(Connection connection, Table table, LiveKey key, RowReader reader, Places places) {
    this.connection = connection;
    this.table = table;
    this.key = key;
    this.reader = reader;
    this.places = places;
  }

  /** Documents of which some say the same columns of a key. */
  private record Alike(List<Showing> documents, List<Row> rows) {
    Alike() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /** Notes the places of new rows; returns the documents that have one now. */
  Set<String> give(List<Showing> documents) throws SQLException {
    Map<List<String>, Alike> groups = new LinkedHashMap<>();
    for (Showing document : documents) {
      if (reader.readKey(document.body(), places) instanceof RowReader.Reading.Fits(Row row)
          && key.unknown(row).isEmpty()) {
        Alike alike = groups.computeIfAbsent(key.missing(row), none -> new Alike());
        alike.documents().add(document);
        alike.rows().add(row);
      }
    }
    Set<String> made = new HashSet<>();
    for (Map.Entry<List<String>, Alike> group : groups.entrySet()) {
      List<String> ids = key.make(connection, group.getValue().rows(), group.getKey());
      for (int i = 0; i < ids.size(); i++) {
        String name = group.getValue().documents().get(i).name();
        places.note(name, new RowRef(table.name(), ids.get(i)));
        made.add(name);
      }
    }
    return made;
  }

  /** Why a document that refers to nothing that is not here got none. */
  String refusal(Showing document) {
    List<String> unknown =
        reader.readKey(document.body(), places) instanceof RowReader.Reading.Fits(Row row)
            ? key.unknown(row)
            : List.of();
    return "says nothing of "
        + unknown
        + ", by which rows of "
        + table.name()
        + " are told apart, and the table has no rule for that in new rows";
  }
}
