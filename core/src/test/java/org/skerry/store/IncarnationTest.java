package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;

@ExtendWith(Seeded.class)
class IncarnationTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:34:56.789Z");

  @Test
  void aLifeTellsWhenItBegan(SplittableRandom random) {
    String name = Incarnation.begin(InstantSource.fixed(NOW), random);
    assertThat(name).matches("[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}");
    assertThat(Incarnation.beginning(name)).contains(NOW);
  }

  @Test
  void livesOfOneMomentAreDifferent(SplittableRandom random) {
    InstantSource clock = InstantSource.fixed(NOW);
    assertThat(Incarnation.begin(clock, random)).isNotEqualTo(Incarnation.begin(clock, random));
  }

  @Test
  void otherNamesTellNothing() {
    assertThat(Incarnation.beginning("00000000000000000000000000000000")).isEmpty();
    assertThat(Incarnation.beginning("ffffffffffff7fff8fffffffffffffff")).isEmpty();
    assertThat(Incarnation.beginning("0193000000008000800000000000000f")).isEmpty();
    assertThat(Incarnation.beginning("0193")).isEmpty();
  }
}
