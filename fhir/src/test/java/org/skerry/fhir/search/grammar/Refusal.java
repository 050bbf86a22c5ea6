package org.skerry.fhir.search.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** That something is refused, with its place and the reason. */
final class Refusal {
  private Refusal() {}

  static void of(ThrowingCallable reading, int at, String reason) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            GrammarException.class,
            e -> {
              assertThat(e).hasMessageContaining(reason);
              assertThat(e.at()).as("the place of " + e.getMessage()).isEqualTo(at);
            });
  }
}
