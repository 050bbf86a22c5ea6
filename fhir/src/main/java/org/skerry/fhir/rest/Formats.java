package org.skerry.fhir.rest;

import java.util.Locale;
import java.util.Optional;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.http.Exchange;

/**
 * Which format a client speaks (http://hl7.org/fhir/R4/http.html#mime-type): {@code _format} before
 * {@code Accept}, JSON when it does not care.
 */
public final class Formats {
  private static final String PARAMETER = "_format";

  private Formats() {}

  /**
   * What to answer in.
   *
   * @throws OutcomeException 406 when the client takes neither
   */
  public static Format wanted(Exchange exchange) {
    Optional<String> named = exchange.query().text(PARAMETER).filter(text -> !text.isEmpty());
    if (named.isPresent()) {
      return of(named.get()).orElseThrow(() -> unacceptable("_format=" + named.get()));
    }
    return accepted(exchange)
        .orElseThrow(() -> unacceptable("Accept: " + exchange.header("Accept").orElse("")));
  }

  /** As {@link #wanted}, for problems: somebody who takes neither gets JSON. */
  public static Format orJson(Exchange exchange) {
    return exchange
        .query()
        .text(PARAMETER)
        .flatMap(Formats::of)
        .or(() -> accepted(exchange))
        .orElse(Format.JSON);
  }

  /** What a body is in; by its first character when the client does not say. */
  public static Format sent(Exchange exchange, byte[] body) {
    Optional<String> type = exchange.header("Content-Type").filter(text -> !text.isBlank());
    if (type.isEmpty()) {
      return startsWithMarkup(body) ? Format.XML : Format.JSON;
    }
    return of(type.get())
        .orElseThrow(
            () ->
                OutcomeException.notSupported(
                    415,
                    "Content-Type "
                        + type.get()
                        + " is no resource:"
                        + " send application/fhir+json or application/fhir+xml"));
  }

  /** Whether a client says that it sends JSON. */
  static boolean saysJson(Exchange exchange) {
    return exchange
        .header("Content-Type")
        .flatMap(Formats::of)
        .filter(format -> format == Format.JSON)
        .isPresent();
  }

  private static boolean startsWithMarkup(byte[] body) {
    for (byte c : body) {
      if (c > ' ') {
        return c == '<';
      }
    }
    return false;
  }

  /** The format of a media type, or of the short names that {@code _format} may have. */
  static Optional<Format> of(String mediaType) {
    int semicolon = mediaType.indexOf(';');
    String bare = semicolon < 0 ? mediaType : mediaType.substring(0, semicolon);
    // A plus sign that was not encoded arrives as a blank.
    return switch (bare.strip().toLowerCase(Locale.ROOT).replace(' ', '+')) {
      case "json",
          "application/fhir+json",
          "application/json",
          "text/json",
          "application/json+fhir",
          "application/json-patch+json" ->
          Optional.of(Format.JSON);
      case "xml", "application/fhir+xml", "application/xml", "text/xml", "application/xml+fhir" ->
          Optional.of(Format.XML);
      default -> Optional.empty();
    };
  }

  private static Optional<Format> accepted(Exchange exchange) {
    Optional<String> accept = exchange.header("Accept").filter(text -> !text.isBlank());
    if (accept.isEmpty()) {
      return Optional.of(Format.JSON);
    }
    Optional<Format> best = Optional.empty();
    double bestQuality = 0;
    for (String range : accept.get().split(",")) {
      double quality = quality(range);
      Optional<Format> format = wildcard(range) ? Optional.of(Format.JSON) : of(range);
      if (format.isPresent() && quality > bestQuality) {
        best = format;
        bestQuality = quality;
      }
    }
    return best;
  }

  /** Browsers ask for HTML first; they are shown JSON. */
  private static boolean wildcard(String range) {
    String bare = range.strip();
    return bare.startsWith("*/*")
        || bare.startsWith("application/*")
        || bare.startsWith("text/html")
        || bare.startsWith("text/*");
  }

  private static double quality(String range) {
    int at = range.replace(" ", "").indexOf(";q=");
    if (at < 0) {
      return 1;
    }
    String value = range.replace(" ", "").substring(at + 3).split(";")[0];
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static OutcomeException unacceptable(String asked) {
    return OutcomeException.notSupported(
        406, asked + " is not offered: ask for application/fhir+json or application/fhir+xml");
  }
}
