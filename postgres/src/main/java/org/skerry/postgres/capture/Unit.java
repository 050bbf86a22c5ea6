package org.skerry.postgres.capture;

import java.time.Instant;
import java.util.List;

/**
 * One transaction of the application, or, when it is very long, one part of it.
 *
 * @param place where it stands: units come in the order of these, parts of one unit share one
 * @param first how many changes of the transaction came before these
 * @param last whether nothing of the transaction follows
 * @param end what is confirmed when all of it is taken care of
 * @param gates who waited for everything before this
 */
record Unit(
    long xid,
    long place,
    Instant committed,
    int first,
    List<RowChange> changes,
    boolean last,
    long end,
    List<String> gates) {
  Unit {
    changes = List.copyOf(changes);
    gates = List.copyOf(gates);
  }

  /**
   * Something in the log that is no transaction, such as another program's message: it is taken
   * care of when all before it is. PostgreSQL does not end before it hears that.
   */
  static Unit nothing(long lsn) {
    return new Unit(0, lsn, Instant.EPOCH, 0, List.of(), true, lsn, List.of());
  }

  /** How many changes of the transaction are behind whoever has taken care of this. */
  int behind() {
    return first + changes.size();
  }

  /**
   * What is left when so many changes of the transaction are behind.
   *
   * @param known counted from the transaction's beginning
   */
  Unit without(int known) {
    int skipped = Math.clamp((long) known - first, 0, changes.size());
    return skipped == 0
        ? this
        : new Unit(
            xid,
            place,
            committed,
            first + skipped,
            changes.subList(skipped, changes.size()),
            last,
            end,
            gates);
  }
}
