package org.skerry.postgres.book;

import org.skerry.postgres.mapping.Table;

/** A book that this program cannot go on with; it says what somebody has to do. */
public final class UnusableBookException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnusableBookException(String reason) {
    super(reason);
  }

  /** One that another version of this program wrote. */
  static UnusableBookException format(int found, int known) {
    return new UnusableBookException(
        "the schema `skerry` has format "
            + found
            + ", and this program knows format "
            + known
            + ": use the version of Skerry that made it, or a newer one");
  }

  /** One that knows a table's rows by a column of which it does not say which it is. */
  static UnusableBookException key(Table table) {
    return new UnusableBookException(
        "the rows of table "
            + table.name()
            + " are known by a key of one column, and the mapping names ["
            + table.key()
            + "]: put the key back that it named before, let this version run once with that, and"
            + " name all columns then; so rows keep their documents");
  }
}
