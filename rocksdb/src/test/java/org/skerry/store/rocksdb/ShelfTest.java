package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skerry.store.subset.Audience;

/** What the parts of the engine are told of a database. */
class ShelfTest {
  private static final int FEED = 3;

  private final Shelf shelf = new Shelf(16, "db", "life", Ledger.NEW, true);
  private final List<String> woken = new ArrayList<>();

  /** A group that was refused may stand in the log, and have begun what nobody counted. */
  @Test
  void whatStandsInAStoreThatWasOpenedAnewIsReadAgain() {
    shelf.onAdvance(FEED, () -> woken.add("a site"));
    long end = shelf.feedEnds().of(FEED, () -> 5);
    long begun = shelf.subsetsBegun();
    shelf.readSubsetsAnew(false);
    assertThat(end).isEqualTo(5);
    assertThat(shelf.feedEnds().of(FEED, () -> 6)).isEqualTo(6);
    assertThat(shelf.subsetsBegun()).isGreaterThan(begun);
    assertThat(shelf.keepsSubsets()).isFalse();
    assertThat(woken).containsExactly("a site");
  }

  @Test
  void aSiteIsWokenByItsOwnFeedAndByThatOfEveryone() {
    shelf.onAdvance(FEED, () -> woken.add("a site"));
    shelf.onAdvance(() -> woken.add("all"));
    shelf.wake(Set.of(FEED + 1));
    assertThat(woken).isEmpty();
    shelf.wake(Set.of(FEED));
    shelf.wake(Set.of(Audience.EVERYONE));
    assertThat(woken).containsExactly("a site", "a site");
    shelf.wake();
    assertThat(woken).endsWith("all");
  }
}
