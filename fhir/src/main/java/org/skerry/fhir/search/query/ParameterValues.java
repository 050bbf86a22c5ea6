package org.skerry.fhir.search.query;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.skerry.fhir.search.definition.ParameterType;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.rows.Span;

/** Which terms a value of a parameter admits. */
final class ParameterValues {
  private final DateValues dates;
  private final ReferenceValues references;
  private final TokenValues tokens;
  private final CompositeValues composites = new CompositeValues(this);

  ParameterValues(Optional<String> base, InstantSource clock, Terminology terminology) {
    this.dates = new DateValues(clock);
    this.references = new ReferenceValues(base);
    this.tokens = new TokenValues(terminology);
  }

  /** One value, still escaped. */
  List<Span> spans(SearchParameter parameter, String modifier, String value) {
    return switch (parameter.type()) {
      case STRING -> StringValues.spans(parameter, modifier, value);
      case TOKEN -> tokens.spans(parameter, modifier, value);
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

  /** How dates are compared. */
  DateValues dates() {
    return dates;
  }

  /**
   * One value of a part of a composite, still escaped; rows of composites have quantities in their
   * own units alone.
   */
  List<Span> part(SearchParameter parameter, String value) {
    return parameter.type() == ParameterType.QUANTITY
        ? QuantityValues.inItsUnit(parameter, value)
        : spans(parameter, "", value);
  }

  private static SearchParameter plain(SearchParameter parameter, String modifier) {
    if (!modifier.isEmpty()) {
      throw Modifiers.unknown(parameter, modifier);
    }
    return parameter;
  }
}
