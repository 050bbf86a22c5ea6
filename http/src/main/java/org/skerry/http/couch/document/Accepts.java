package org.skerry.http.couch.document;

import java.util.Locale;
import java.util.Optional;
import org.skerry.http.Exchange;

/** What a client accepts, as far as documents come in different forms. */
final class Accepts {
  private Accepts() {}

  /**
   * Whether the client names the type itself. CouchDB takes a wildcard for a multipart, too, which
   * surprises whoever asks by hand; programs that read one name it.
   */
  static boolean names(Exchange exchange, String type) {
    Optional<String> accept = exchange.header("Accept");
    return accept.isPresent() && accept.get().toLowerCase(Locale.ROOT).contains(type);
  }

  /** Whether the client takes a body encoded with gzip. */
  static boolean gzip(Exchange exchange) {
    Optional<String> header = exchange.header("Accept-Encoding");
    if (header.isEmpty()) {
      return false;
    }
    for (String one : header.get().toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = one.strip().split(";", 2);
      boolean refused = parts.length == 2 && parts[1].replace(" ", "").matches("q=0(\\.0*)?");
      if ((parts[0].strip().equals("gzip") || parts[0].strip().equals("*")) && !refused) {
        return true;
      }
    }
    return false;
  }
}
