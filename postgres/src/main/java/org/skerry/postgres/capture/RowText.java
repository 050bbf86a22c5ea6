package org.skerry.postgres.capture;

import java.util.ArrayList;
import java.util.List;
import org.skerry.postgres.capture.pgoutput.Cell;

/**
 * A whole row as PostgreSQL spells it: {@code (1,Ada,"two words",)}. Nothing between two commas is
 * null; quotes and backslashes within quotes are doubled.
 */
final class RowText {
  private final String text;
  private int at = 1;

  private RowText(String text) {
    this.text = text;
  }

  /** The values of a row's columns, in their order. */
  static List<Cell> parse(String text) {
    return new RowText(text).cells();
  }

  private List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    if (text.equals("()")) {
      return cells;
    }
    while (at < text.length()) {
      cells.add(cell());
      at++;
    }
    return cells;
  }

  /** Leaves off at the comma or parenthesis behind the value. */
  private Cell cell() {
    if (text.charAt(at) == ',' || text.charAt(at) == ')') {
      return Cell.NULL;
    }
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    while (true) {
      char c = text.charAt(at);
      if (!quoted && (c == ',' || c == ')')) {
        return new Cell.Text(value.toString());
      }
      if (c == '\\') {
        at++;
        value.append(text.charAt(at));
      } else if (c != '"') {
        value.append(c);
      } else if (quoted && text.charAt(at + 1) == '"') {
        at++;
        value.append('"');
      } else {
        quoted = !quoted;
      }
      at++;
    }
  }
}
