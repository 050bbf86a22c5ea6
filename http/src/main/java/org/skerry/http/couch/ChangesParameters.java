package org.skerry.http.couch;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.skerry.changes.ChangesRequest.Style;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;

/**
 * How a client wants to read the feed. Which changes it wants is another matter: {@link
 * ChangesFilters}.
 *
 * @param since where to begin, as the client wrote it
 * @param limit at most so many rows
 * @param silence how long a live feed may say nothing
 * @param heartbeat whether a line is sent then; otherwise the feed ends
 * @param seqInterval every so many rows the position is told, on the others it is null
 */
record ChangesParameters(
    Feed feed,
    String since,
    long limit,
    boolean descending,
    Style style,
    DocumentOptions documents,
    Duration silence,
    boolean heartbeat,
    long seqInterval) {
  /** CouchDB's {@code changes_timeout}, which is also the longest. */
  private static final long LONGEST_SILENCE_MS = 60_000;

  /** How long an answer goes on. */
  enum Feed {
    /** To the end as it is. */
    NORMAL,
    /** Until there is something. */
    LONGPOLL,
    /** For ever, one row a line. */
    CONTINUOUS,
    /** For ever, as {@code text/event-stream}. */
    EVENTSOURCE;

    boolean isEndless() {
      return this == CONTINUOUS || this == EVENTSOURCE;
    }
  }

  static ChangesParameters of(Exchange exchange) {
    Query query = exchange.query();
    Feed feed = feed(query.text("feed").orElse("normal"));
    Optional<String> heartbeat = query.text("heartbeat").filter(text -> !text.equals("false"));
    return new ChangesParameters(
        feed,
        since(exchange, feed),
        number(query, "limit", Long.MAX_VALUE),
        isTrue(query, "descending"),
        style(query.text("style").orElse("main_only")),
        new DocumentOptions(
            isTrue(query, "include_docs"),
            isTrue(query, "conflicts"),
            isTrue(query, "attachments"),
            isTrue(query, "att_encoding_info")),
        Duration.ofMillis(
            heartbeat.isPresent()
                ? heartbeat(heartbeat.get())
                : Math.min(LONGEST_SILENCE_MS, number(query, "timeout", LONGEST_SILENCE_MS))),
        heartbeat.isPresent(),
        seqInterval(query));
  }

  /**
   * Everything but "true" is false here, as in CouchDB: feeds are read by programs of every age.
   */
  private static boolean isTrue(Query query, String name) {
    return query.text(name).filter("true"::equals).isPresent();
  }

  private static Feed feed(String name) {
    return switch (name) {
      case "normal" -> Feed.NORMAL;
      case "longpoll" -> Feed.LONGPOLL;
      case "continuous", "live" -> Feed.CONTINUOUS;
      case "eventsource" -> Feed.EVENTSOURCE;
      default ->
          throw bad("Supported `feed` types: normal, continuous, live, longpoll, eventsource");
    };
  }

  /** A browser that reconnects repeats its first address, and says in the header where it was. */
  private static String since(Exchange exchange, Feed feed) {
    Optional<String> header =
        feed == Feed.EVENTSOURCE ? exchange.header("Last-Event-ID") : Optional.empty();
    return header
        .or(() -> exchange.query().text("last-event-id"))
        .or(() -> exchange.query().text("since"))
        .orElse("0");
  }

  private static Style style(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "main_only" -> Style.MAIN_ONLY;
      case "all_docs" -> Style.ALL_DOCS;
      default -> throw bad("Supported `style` values: main_only, all_docs");
    };
  }

  private static long heartbeat(String text) {
    if (text.equals("true")) {
      return LONGEST_SILENCE_MS;
    }
    if (!isWhole(text)) {
      throw bad("Invalid heartbeat value. Expecting a positive integer value (in milliseconds).");
    }
    long millis = text.startsWith("-") ? 0 : parse(text);
    if (millis == 0) {
      throw bad("The heartbeat value should be a positive integer (in milliseconds).");
    }
    return Math.min(LONGEST_SILENCE_MS, millis);
  }

  private static long seqInterval(Query query) {
    long interval = number(query, "seq_interval", 1);
    if (interval == 0) {
      throw bad("invalid_seq_interval");
    }
    return interval;
  }

  private static long number(Query query, String name, long absent) {
    Optional<String> text = query.text(name);
    if (text.isPresent() && (!isWhole(text.get()) || text.get().startsWith("-"))) {
      throw bad("Invalid value for `" + name + "`, expected a whole number from 0");
    }
    return text.map(ChangesParameters::parse).orElse(absent);
  }

  private static boolean isWhole(String text) {
    return text.matches("-?[0-9]{1,100}");
  }

  private static long parse(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static HttpProblem bad(String reason) {
    return HttpProblem.badRequest("bad_request", reason);
  }
}
