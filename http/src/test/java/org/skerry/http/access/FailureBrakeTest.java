package org.skerry.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.skerry.http.HttpProblem;

/** How long a name is locked behind wrong passwords. */
class FailureBrakeTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final AccessSettings.Lockout rule =
      new AccessSettings.Lockout(AccessSettings.Lockout.Mode.ENFORCE, 3, Duration.ofMinutes(5));
  private final FailureBrake brake = new FailureBrake(() -> now, () -> rule);

  private void lock() {
    for (int i = 0; i < 3; i++) {
      brake.failed("nurse", "10.0.0.1");
    }
    assertThatThrownBy(() -> brake.check("nurse", "10.0.0.1"))
        .isInstanceOfSatisfying(HttpProblem.class, e -> assertThat(e.status()).isEqualTo(403));
  }

  @Test
  void aLockEndsWithItsTime() {
    lock();
    now = now.plusSeconds(1);
    brake.check("nurse", "10.0.0.1");
  }

  @Test
  void aClockThatIsSetBackLocksNobodyUntilTheWrongTimeComesAgain() {
    lock();
    now = now.minus(Duration.ofDays(365));
    brake.check("nurse", "10.0.0.1");
    assertThat(brake.failed("nurse", "10.0.0.1")).isTrue();
    assertThatThrownBy(() -> brake.check("nurse", "10.0.0.1")).isInstanceOf(HttpProblem.class);
  }
}
