package org.skerry.http.couch.document;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.skerry.http.Exchange;

/** What a client accepts, as far as documents come in different forms. */
final class Accepts {
  private Accepts() {}

  /**
   * Whether the client takes this type, as {@code mochiweb_request:accepts_content_type} decides it
   * for CouchDB: whoever names nothing takes everything, a wildcard stands for whatever it covers,
   * and a quality of zero refuses. A header that cannot be read accepts nothing.
   */
  static boolean type(Exchange exchange, String type) {
    Map<String, Double> accepted;
    try {
      accepted = qualities(exchange.header("Accept").orElse("*/*"));
    } catch (NumberFormatException e) {
      return false;
    }
    String family = type.substring(0, type.indexOf('/')) + "/*";
    boolean taken =
        Stream.of("*/*", family, type).anyMatch(one -> accepted.getOrDefault(one, 0.0) > 0);
    boolean refused = Stream.of(family, type).anyMatch(one -> accepted.getOrDefault(one, 1.0) == 0);
    return taken && !refused;
  }

  /** The types of a header, each with its parameters but its quality, and that. */
  private static Map<String, Double> qualities(String header) {
    Map<String, Double> qualities = new HashMap<>();
    for (String one : header.toLowerCase(Locale.ROOT).split(",")) {
      double quality = 1;
      StringBuilder name = new StringBuilder();
      for (String part : one.replace(" ", "").split(";")) {
        if (part.startsWith("q=")) {
          quality = Double.parseDouble(part.substring(2));
        } else {
          name.append(name.isEmpty() ? "" : ";").append(part);
        }
      }
      qualities.put(name.toString(), quality);
    }
    return qualities;
  }
}
