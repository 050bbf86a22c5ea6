package org.skerry.fulltext;

/** A field that an index function gave a document, of one of Nouveau's types. */
public sealed interface IndexedField {
  String name();

  /** Found by the tokens that an analyzer makes of it. */
  record Text(String name, String value, boolean stored) implements IndexedField {}

  /** Found as a whole; sorted and counted. */
  record Keyword(String name, String value, boolean stored) implements IndexedField {}

  /** Found by ranges; sorted and counted. */
  record Real(String name, double value, boolean stored) implements IndexedField {}

  /** Shown with a hit. */
  record StoredText(String name, String value) implements IndexedField {}

  /** Shown with a hit. */
  record StoredReal(String name, double value) implements IndexedField {}
}
