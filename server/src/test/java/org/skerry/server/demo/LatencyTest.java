package org.skerry.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Percentiles. */
final class LatencyTest {
  private static final long MILLI = 1_000_000;

  @Test
  void aPercentileIsATimeThatWasMeasured() {
    Latency latency = new Latency();
    for (int i = 100; i >= 1; i--) {
      latency.add(0, i * MILLI);
    }
    assertThat(latency.percentile(0.50)).isEqualTo(50);
    assertThat(latency.percentile(0.99)).isEqualTo(99);
    assertThat(latency.percentile(1)).isEqualTo(100);
  }

  @Test
  void whatWasSeenBeforeItsAcknowledgementTookNoTime() {
    Latency latency = new Latency();
    latency.add(5 * MILLI, 4 * MILLI);
    assertThat(latency.percentile(0.5)).isZero();
  }

  @Test
  void nothingHasNoPercentile() {
    assertThatThrownBy(() -> new Latency().percentile(0.5))
        .isInstanceOf(IllegalStateException.class);
  }
}
