package org.skerry.fhir.rest;

import java.util.Locale;
import java.util.Optional;
import org.skerry.http.Exchange;

/** What a client prefers ({@code Prefer}, http://hl7.org/fhir/R4/http.html#ops). */
public enum Preference {
  MINIMAL,
  REPRESENTATION,
  OUTCOME;

  /** What to answer a write with; all of the resource when the client does not say. */
  static Preference of(Exchange exchange) {
    return switch (value(exchange, "return").orElse("")) {
      case "minimal" -> MINIMAL;
      case "operationoutcome" -> OUTCOME;
      default -> REPRESENTATION;
    };
  }

  /** One preference by its name, in small letters. */
  public static Optional<String> value(Exchange exchange, String name) {
    Optional<String> prefer = exchange.header("Prefer");
    if (prefer.isEmpty()) {
      return Optional.empty();
    }
    for (String one : prefer.get().split("[,;]")) {
      String bare = one.strip().toLowerCase(Locale.ROOT);
      if (bare.equals(name)) {
        return Optional.of("");
      }
      if (bare.startsWith(name + "=")) {
        return Optional.of(bare.substring(name.length() + 1).replace("\"", ""));
      }
    }
    return Optional.empty();
  }
}
