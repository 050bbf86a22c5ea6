package org.skerry.fhir.rest.history;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Limits;
import org.skerry.fhir.rest.Parameters;

/**
 * What of a history is wanted.
 *
 * @param since versions written at that time or later, as they say themselves
 * @param count of entries on a page
 * @param page where the page before ended, in the words of whoever wrote its link
 */
record HistoryQuery(Optional<Instant> since, int count, Optional<String> page) {
  /** What would leave versions out, and is not offered: all of them is no answer to that. */
  private static final Set<String> NOT_OFFERED = Set.of("_at", "_list");

  /** The parameter of a page's link that says where the page before ended. */
  static final String PAGE = "_page";

  /**
   * Reads a request's parameters.
   *
   * @throws OutcomeException 400 when they cannot be
   */
  static HistoryQuery of(Call call) {
    Parameters parameters = call.parameters();
    Limits limits = call.resources().limits();
    for (String name : NOT_OFFERED) {
      if (parameters.first(name).isPresent()) {
        throw OutcomeException.notSupported(
            400, "Histories have no " + name + " here: ask with _since and _count");
      }
    }
    return new HistoryQuery(
        parameters.first("_since").map(HistoryQuery::instant),
        parameters.first("_count").map(text -> count(text, limits)).orElse(limits.pageSize()),
        parameters.first(PAGE));
  }

  private static int count(String text, Limits limits) {
    try {
      int count = Integer.parseInt(text);
      if (count > 0) {
        return Math.min(count, limits.maxPageSize());
      }
    } catch (NumberFormatException e) {
      throw OutcomeException.invalid("_count=" + text + ": expected a whole number from 1");
    }
    throw OutcomeException.invalid("_count=" + text + ": expected a whole number from 1");
  }

  /** An instant, or a date as its first moment (UTC). */
  private static Instant instant(String text) {
    // A plus sign that was not encoded arrives as a blank.
    String whole = text.replace(' ', '+');
    try {
      return switch (whole.length()) {
        case 4 -> Year.parse(whole).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        case 7 -> YearMonth.parse(whole).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        case 10 -> LocalDate.parse(whole).atStartOfDay().toInstant(ZoneOffset.UTC);
        default -> OffsetDateTime.parse(whole).toInstant();
      };
    } catch (DateTimeException e) {
      throw OutcomeException.invalid("_since=" + text + ": expected an instant");
    }
  }

  /** The link to the page that begins behind a place. */
  String link(String url, Optional<String> place) {
    StringBuilder link = new StringBuilder(url).append("?_count=").append(count);
    since.ifPresent(at -> link.append("&_since=").append(at));
    place.ifPresent(at -> link.append('&').append(PAGE).append('=').append(at));
    return link.toString();
  }
}
