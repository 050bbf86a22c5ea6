package org.skerry.fhir.search.extract;

import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/**
 * Numbers and ranges of them.
 *
 * <pre>
 *   [low, high]              of a number, both are the number
 *   [true, high, low]        of ranges, so that they are found by their end
 * </pre>
 */
final class NumberTerms {
  private NumberTerms() {}

  static Optional<TermMaker> maker(BaseRuntimeElementDefinition<?> type) {
    return switch (type.getName()) {
      case "decimal", "integer", "positiveInt", "unsignedInt" -> Optional.of(NumberTerms::number);
      case "Range" -> Optional.of(NumberTerms::range);
      default -> Optional.empty();
    };
  }

  private static void number(JsonNode element, Consumer<Term> terms) {
    Decimals.read(element).ifPresent(value -> add(value, value, terms));
  }

  private static void range(JsonNode element, Consumer<Term> terms) {
    Optional<BigDecimal> low = Decimals.read(element.path("low").path("value"));
    Optional<BigDecimal> high = Decimals.read(element.path("high").path("value"));
    if (low.isPresent() || high.isPresent()) {
      add(low.orElse(Decimals.LOWEST), high.orElse(Decimals.HIGHEST), terms);
    }
  }

  private static void add(BigDecimal low, BigDecimal high, Consumer<Term> terms) {
    terms.accept(Term.of(Decimals.node(low), Decimals.node(high)));
    if (low.compareTo(high) < 0) {
      terms.accept(Term.of(BooleanNode.TRUE, Decimals.node(high), Decimals.node(low)));
    }
  }
}
