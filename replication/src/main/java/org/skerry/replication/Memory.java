package org.skerry.replication;

import java.util.function.LongSupplier;

/**
 * What is known of a replication when it has ended, for the next one of its id.
 *
 * @param refusals what was refused; kept over restarts
 * @param failing over what its ends fail
 */
record Memory(RefusalLog refusals, Failing failing) {
  /** Of a replication that nobody knew before. */
  static Memory of(RefusalLog refusals, LongSupplier ticks) {
    return new Memory(refusals, Failing.none(ticks));
  }
}
