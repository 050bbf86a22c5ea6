package org.skerry.postgres.mapping;

import java.util.Optional;

/**
 * What the application expects beside a change, and no document has: when it was, and by whom.
 *
 * @param insert for new rows
 * @param update for rows that were there
 */
public record Stamp(Optional<Value> insert, Optional<Value> update) {
  /** What is written. */
  public sealed interface Value {
    /** The time of the transaction. */
    record Now() implements Value {}

    /** Always the same, as PostgreSQL reads it. */
    record Fixed(String text) implements Value {}
  }
}
