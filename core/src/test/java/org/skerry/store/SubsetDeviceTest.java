package org.skerry.store;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;

/** Devices that know nothing of subsets have exactly theirs in the end, and nothing is lost. */
@ExtendWith(Seeded.class)
class SubsetDeviceTest {
  private static final int JOURNEYS = 500;

  @Test
  void everyDeviceHasItsSubsetInTheEnd(SplittableRandom random) {
    for (int journey = 0; journey < JOURNEYS; journey++) {
      try (MemoryStore store = new MemoryStore()) {
        new SubsetJourney(store.create("db").orElseThrow(), random, false)
            .live(3 + random.nextInt(25));
      }
    }
  }

  @Test
  void whereNobodyEditsAtOnceThereIsNoConflict(SplittableRandom random) {
    for (int journey = 0; journey < JOURNEYS; journey++) {
      try (MemoryStore store = new MemoryStore()) {
        new SubsetJourney(store.create("db").orElseThrow(), random, true)
            .live(3 + random.nextInt(25));
      }
    }
  }
}
