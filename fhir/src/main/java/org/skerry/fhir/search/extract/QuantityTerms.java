package org.skerry.fhir.search.extract;

import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Quantity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;

/**
 * Quantities, and what has bounds that are some.
 *
 * <pre>
 *   [low, high, code, system, unit]              of a quantity, low and high are its value
 *   [true, high, low, code, system, unit]        of ranges, so that they are found by their end
 *   [false, base units, low, high]               of units of UCUM, in base units
 *   [null, base units, high, low]                of ranges of those
 * </pre>
 *
 * A quantity with a comparator is a range that is open at one side.
 */
final class QuantityTerms {
  private static final String CURRENCIES = "urn:iso:std:iso:4217";

  private QuantityTerms() {}

  static Optional<TermMaker> maker(BaseRuntimeElementDefinition<?> type) {
    if (Quantity.class.isAssignableFrom(type.getImplementingClass())) {
      return Optional.of(QuantityTerms::quantity);
    }
    return switch (type.getName()) {
      case "Money" -> Optional.of(QuantityTerms::money);
      case "Range" -> Optional.of(QuantityTerms::range);
      case "SampledData" -> Optional.of(QuantityTerms::samples);
      default -> Optional.empty();
    };
  }

  /** What a value is counted in. */
  private record Unit(String code, String system, String name) {
    static Unit of(JsonNode quantity) {
      return new Unit(
          quantity.path("code").asString(""),
          quantity.path("system").asString(""),
          quantity.path("unit").asString(""));
    }
  }

  private static void quantity(JsonNode element, Consumer<Term> terms) {
    Optional<BigDecimal> value = Decimals.read(element.path("value"));
    if (value.isEmpty()) {
      return;
    }
    String comparator = element.path("comparator").asString("");
    BigDecimal low = comparator.startsWith("<") ? Decimals.LOWEST : value.get();
    BigDecimal high = comparator.startsWith(">") ? Decimals.HIGHEST : value.get();
    add(low, high, Unit.of(element), terms);
  }

  private static void money(JsonNode element, Consumer<Term> terms) {
    String currency = element.path("currency").asString("");
    Decimals.read(element.path("value"))
        .ifPresent(value -> add(value, value, new Unit(currency, CURRENCIES, currency), terms));
  }

  private static void range(JsonNode element, Consumer<Term> terms) {
    Optional<BigDecimal> low = Decimals.read(element.path("low").path("value"));
    Optional<BigDecimal> high = Decimals.read(element.path("high").path("value"));
    if (low.isPresent() || high.isPresent()) {
      Unit unit = Unit.of(element.path(low.isPresent() ? "low" : "high"));
      add(low.orElse(Decimals.LOWEST), high.orElse(Decimals.HIGHEST), unit, terms);
    }
  }

  /** From the least sample to the greatest, as the parameter's definition says. */
  private static void samples(JsonNode element, Consumer<Term> terms) {
    BigDecimal origin = Decimals.read(element.path("origin").path("value")).orElse(BigDecimal.ZERO);
    BigDecimal factor = Decimals.read(element.path("factor")).orElse(BigDecimal.ONE);
    Optional<BigDecimal> low = Optional.empty();
    Optional<BigDecimal> high = Optional.empty();
    for (String sample : element.path("data").asString("").split("\\s+", -1)) {
      Optional<BigDecimal> read = Decimals.parse(sample);
      if (read.isPresent()) {
        BigDecimal value = read.get().multiply(factor).add(origin);
        low = Optional.of(low.map(value::min).orElse(value));
        high = Optional.of(high.map(value::max).orElse(value));
      }
    }
    if (low.isPresent() && high.isPresent()) {
      add(low.get(), high.get(), Unit.of(element.path("origin")), terms);
    }
  }

  private static void add(BigDecimal low, BigDecimal high, Unit unit, Consumer<Term> terms) {
    JsonNode code = Term.text(unit.code());
    JsonNode system = Term.text(unit.system());
    JsonNode name = Term.text(unit.name());
    terms.accept(Term.of(Decimals.node(low), Decimals.node(high), code, system, name));
    if (low.compareTo(high) < 0) {
      terms.accept(
          Term.of(BooleanNode.TRUE, Decimals.node(high), Decimals.node(low), code, system, name));
    }
    if (unit.system().equals(Units.UCUM)) {
      Units.canonical(unit.code())
          .ifPresent(base -> addConverted(base.unit(), base.of(low), base.of(high), terms));
    }
  }

  private static void addConverted(
      String unit, BigDecimal low, BigDecimal high, Consumer<Term> terms) {
    JsonNode base = Term.text(unit);
    terms.accept(Term.of(BooleanNode.FALSE, base, Decimals.node(low), Decimals.node(high)));
    if (low.compareTo(high) < 0) {
      terms.accept(Term.of(NullNode.instance, base, Decimals.node(high), Decimals.node(low)));
    }
  }
}
