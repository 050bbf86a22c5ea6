package org.skerry.replication.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.HttpMessage;

/**
 * How long a peer asks to be left alone (RFC 9110, 10.2.3). A date counts from the answer's own: no
 * clock of ours is set as the peer's is.
 */
final class RetryAfter {
  /** What is written with more digits is no time that anybody means. */
  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /** What the answer says; nothing where it says nothing, or nothing that is understood. */
  static Optional<Duration> of(HttpMessage answer) {
    return Calls.header(answer, "Retry-After")
        .flatMap(text -> read(text, Calls.header(answer, "Date")));
  }

  private static Optional<Duration> read(String text, Optional<String> date) {
    String said = text.strip();
    if (said.chars().allMatch(c -> c >= '0' && c <= '9') && !said.isEmpty()) {
      String digits = said.length() > MOST_DIGITS ? "9".repeat(MOST_DIGITS) : said;
      return Optional.of(Duration.ofSeconds(Long.parseLong(digits)));
    }
    return date.flatMap(RetryAfter::instant)
        .flatMap(now -> instant(said).map(then -> Duration.between(now, then)))
        .filter(Duration::isPositive);
  }

  private static Optional<Instant> instant(String text) {
    return Optional.ofNullable(DateUtils.parseStandardDate(text));
  }
}
