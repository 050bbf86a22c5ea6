package org.skerry.postgres.number;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          16, 1, 9223372036854775807, 17, 1
          0, 1, 9223372036854775807, 17, 17
          -4, 5, 9223372036854775807, 1, 1
          -4, 5, 9223372036854775807, 5, 1
          5, 5, 9223372036854775807, 17, 2
          5, 5, 9223372036854775807, 9, 0
          1, 10, 45, 44, 4
          1000, -1, 1, 990, 10
          1000, -1, -9223372036854775808, 0, 1000
          1000, -7, 1, 990, 1
          1000, -7, 1, 993, 1
          """)
  void whatComesNextIsBehindTheNumber(long last, long step, long end, long number, long steps) {
    Stand stand = new Stand(last, step, end);
    assertThat(stand.isAhead(number)).isTrue();
    assertThat(stand.steps(number)).isEqualTo(steps);
    assertThat(new Stand(last + steps * step, step, end).steps(number)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          16, 1, 100, 16
          16, 1, 100, 3
          16, 1, 100, 101
          16, -1, 1, 17
          16, -1, 5, 4
          16, 0, 100, 17
          """)
  void numbersThatAreNeverGivenAreNobodys(long last, long step, long end, long number) {
    assertThat(new Stand(last, step, end).isAhead(number)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          16, 1, 100, 84
          -4, 5, 10, 2
          100, 1, 100, 0
          10, -1, 1, 9
          10, 0, 100, 0
          """)
  void roomIsWhatItHasLeft(long last, long step, long end, long room) {
    assertThat(new Stand(last, step, end).room()).isEqualTo(room);
  }
}
