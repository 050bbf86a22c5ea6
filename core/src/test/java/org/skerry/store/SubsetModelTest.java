package org.skerry.store;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;

/** As {@link SubsetModelContract}, very often, on the engine that is fast. */
@ExtendWith(Seeded.class)
class SubsetModelTest {
  private static final int STORIES = 200;

  @Test
  void eachSiteGetsWhatItsScopeSays(SplittableRandom random) {
    for (int story = 0; story < STORIES; story++) {
      try (MemoryStore store = new MemoryStore()) {
        new SubsetStory(store.create("db").orElseThrow(), random).tell(5 + random.nextInt(40));
      }
    }
  }
}
