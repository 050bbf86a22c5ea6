package org.skerry.store.faulty;

import java.util.SplittableRandom;
import org.skerry.store.DurableStoreContract;
import org.skerry.store.MemoryStore;
import org.skerry.store.Store;

/** Without faults it is a store like any other, and even a crash loses nothing acknowledged. */
class FaultyStoreContractTest extends DurableStoreContract {
  @Override
  protected Store open() {
    return new FaultyStore(new MemoryStore(), new SplittableRandom(1));
  }

  @Override
  protected Store reopen(Store store) {
    FaultyStore faulty = (FaultyStore) store;
    faulty.crash();
    return faulty.restart();
  }
}
