package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private final BasicHttpResponse answer = new BasicHttpResponse(503);

  @ParameterizedTest
  @CsvSource({"0, 0", "120, 120", "' 7 ', 7", "99999999999999999999, 999999999"})
  void secondsAreSeconds(String text, long seconds) {
    answer.setHeader("Retry-After", text);
    assertThat(RetryAfter.of(answer)).contains(Duration.ofSeconds(seconds));
  }

  /** Of whoever answers: its clock may be years from ours. */
  @Test
  void aDateCountsFromTheAnswers() {
    answer.setHeader("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT");
    answer.setHeader("Date", "Fri, 31 Dec 1999 23:58:29 GMT");
    assertThat(RetryAfter.of(answer)).contains(Duration.ofSeconds(90));
  }

  @Test
  void aDateAloneSaysNothing() {
    answer.setHeader("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT");
    assertThat(RetryAfter.of(answer)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "Fri, 31 Dec 1999 23:58:00 GMT"})
  void whatIsNoTimeIsNone(String text) {
    answer.setHeader("Retry-After", text);
    answer.setHeader("Date", "Fri, 31 Dec 1999 23:58:29 GMT");
    assertThat(RetryAfter.of(answer)).isEmpty();
  }
}
