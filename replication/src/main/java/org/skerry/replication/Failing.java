package org.skerry.replication;

import java.util.function.LongSupplier;
import org.skerry.document.DocId;

/**
 * Over which documents the ends of a replication fail.
 *
 * @param source what it fails to give
 * @param target what it fails to take
 * @param turns when what is set apart is tried again
 */
record Failing(FailingDocuments source, FailingDocuments target, Turns turns) {
  /**
   * None, so far.
   *
   * @param ticks nanoseconds since some moment
   */
  static Failing none(LongSupplier ticks) {
    return new Failing(new FailingDocuments(ticks), new FailingDocuments(ticks), new Turns(ticks));
  }

  /** A document went through after all. */
  void forget(DocId id) {
    source.forget(id);
    target.forget(id);
  }

  /** Whether there is nothing to remember. */
  boolean isEmpty() {
    return source.isEmpty() && target.isEmpty() && turns.isOver();
  }
}
