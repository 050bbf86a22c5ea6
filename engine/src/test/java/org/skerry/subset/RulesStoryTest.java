package org.skerry.subset;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;

/** Each site gets what the rules give it, whatever the rules were before. */
@ExtendWith(Seeded.class)
class RulesStoryTest {
  private static final int STORIES = 300;

  @Test
  void eachSiteGetsWhatTheRulesSay(SplittableRandom random) {
    for (int story = 0; story < STORIES; story++) {
      new RulesStory(random.split()).tell(20 + random.nextInt(60));
    }
  }
}
