package org.skerry.fhir.search.grammar;

import java.util.List;

/** Which words somebody looks for. */
public sealed interface TextQuery {
  /**
   * What was written without a blank, or between quotes.
   *
   * @param open whether more may follow: its last word is the beginning of one
   * @param at where it stands
   */
  record Written(String text, boolean open, int at) implements TextQuery {}

  /** That all hold. */
  record All(List<TextQuery> parts) implements TextQuery {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** That one holds. */
  record Any(List<TextQuery> parts) implements TextQuery {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** That it does not hold. */
  record Not(TextQuery part) implements TextQuery {}
}
