package org.skerry.fhir.search.extract;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Where a location is: {@code [latitude, longitude]}, in degrees. */
final class PlaceTerms {
  private PlaceTerms() {}

  static void position(JsonNode element, Consumer<Term> terms) {
    Optional<BigDecimal> latitude = Decimals.read(element.path("latitude"));
    Optional<BigDecimal> longitude = Decimals.read(element.path("longitude"));
    if (latitude.isPresent() && longitude.isPresent()) {
      terms.accept(Term.of(Decimals.node(latitude.get()), Decimals.node(longitude.get())));
    }
  }
}
