package org.skerry.fhir.search.query;

import java.math.BigDecimal;
import java.util.List;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Decimals;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.rows.Span;

/** Values of {@code Location.near}: {@code latitude|longitude|distance|unit}. */
final class PlaceValues {
  private static final double EARTH_KM = 6371.0088;
  private static final double KM_A_DEGREE = EARTH_KM * Math.PI / 180;

  /** What is near when nobody says how near. */
  private static final double NEAR_KM = 10;

  private static final int MOST_PARTS = 4;

  private PlaceValues() {}

  static Span span(SearchParameter parameter, String escaped) {
    List<String> parts = Escapes.split(escaped, '|').stream().map(Escapes::unescape).toList();
    if (parts.size() < 2 || parts.size() > MOST_PARTS) {
      throw bad(parameter, escaped);
    }
    double latitude = number(parameter, parts.get(0), escaped);
    double longitude = number(parameter, parts.get(1), escaped);
    double reach =
        parts.size() < 3 || parts.get(2).isEmpty()
            ? NEAR_KM
            : number(parameter, parts.get(2), escaped)
                * unit(parts.size() == MOST_PARTS ? parts.getLast() : "km", parameter);
    double degrees = reach / KM_A_DEGREE;
    return Span.between(
            parameter,
            Decimals.node(BigDecimal.valueOf(latitude - degrees)),
            Decimals.node(BigDecimal.valueOf(latitude + degrees)))
        .where(term -> distance(latitude, longitude, term) <= reach);
  }

  private static double number(SearchParameter parameter, String text, String all) {
    return Decimals.parse(text).orElseThrow(() -> bad(parameter, all)).doubleValue();
  }

  private static BadSearchException bad(SearchParameter parameter, String value) {
    return BadSearchException.invalid(
        parameter + " needs latitude|longitude|distance|unit, and not " + value);
  }

  private static double unit(String code, SearchParameter parameter) {
    return switch (code) {
      case "", "km" -> 1;
      case "m" -> 0.001;
      case "[mi_i]", "mi_us", "[mi_us]", "mi" -> 1.609344;
      default ->
          throw BadSearchException.unsupported(
              parameter + ": distances are in km, m or [mi_i], and not in " + code);
    };
  }

  /** Along the great circle, in kilometres. */
  private static double distance(double latitude, double longitude, Term place) {
    double a = Math.toRadians(latitude);
    double b = Math.toRadians(place.key().get(0).doubleValue());
    double apart = Math.toRadians(place.key().get(1).doubleValue() - longitude);
    double across = Math.pow(Math.sin((b - a) / 2), 2);
    double along = Math.cos(a) * Math.cos(b) * Math.pow(Math.sin(apart / 2), 2);
    return 2 * EARTH_KM * Math.asin(Math.sqrt(Math.min(1, across + along)));
  }
}
