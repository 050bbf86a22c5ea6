package org.skerry.store.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is remembered of where feeds end. */
class FeedEndsTest {
  private final FeedEnds ends = new FeedEnds();
  private final AtomicLong stored = new AtomicLong();

  private long end(int feed) {
    return ends.of(feed, stored::incrementAndGet);
  }

  @Test
  void anEndIsReadOnceUntilItIsForgotten() {
    assertThat(end(7)).isEqualTo(1);
    assertThat(end(7)).isEqualTo(1);
    ends.forget(List.of(7));
    assertThat(end(7)).isEqualTo(2);
    ends.clear();
    assertThat(end(7)).isEqualTo(3);
  }

  @Test
  void othersAreKeptWhenOneIsForgotten() {
    assertThat(end(7)).isEqualTo(1);
    assertThat(end(8)).isEqualTo(2);
    ends.forget(List.of(8, 9));
    assertThat(end(7)).isEqualTo(1);
    assertThat(end(8)).isEqualTo(3);
  }

  @Test
  void anEndOfNothingIsRemembered() {
    assertThat(ends.of(7, () -> 0)).isZero();
    assertThat(end(7)).isZero();
  }

  @Test
  void whatWasReadWhileItWasForgottenIsNotRemembered() {
    long older =
        ends.of(
            7,
            () -> {
              ends.forget(List.of(7));
              return 41;
            });
    assertThat(older).isEqualTo(41);
    assertThat(ends.of(7, () -> 42)).isEqualTo(42);
    assertThat(ends.of(7, () -> 43)).isEqualTo(42);
  }

  @Test
  void whoCannotReadRemembersNothing() {
    try {
      ends.of(
          7,
          () -> {
            throw new IllegalStateException("the disk");
          });
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("the disk");
    }
    assertThat(end(7)).isEqualTo(1);
  }

  @Test
  void moreFeedsThanAreRememberedAreReadAgain() {
    for (int feed = 0; feed < 120_000; feed++) {
      assertThat(end(feed)).isEqualTo(feed + 1);
    }
    assertThat(end(0)).as("long forgotten").isEqualTo(120_001);
  }
}
