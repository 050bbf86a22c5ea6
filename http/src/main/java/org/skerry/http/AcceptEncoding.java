package org.skerry.http;

import java.util.Locale;
import java.util.Optional;

/** What a client says of encodings (RFC 9110, section 12.5.3). */
public final class AcceptEncoding {
  private AcceptEncoding() {}

  /**
   * Whether the client takes a body encoded with gzip. Who says nothing takes none: it may not know
   * of encodings.
   */
  public static boolean gzip(Exchange exchange) {
    return takes(exchange.header("Accept-Encoding"), "gzip");
  }

  /**
   * Whether a header's value takes an encoding. What names it counts more than what means all.
   *
   * @param encoding in small letters
   */
  static boolean takes(Optional<String> header, String encoding) {
    if (header.isEmpty()) {
      return false;
    }
    boolean all = false;
    for (String one : header.get().toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = one.replace(" ", "").split(";", 2);
      boolean taken = parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
      if (parts[0].equals(encoding)) {
        return taken;
      }
      if (parts[0].equals("*")) {
        all = taken;
      }
    }
    return all;
  }
}
