package org.skerry.fhir.search.query;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.extract.Units;
import org.skerry.fhir.search.rows.Span;

/** Values of quantity parameters: {@code number|system|code}, {@code number||code}, a number. */
final class QuantityValues {
  private static final int PARTS = 3;

  /** Where they stand in a term, from its end. */
  private static final int CODE = 3;

  private static final int SYSTEM = 2;
  private static final int UNIT = 1;

  private QuantityValues() {}

  /** A value, in whatever unit of the same kind resources have it. */
  static List<Span> spans(SearchParameter parameter, String escaped) {
    List<String> parts = parts(parameter, escaped);
    boolean ofUcum = parts.size() == PARTS && parts.get(1).equals(Units.UCUM);
    Optional<Units.Canonical> base = ofUcum ? Units.canonical(parts.get(2)) : Optional.empty();
    if (base.isPresent()) {
      return DecimalSpans.converted(parameter, parts.getFirst(), base.get());
    }
    return inItsUnit(parameter, parts);
  }

  /** A value, of those that are in the same unit. */
  static List<Span> inItsUnit(SearchParameter parameter, String escaped) {
    return inItsUnit(parameter, parts(parameter, escaped));
  }

  private static List<String> parts(SearchParameter parameter, String escaped) {
    List<String> parts = Escapes.split(escaped, '|').stream().map(Escapes::unescape).toList();
    if (parts.size() != 1 && parts.size() != PARTS) {
      throw BadSearchException.invalid(
          parameter + ": a quantity is number, number|system|code or number||code");
    }
    return parts;
  }

  private static List<Span> inItsUnit(SearchParameter parameter, List<String> parts) {
    return DecimalSpans.of(
        parameter,
        parts.getFirst(),
        parts.size() == 1 ? any -> true : unit(parts.get(1), parts.get(2)));
  }

  /** Without a system, whatever a person would call the unit. */
  private static Predicate<Term> unit(String system, String code) {
    return term ->
        system.isEmpty()
            ? code.isEmpty() || is(term, CODE, code) || is(term, UNIT, code)
            : is(term, SYSTEM, system) && (code.isEmpty() || is(term, CODE, code));
  }

  private static boolean is(Term term, int fromEnd, String text) {
    return term.key().get(term.key().size() - fromEnd).stringValue().equals(text);
  }
}
