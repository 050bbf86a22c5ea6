package org.skerry.store;

import org.junit.jupiter.api.Nested;

/** What an engine that outlives its process must keep besides {@link StoreContract}. */
public abstract class DurableStoreContract extends StoreContract {
  /** Ends the store as the engine is prepared for, and opens again what remained. */
  protected abstract Store reopen(Store store);

  @Nested
  class Reopening extends ReopenContract {
    Reopening() {
      super(DurableStoreContract.this::open, DurableStoreContract.this::reopen);
    }
  }
}
