package org.skerry.fhir.search.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FhirTimeTest {
  private static String shown(String text) {
    return FhirTime.parse(text)
        .map(time -> Instant.ofEpochMilli(time.low()) + " " + Instant.ofEpochMilli(time.high()))
        .orElse("none");
  }

  @Test
  void aTimeIsAsLongAsItIsImprecise() {
    assertThat(shown("2012")).isEqualTo("2012-01-01T00:00:00Z 2013-01-01T00:00:00Z");
    assertThat(shown("2012-02")).isEqualTo("2012-02-01T00:00:00Z 2012-03-01T00:00:00Z");
    assertThat(shown("2012-02-29")).isEqualTo("2012-02-29T00:00:00Z 2012-03-01T00:00:00Z");
    assertThat(shown("2012-02-29T10:20")).isEqualTo("2012-02-29T10:20:00Z 2012-02-29T10:21:00Z");
    assertThat(shown("2012-02-29T10:20:30Z"))
        .isEqualTo("2012-02-29T10:20:30Z 2012-02-29T10:20:31Z");
    assertThat(shown("2012-02-29T10:20:30.1Z"))
        .isEqualTo("2012-02-29T10:20:30.100Z 2012-02-29T10:20:30.200Z");
    assertThat(shown("2012-02-29T10:20:30.1234567+02:00"))
        .isEqualTo("2012-02-29T08:20:30.123Z 2012-02-29T08:20:30.124Z");
    assertThat(shown("2016-12-31T23:59:60Z"))
        .as("a leap second")
        .isEqualTo("2016-12-31T23:59:59Z 2017-01-01T00:00:00Z");
    assertThat(shown("9999-12-31")).isEqualTo("9999-12-31T00:00:00Z +10000-01-01T00:00:00Z");
  }

  @Test
  void whatIsNoTimeIsNone() {
    for (String bad :
        List.of(
            "",
            "12",
            "2012-13",
            "2012-02-30",
            "2012-1-1",
            "2012-01-01T25:00",
            "2012-01-01T10",
            "2012-01-01T10:00+99:00",
            "x2012",
            "2012-01-01Z")) {
      assertThat(shown(bad)).as(bad).isEqualTo("none");
    }
  }

  @Test
  void theBoundsAreBeyondAllTimes() {
    assertThat(FhirTime.parse("0000").orElseThrow().low()).isEqualTo(FhirTime.MIN);
    assertThat(FhirTime.parse("9999").orElseThrow().high()).isEqualTo(FhirTime.MAX);
  }
}
