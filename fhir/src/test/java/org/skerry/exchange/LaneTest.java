package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.exchange.Partner.Flow;
import org.skerry.exchange.Partner.Subject;

class LaneTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final RetryRule RETRY =
      new RetryRule(3, Duration.ofSeconds(10), Duration.ofMinutes(5));

  private final Subject patients = subject("patient", 60);
  private final Subject visits = subject("visit", 600);
  private final Lane lane =
      new Lane(Direction.PULL, new Flow(false, List.of(patients, visits)), RETRY);

  private static Subject subject(String category, long seconds) {
    return new Subject(
        category, "Patient", "fhir", Duration.ofSeconds(seconds), RETRY, ConflictRule.KEEP);
  }

  private void run(Instant time) {
    lane.begins(lane.turn(time));
    lane.succeeded(time);
  }

  @Test
  void eachCategoryHasItsOwnSchedule() {
    assertThat(lane.turn(NOW)).containsExactly(patients, visits);
    run(NOW);
    assertThat(lane.turn(NOW.plusSeconds(59))).isEmpty();
    assertThat(lane.next(Optional.empty())).isEqualTo(NOW.plusSeconds(60));
    assertThat(lane.turn(NOW.plusSeconds(60))).containsExactly(patients);
    run(NOW.plusSeconds(60));
    assertThat(lane.next(Optional.empty())).isEqualTo(NOW.plusSeconds(120));
    assertThat(lane.turn(NOW.plusSeconds(600))).containsExactly(patients, visits);
  }

  @Test
  void aPartnerThatIsDownIsLeftAloneForLongerAndLonger() {
    lane.begins(lane.turn(NOW));
    lane.failed("down", NOW);
    assertThat(lane.turn(NOW.plusSeconds(9))).isEmpty();
    assertThat(lane.turn(NOW.plusSeconds(10))).containsExactly(patients, visits);
    lane.begins(lane.turn(NOW.plusSeconds(10)));
    lane.failed("down", NOW.plusSeconds(10));
    assertThat(lane.next(Optional.empty())).isEqualTo(NOW.plusSeconds(30));
    assertThat(lane.state().failures()).isEqualTo(2);
    lane.hasten();
    assertThat(lane.turn(NOW.plusSeconds(20))).as("changes here do not change that").isEmpty();
    lane.ask(Optional.empty());
    assertThat(lane.turn(NOW.plusSeconds(20))).as("somebody who asks does").hasSize(2);
    run(NOW.plusSeconds(20));
    assertThat(lane.state().failures()).isZero();
  }

  @Test
  void whoAsksDuringARunIsNotForgotten() {
    lane.begins(lane.turn(NOW));
    assertThat(lane.ask(Optional.of("visit"))).isTrue();
    assertThat(lane.ask(Optional.of("nothing"))).isFalse();
    lane.succeeded(NOW);
    assertThat(lane.turn(NOW)).containsExactly(visits);
  }

  @Test
  void aRecordThatWasSetAsideWakesItEarlier() {
    run(NOW);
    assertThat(lane.next(Optional.of(NOW.plusSeconds(5)))).isEqualTo(NOW.plusSeconds(5));
    assertThat(lane.next(Optional.of(NOW.plusSeconds(500)))).isEqualTo(NOW.plusSeconds(60));
  }
}
