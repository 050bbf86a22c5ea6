package org.skerry.fhir.search.query;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.rows.Span;

/** Which terms a value of a parameter admits. */
final class ParameterValues {
  private final DateValues dates;
  private final ReferenceValues references;
  private final CompositeValues composites = new CompositeValues(this);

  ParameterValues(Optional<String> base, InstantSource clock) {
    this.dates = new DateValues(clock);
    this.references = new ReferenceValues(base);
  }

  /** One value, still escaped. */
  List<Span> spans(SearchParameter parameter, String modifier, String value) {
    return switch (parameter.type()) {
      case STRING -> StringValues.spans(parameter, modifier, value);
      case TOKEN -> List.of(TokenValues.span(parameter, modifier, value));
      case URI -> UriValues.spans(parameter, modifier, value);
      case REFERENCE -> references.spans(parameter, modifier, value);
      case DATE -> dates.spans(plain(parameter, modifier), value);
      case NUMBER ->
          DecimalSpans.of(plain(parameter, modifier), Escapes.unescape(value), any -> true);
      case QUANTITY -> QuantityValues.spans(plain(parameter, modifier), value);
      case COMPOSITE -> composites.spans(plain(parameter, modifier), value);
      case SPECIAL -> List.of(PlaceValues.span(plain(parameter, modifier), value));
    };
  }

  private static SearchParameter plain(SearchParameter parameter, String modifier) {
    if (!modifier.isEmpty()) {
      throw Modifiers.unknown(parameter, modifier);
    }
    return parameter;
  }
}
