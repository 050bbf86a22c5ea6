package org.skerry.postgres.capture;

import java.util.Locale;
import java.util.Set;
import org.skerry.postgres.mapping.Deletion;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Row;

/**
 * Whether a row is there and does not count. Where the column that says so is a member of the
 * document, it travels as such, and the document lives on: others may still refer to it.
 */
final class SoftDeletion {
  private static final Set<String> TRUE = Set.of("t", "true", "yes", "on", "y");
  private static final Set<String> FALSE = Set.of("f", "false", "no", "off", "n");

  private SoftDeletion() {}

  static boolean isDeleted(Table table, Row row) {
    return table.deletion() instanceof Deletion.Soft(String column, String value)
        && table.column(column).isEmpty()
        && row.value(column).filter(text -> isSame(text, value)).isPresent();
  }

  private static boolean isSame(String text, String value) {
    return text.equals(value) || isSame(TRUE, text, value) || isSame(FALSE, text, value);
  }

  private static boolean isSame(Set<String> words, String text, String value) {
    return words.contains(text.toLowerCase(Locale.ROOT))
        && words.contains(value.toLowerCase(Locale.ROOT));
  }
}
