package org.skerry.postgres.mapping;

import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;

/**
 * Which tables are which documents.
 *
 * @param schema of the tables
 */
public record Mapping(String schema, List<Table> tables) {
  /** Where PostgreSQL puts what names no other. */
  public static final String USUAL_SCHEMA = "public";

  public Mapping {
    tables = List.copyOf(tables);
  }

  /** The table of that name, if it is mapped. */
  public Optional<Table> table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  /** The table whose row a document is, if it is any's. */
  public Optional<Table> table(DocId id) {
    int slash = id.text().indexOf('/');
    return slash < 0
        ? Optional.empty()
        : tables.stream()
            .filter(table -> table.type().length() == slash && id.text().startsWith(table.type()))
            .findFirst();
  }

  /** Those whose rows become documents. */
  public List<Table> pushed() {
    return tables.stream().filter(table -> table.mode().pushes()).toList();
  }

  /** Those in which documents become rows. */
  public List<Table> pulled() {
    return tables.stream().filter(table -> table.mode().pulls()).toList();
  }
}
