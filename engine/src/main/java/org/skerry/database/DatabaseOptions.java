package org.skerry.database;

import java.nio.charset.StandardCharsets;

/**
 * What may be switched for one database on this node. As its {@link Security}, options are not
 * replicated.
 *
 * @param appendOnly whether documents are created and never changed
 */
public record DatabaseOptions(boolean appendOnly) {
  /** Of a new database. */
  public static final DatabaseOptions DEFAULT = new DatabaseOptions(false);

  private static final String APPEND_ONLY = "append_only";

  /** As they are kept: names, a line each. */
  byte[] encode() {
    return (appendOnly ? APPEND_ONLY : "").getBytes(StandardCharsets.US_ASCII);
  }

  static DatabaseOptions decode(byte[] stored) {
    return new DatabaseOptions(
        new String(stored, StandardCharsets.US_ASCII).lines().anyMatch(APPEND_ONLY::equals));
  }
}
