package org.skerry.store;

import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;

/** Whatever happens, each site gets what its scope says. */
@ExtendWith(Seeded.class)
abstract class SubsetModelContract extends ContractCase {
  private static final int STORIES = 5;
  private static final int STEPS = 40;

  SubsetModelContract(Callable<Store> opener) {
    super(opener);
  }

  @Test
  void eachSiteGetsWhatItsScopeSays(SplittableRandom random) {
    for (int story = 0; story < STORIES; story++) {
      new SubsetStory(store.create("story" + story).orElseThrow(), random).tell(STEPS);
    }
  }

  /** Devices that know nothing of subsets, as {@link SubsetDeviceTest} has them by the hundred. */
  @Test
  void everyDeviceHasItsSubsetInTheEnd(SplittableRandom random) {
    for (int journey = 0; journey < STORIES; journey++) {
      DocumentStore lived = store.create("journey" + journey).orElseThrow();
      new SubsetJourney(lived, random, journey % 2 == 0).live(STEPS / 2);
    }
  }
}
