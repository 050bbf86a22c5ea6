package org.skerry.postgres.row;

import java.util.Map;
import java.util.Optional;
import org.skerry.postgres.mapping.Column;

/** References in a column: plain keys, and Tryton's texts with a model in front. */
final class AnyReferences {
  private AnyReferences() {}

  /** The row that a column's text means, if it means any. */
  static Optional<RowRef> reference(Column column, String text) {
    return switch (column.content()) {
      case Column.Value value -> Optional.empty();
      case Column.Reference(String table) -> Optional.of(new RowRef(table, text));
      case Column.AnyReference(Map<String, String> tables) -> {
        int comma = text.indexOf(',');
        // Tryton writes "model,-1" or "model," where only the model was chosen.
        boolean means = comma > 0 && comma + 1 < text.length() && text.charAt(comma + 1) != '-';
        yield means
            ? Optional.ofNullable(tables.get(text.substring(0, comma)))
                .map(table -> new RowRef(table, text.substring(comma + 1)))
            : Optional.empty();
      }
    };
  }

  /** What stands in a column that refers to a row. */
  static String text(Column column, RowRef row) {
    return switch (column.content()) {
      case Column.AnyReference(Map<String, String> tables) ->
          tables.entrySet().stream()
                  .filter(model -> model.getValue().equals(row.table()))
                  .map(Map.Entry::getKey)
                  .sorted()
                  .findFirst()
                  .orElseThrow()
              + ","
              + row.id();
      case Column.Reference reference -> row.id();
      case Column.Value value -> row.id();
    };
  }
}
