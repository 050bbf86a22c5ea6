package org.skerry.fhir.search.query;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.DateTerms;
import org.skerry.fhir.search.extract.FhirTime;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.rows.Span;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.LongNode;

/**
 * Values of date parameters: intervals, compared with those of resources.
 *
 * @param clock for {@code ap}, which is the wider the longer ago
 */
record DateValues(InstantSource clock) {
  private static final long TENTH = 10;
  private static final long LOWEST = Long.MIN_VALUE;
  private static final long HIGHEST = Long.MAX_VALUE;

  List<Span> spans(SearchParameter parameter, String escaped) {
    Prefix.Prefixed read = Prefix.read(Escapes.unescape(escaped));
    return spans(parameter, read.prefix(), time(parameter, read.value()));
  }

  /** Those that have a moment in common with a time. */
  List<Span> overlapping(SearchParameter parameter, String value) {
    FhirTime time = time(parameter, value);
    return near(parameter, time.low(), time.high(), 0);
  }

  /** Those of which a time is a part. */
  List<Span> including(SearchParameter parameter, String value) {
    FhirTime time = time(parameter, value);
    Predicate<Term> whole = term -> from(term) <= time.low() && to(term) >= time.high();
    return overlapping(parameter, value).stream().map(span -> span.where(whole)).toList();
  }

  private static FhirTime time(SearchParameter parameter, String text) {
    // In a URL a plus may have become a space.
    return FhirTime.parse(text.strip().replace(' ', '+'))
        .or(() -> FhirTime.parse(text))
        .orElseThrow(() -> BadSearchException.invalid(parameter + ": no date: " + text));
  }

  /** Where the place of a row says enough it is not looked at. */
  private List<Span> spans(SearchParameter parameter, Prefix prefix, FhirTime time) {
    long low = time.low();
    long high = time.high();
    long tolerance = Math.abs(clock.millis() - low) / TENTH;
    Predicate<Term> filter = filter(prefix, low, high, tolerance);
    long shortly = high - DateTerms.SHORT;
    return switch (prefix) {
      case EQ -> List.of(begins(parameter, low, high).where(filter));
      case NE -> List.of(Span.main(parameter).where(filter));
      case LT -> List.of(begins(parameter, LOWEST, low));
      case EB -> List.of(begins(parameter, LOWEST, low).where(filter));
      case LE ->
          List.of(begins(parameter, LOWEST, low), begins(parameter, low, high).where(filter));
      case SA -> List.of(begins(parameter, high, HIGHEST));
      case GT ->
          List.of(
              begins(parameter, shortly, high).where(filter),
              begins(parameter, high, HIGHEST),
              ends(parameter, high + 1));
      case GE ->
          List.of(
              begins(parameter, Math.min(low, shortly), high).where(filter),
              begins(parameter, high, HIGHEST),
              ends(parameter, high + 1));
      case AP -> near(parameter, low, high, tolerance);
    };
  }

  private static List<Span> near(SearchParameter parameter, long low, long high, long tolerance) {
    Predicate<Term> filter = filter(Prefix.AP, low, high, tolerance);
    return List.of(
        begins(parameter, low - tolerance - DateTerms.SHORT, high + tolerance).where(filter),
        ends(parameter, low - tolerance).where(filter));
  }

  private static long from(Term term) {
    return term.key().get(term.key().get(0).isBoolean() ? 2 : 0).longValue();
  }

  private static long to(Term term) {
    return term.key().get(1).longValue();
  }

  private static Predicate<Term> filter(Prefix prefix, long low, long high, long tolerance) {
    return term -> {
      long from = from(term);
      long to = to(term);
      boolean equal = from >= low && to <= high;
      return switch (prefix) {
        case EQ -> equal;
        case NE -> !equal;
        case GT -> to > high;
        case LT -> from < low;
        case GE -> to > high || equal;
        case LE -> from < low || equal;
        case SA -> from >= high;
        case EB -> to <= low;
        case AP -> from < high + tolerance && to > low - tolerance;
      };
    };
  }

  private static Span begins(SearchParameter parameter, long low, long high) {
    return Span.between(parameter, LongNode.valueOf(low), LongNode.valueOf(high));
  }

  /** Of the long ones, those that do not end before a time. */
  private static Span ends(SearchParameter parameter, long from) {
    return new Span(
        parameter,
        Span.key(parameter, BooleanNode.TRUE, LongNode.valueOf(from)),
        Span.behind(parameter, BooleanNode.TRUE),
        Optional.empty());
  }
}
