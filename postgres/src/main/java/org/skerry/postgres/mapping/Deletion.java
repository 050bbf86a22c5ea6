package org.skerry.postgres.mapping;

/** What the deletion of a document does to its row. */
public sealed interface Deletion {
  /** The row is deleted. */
  record Real() implements Deletion {}

  /**
   * The row stays, and says that it does not count any more.
   *
   * @param value as PostgreSQL reads it
   */
  record Soft(String column, String value) implements Deletion {}
}
