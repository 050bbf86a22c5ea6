package org.skerry.fhir.search.query;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Decimals;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.rows.Span;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/** What numbers and quantities share: a decimal with its precision, compared with values. */
final class DecimalSpans {
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal TENTH = new BigDecimal("0.1");

  private final Prefix prefix;
  private final BigDecimal value;

  /** As far from the value is still equal to it, or approximately. */
  private final BigDecimal tolerance;

  private DecimalSpans(Prefix prefix, BigDecimal value, BigDecimal tolerance) {
    this.prefix = prefix;
    this.value = value;
    this.tolerance = tolerance;
  }

  static List<Span> of(SearchParameter parameter, String text, Predicate<Term> alsoTrue) {
    Prefix.Prefixed read = Prefix.read(text);
    BigDecimal value =
        Decimals.parse(read.value())
            .orElseThrow(
                () -> BadSearchException.invalid(parameter + ": no number: " + read.value()));
    BigDecimal tolerance =
        read.prefix() == Prefix.AP
            ? value.abs().multiply(TENTH).max(precision(read.value(), value))
            : precision(read.value(), value);
    DecimalSpans spans = new DecimalSpans(read.prefix(), value, tolerance);
    Predicate<Term> filter = spans::admits;
    return spans.in(parameter).stream().map(span -> span.where(filter.and(alsoTrue))).toList();
  }

  /**
   * Half a unit of the last digit. With an exponent two digits count at least, since {@code 1e2} is
   * from 95 until before 105 by R4's example.
   */
  private static BigDecimal precision(String text, BigDecimal value) {
    boolean exponent = text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
    int scale = exponent && value.precision() == 1 ? value.scale() + 1 : value.scale();
    return HALF.scaleByPowerOfTen(-scale);
  }

  private List<Span> in(SearchParameter parameter) {
    BigDecimal low = value.subtract(tolerance);
    BigDecimal high = value.add(tolerance);
    return switch (prefix) {
      case EQ -> List.of(begins(parameter, low, high));
      case NE -> List.of(Span.main(parameter));
      case LT, LE, EB -> List.of(begins(parameter, Decimals.LOWEST, value));
      case SA -> List.of(begins(parameter, value, Decimals.HIGHEST));
      case GT, GE -> List.of(begins(parameter, value, Decimals.HIGHEST), ends(parameter, value));
      case AP -> List.of(begins(parameter, low, high), ends(parameter, low));
    };
  }

  private boolean admits(Term term) {
    boolean range = term.key().get(0).isBoolean();
    BigDecimal low = term.key().get(range ? 2 : 0).decimalValue();
    BigDecimal high = term.key().get(1).decimalValue();
    BigDecimal least = value.subtract(tolerance);
    BigDecimal most = value.add(tolerance);
    boolean equal = low.compareTo(least) >= 0 && high.compareTo(most) < 0;
    return switch (prefix) {
      case EQ -> equal;
      case NE -> !equal;
      case GT -> high.compareTo(value) > 0;
      case LT -> low.compareTo(value) < 0;
      case GE -> high.compareTo(value) >= 0;
      case LE -> low.compareTo(value) <= 0;
      case SA -> low.compareTo(value) > 0;
      case EB -> high.compareTo(value) < 0;
      case AP -> low.compareTo(most) <= 0 && high.compareTo(least) >= 0;
    };
  }

  /** Those that begin in an interval, its ends included. */
  private static Span begins(SearchParameter parameter, BigDecimal low, BigDecimal high) {
    return new Span(
        parameter,
        Span.key(parameter, Decimals.node(low)),
        Span.behind(parameter, Decimals.node(high)),
        Optional.empty());
  }

  /** Of the ranges, those that do not end before a number. */
  private static Span ends(SearchParameter parameter, BigDecimal from) {
    JsonNode[] beginning = {BooleanNode.TRUE, Decimals.node(from)};
    return new Span(
        parameter,
        Span.key(parameter, beginning),
        Span.behind(parameter, BooleanNode.TRUE),
        Optional.empty());
  }
}
