package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;

/** A peer may ask to be left alone for some time. */
class PatienceTest {
  private final RandomGenerator random = new SplittableRandom(1);

  private static PeerException throttled(Duration time) {
    return new PeerException(Kind.FAILING, "too many requests", time);
  }

  @Test
  void waitsAsLongAsThePeerAsksForAndThenItsOwnTime() {
    Patience patience = Patience.asked(false, Backoff.DEFAULT);
    Duration asked = Duration.ofSeconds(20);
    assertThat(patience.delay(throttled(asked), 1, random))
        .isBetween(asked.plusMillis(250), asked.plusMillis(500));
    assertThat(patience.delay(throttled(Duration.ZERO), 1, random))
        .isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
  }

  @Test
  void waitsNoLongerThanItWouldByItself() {
    Patience patience = Patience.asked(true, Backoff.DEFAULT);
    assertThat(patience.delay(throttled(Duration.ofDays(3)), 20, random))
        .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(120));
    assertThat(patience.isExhausted(throttled(Duration.ofDays(3)), 20, true)).isFalse();
  }

  @Test
  void aJobLeavesItsPlaceToOthersMeanwhile() {
    Patience job = Patience.OF_A_JOB;
    assertThat(job.isExhausted(throttled(Duration.ofSeconds(1)), 1, true)).isFalse();
    assertThat(job.isExhausted(throttled(Duration.ofSeconds(2)), 1, true)).isTrue();
  }
}
