package org.skerry.postgres.mapping;

import java.util.Locale;

/**
 * How a column's values look as JSON; a mapping names one only where the column's type misleads.
 */
public enum Kind {
  /** Whatever it is, as PostgreSQL writes it. */
  TEXT,
  /** A number with all of its digits; {@code NaN} and infinities are texts. */
  NUMBER,
  /** True or false. */
  BOOLEAN,
  /** JSON as it is. */
  JSON,
  /** Bytes, as base64. */
  BYTES,
  /** A moment without a zone: {@code 2026-03-01T12:00:00.25}. */
  TIMESTAMP,
  /** A moment: {@code 2026-03-01T12:00:00.25Z}. */
  INSTANT,
  /** A list, or a list of lists, of what an array's elements are. */
  ARRAY;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
