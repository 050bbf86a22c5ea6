package org.skerry.fhir.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.skerry.http.Exchange;

/** Versions and times in headers. */
public final class Tags {
  private Tags() {}

  /** The version that an entity tag names, strong or weak. */
  static String version(String tag) {
    String bare = tag.strip();
    bare = bare.startsWith("W/") ? bare.substring(2) : bare;
    return bare.replace("\"", "");
  }

  /** As a header shows it. */
  public static String httpDate(Instant instant) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
  }

  /** Whether the client has the version already. */
  public static boolean clientHas(
      Exchange exchange, String version, Optional<Instant> lastUpdated) {
    Optional<String> tags = exchange.header("If-None-Match");
    if (tags.isPresent()) {
      for (String tag : tags.get().split(",")) {
        if (tag.strip().equals("*") || version(tag).equals(version)) {
          return true;
        }
      }
      return false;
    }
    Optional<Instant> since = exchange.header("If-Modified-Since").flatMap(Tags::parse);
    return since.isPresent()
        && lastUpdated.isPresent()
        && !lastUpdated.get().truncatedTo(ChronoUnit.SECONDS).isAfter(since.get());
  }

  private static Optional<Instant> parse(String httpDate) {
    try {
      return Optional.of(
          DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate.strip(), Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
