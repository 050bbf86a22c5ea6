package org.skerry.postgres.capture.pgoutput;

import java.util.List;
import java.util.Optional;

/** A row, or what is told of an old one. */
public record Tuple(Relation relation, List<Cell> cells) {
  public Tuple {
    cells = List.copyOf(cells);
  }

  /** A column's value; nothing where the table had no such column. */
  public Optional<Cell> cell(String column) {
    var place = relation.place(column);
    return place.isPresent() && place.getAsInt() < cells.size()
        ? Optional.of(cells.get(place.getAsInt()))
        : Optional.empty();
  }

  /** A column's text; nothing for a null, for what is not told, and where there is no column. */
  public Optional<String> text(String column) {
    return cell(column)
        .flatMap(
            cell -> cell instanceof Cell.Text(String text) ? Optional.of(text) : Optional.empty());
  }
}
