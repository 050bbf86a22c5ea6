package org.skerry.fhir.search.query;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Decimals;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.extract.Units;
import org.skerry.fhir.search.rows.Span;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;

/** What numbers and quantities share: a decimal with its precision, compared with values. */
final class DecimalSpans {
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal TENTH = new BigDecimal("0.1");

  private final Prefix prefix;
  private final Rows rows;
  private final BigDecimal value;

  /** From here to there all is equal to the value, or approximately. */
  private final BigDecimal least;

  private final BigDecimal most;

  private DecimalSpans(
      Prefix prefix, Rows rows, BigDecimal value, BigDecimal least, BigDecimal most) {
    this.prefix = prefix;
    this.rows = rows;
    this.value = value;
    this.least = least;
    this.most = most;
  }

  /**
   * Rows that have a lower and an upper bound.
   *
   * @param byLow what stands before the lower and then the upper one
   * @param byHigh what stands before the upper and then the lower one, of ranges
   * @param all every row of the first kind
   */
  private record Rows(List<JsonNode> byLow, List<JsonNode> byHigh, Span all) {
    static Rows asTheyAre(SearchParameter parameter) {
      return new Rows(List.of(), List.of(BooleanNode.TRUE), Span.main(parameter));
    }

    static Rows inBaseUnits(SearchParameter parameter, String unit) {
      JsonNode base = Term.text(unit);
      return new Rows(
          List.of(BooleanNode.FALSE, base),
          List.of(NullNode.instance, base),
          Span.of(parameter, BooleanNode.FALSE, base));
    }

    private BigDecimal bound(Term term, boolean lower) {
      boolean range = term.key().get(0).equals(byHigh.getFirst());
      int first = range ? byHigh.size() : byLow.size();
      return term.key().get(range == lower ? first + 1 : first).decimalValue();
    }
  }

  static List<Span> of(SearchParameter parameter, String text, Predicate<Term> alsoTrue) {
    return read(parameter, text, Rows.asTheyAre(parameter), value -> value).in(parameter, alsoTrue);
  }

  /** A number of a unit, among all quantities that can be converted to it. */
  static List<Span> converted(SearchParameter parameter, String text, Units.Canonical unit) {
    return read(parameter, text, Rows.inBaseUnits(parameter, unit.unit()), unit::of)
        .in(parameter, any -> true);
  }

  private static DecimalSpans read(
      SearchParameter parameter, String text, Rows rows, UnaryOperator<BigDecimal> conversion) {
    Prefix.Prefixed read = Prefix.read(text);
    BigDecimal value =
        Decimals.parse(read.value())
            .orElseThrow(
                () -> BadSearchException.invalid(parameter + ": no number: " + read.value()));
    BigDecimal tolerance =
        read.prefix() == Prefix.AP
            ? value.abs().multiply(TENTH).max(precision(read.value(), value))
            : precision(read.value(), value);
    return new DecimalSpans(
        read.prefix(),
        rows,
        conversion.apply(value),
        conversion.apply(value.subtract(tolerance)),
        conversion.apply(value.add(tolerance)));
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

  private List<Span> in(SearchParameter parameter, Predicate<Term> alsoTrue) {
    Predicate<Term> filter = this::admits;
    return spans(parameter).stream().map(span -> span.where(filter.and(alsoTrue))).toList();
  }

  private List<Span> spans(SearchParameter parameter) {
    return switch (prefix) {
      case EQ -> List.of(begins(parameter, least, most));
      case NE -> List.of(rows.all());
      case LT, LE, EB -> List.of(begins(parameter, Decimals.LOWEST, value));
      case SA -> List.of(begins(parameter, value, Decimals.HIGHEST));
      case GT, GE -> List.of(begins(parameter, value, Decimals.HIGHEST), ends(parameter, value));
      case AP -> List.of(begins(parameter, least, most), ends(parameter, least));
    };
  }

  private boolean admits(Term term) {
    BigDecimal low = rows.bound(term, true);
    BigDecimal high = rows.bound(term, false);
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
  private Span begins(SearchParameter parameter, BigDecimal low, BigDecimal high) {
    return new Span(
        parameter,
        Span.key(parameter, with(rows.byLow(), low)),
        Span.behind(parameter, with(rows.byLow(), high)),
        Optional.empty());
  }

  /** Of the ranges, those that do not end before a number. */
  private Span ends(SearchParameter parameter, BigDecimal from) {
    return new Span(
        parameter,
        Span.key(parameter, with(rows.byHigh(), from)),
        Span.behind(parameter, rows.byHigh().toArray(JsonNode[]::new)),
        Optional.empty());
  }

  private static JsonNode[] with(List<JsonNode> beginning, BigDecimal number) {
    return Stream.concat(beginning.stream(), Stream.of(Decimals.node(number)))
        .toArray(JsonNode[]::new);
  }
}
