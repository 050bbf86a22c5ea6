package org.skerry.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.fhir.search.query.BadSearchException;

/** Dates, by the specification's table of prefixes (R4, 3.1.1.4.6 and 3.1.1.4.7). */
class DateSearchTest extends SearchCase {
  @BeforeEach
  void write() {
    put("Observation/a-day", "'effectiveDateTime':'2013-01-14'");
    put("Observation/b-midnight", "'effectiveDateTime':'2013-01-14T00:00:00Z'");
    put("Observation/c-ten", "'effectiveDateTime':'2013-01-14T10:00:00Z'");
    put("Observation/d-next", "'effectiveDateTime':'2013-01-15T00:00:00Z'");
    put("Observation/e-since", "'effectivePeriod':{'start':'2013-01-21'}");
    put("Observation/f-until", "'effectivePeriod':{'end':'2013-01-10'}");
    put("Observation/g-year", "'effectiveDateTime':'2013'");
    put("Observation/h-none", "'status':'final'");
  }

  private String by(String value) {
    return found("Observation?date=" + value).replaceAll("-\\w+", "");
  }

  @Test
  void anEqualDateContainsThatOfTheResource() {
    assertThat(by("2013-01-14")).isEqualTo("a b c");
    assertThat(by("eq2013-01-14T10:00Z")).isEqualTo("c");
    assertThat(by("2013-01-14T10:00:00.000Z")).as("less precise than asked").isEmpty();
    assertThat(by("2013-01")).isEqualTo("a b c d");
    assertThat(by("2013")).isEqualTo("a b c d g");
  }

  @Test
  void whatIsNotEqualIsUnequal() {
    assertThat(by("ne2013-01-14")).isEqualTo("d e f g");
  }

  @Test
  void beforeAndAfterMayOverlap() {
    assertThat(by("lt2013-01-14")).isEqualTo("f g");
    assertThat(by("lt2013-01-14T10:00Z")).isEqualTo("a b f g");
    assertThat(by("le2013-01-14")).isEqualTo("a b c f g");
    assertThat(by("gt2013-01-14")).isEqualTo("d e g");
    assertThat(by("gt2013-01-14T10:00Z")).isEqualTo("a d e g");
    assertThat(by("ge2013-01-14")).isEqualTo("a b c d e g");
    assertThat(by("gt2030")).isEqualTo("e");
    assertThat(by("lt1990")).isEqualTo("f");
  }

  @Test
  void startsAfterAndEndsBeforeDoNotOverlap() {
    assertThat(by("sa2013-01-14")).isEqualTo("d e");
    assertThat(by("eb2013-01-14")).isEqualTo("f");
    assertThat(by("eb2014")).isEqualTo("a b c d f g");
    assertThat(by("sa2012")).isEqualTo("a b c d e g");
  }

  @Test
  void theLongerAgoTheMoreIsApproximatelyThen() {
    // Eleven years ago, so about a year to both sides.
    assertThat(by("ap2013-06")).isEqualTo("a b c d e f g");
    assertThat(by("ap2016-06")).isEqualTo("e");
  }

  @Test
  void severalDatesBoundAnInterval() {
    assertThat(found("Observation?date=ge2013-01-14&date=lt2013-01-15"))
        .isEqualTo("a-day b-midnight c-ten g-year");
  }

  @Test
  void zonesAreRespected() {
    put("Observation/z", "'effectiveDateTime':'2013-01-14T23:00:00-05:00'");
    assertThat(found("Observation?date=2013-01-15")).isEqualTo("d-next z");
    assertThat(found("Observation?date=2013-01-15T05:00:00%2B01:00")).isEqualTo("z");
    assertThat(found("Observation?date=2013-01-15T05:00:00+01:00"))
        .as("a plus that nobody encoded")
        .isEqualTo("z");
  }

  @Test
  void timingsHaveOuterLimits() {
    put("ServiceRequest/a", "'occurrenceTiming':{'event':['2020-01-01','2020-03-01']}");
    put(
        "ServiceRequest/b",
        "'occurrenceTiming':{'repeat':{'boundsPeriod':{'start':'2020-02-01','end':'2020-02-03'}}}");
    assertThat(found("ServiceRequest?occurrence=2020-02")).isEqualTo("b");
    assertThat(found("ServiceRequest?occurrence=ge2020-02-20")).isEqualTo("a");
    assertThat(found("ServiceRequest?occurrence=2020")).isEqualTo("a b");
  }

  @Test
  void whatIsNoDateIsRefused() {
    for (String bad : new String[] {"yesterday", "2013-13", "2013-02-30", "gt", "14.1.2013"}) {
      assertThatThrownBy(() -> ask("Observation?date=" + bad))
          .as(bad)
          .isInstanceOf(BadSearchException.class);
    }
  }
}
