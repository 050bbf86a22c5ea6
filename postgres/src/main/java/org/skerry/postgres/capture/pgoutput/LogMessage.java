package org.skerry.postgres.capture.pgoutput;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One message of the log. Between a {@link Begin} and its {@link Commit} stands one transaction.
 */
public sealed interface LogMessage {
  /**
   * A transaction that was committed.
   *
   * @param lsn of its commit: transactions come in the order of these
   */
  record Begin(long lsn, Instant time, long xid) implements LogMessage {}

  /**
   * A transaction's end.
   *
   * @param end behind its commit: whoever confirms this gets it no more
   */
  record Commit(long lsn, long end) implements LogMessage {}

  /** What the table looks like from here on. */
  record Described(Relation relation) implements LogMessage {}

  /** A new row. */
  record Insert(Tuple row) implements LogMessage {}

  /**
   * A changed row.
   *
   * @param old told when the key changed, or when the table's identity is full
   */
  record Update(Optional<Tuple> old, Tuple row) implements LogMessage {}

  /**
   * A row that is gone.
   *
   * @param old its key, or all of it when the table's identity is full
   */
  record Delete(Tuple old) implements LogMessage {}

  /** All rows of these tables are gone. */
  record Truncate(List<Relation> relations) implements LogMessage {
    public Truncate {
      relations = List.copyOf(relations);
    }
  }

  /** What somebody wrote into the log by {@code pg_logical_emit_message}. */
  record Remark(boolean transactional, String prefix, byte[] content) implements LogMessage {}

  /** What says nothing about rows. */
  record Other() implements LogMessage {}
}
