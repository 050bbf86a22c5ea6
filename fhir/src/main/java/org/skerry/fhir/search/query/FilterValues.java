package org.skerry.fhir.search.query;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.skerry.collation.JsonOrder;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.extract.Texts;
import org.skerry.fhir.search.grammar.Operator;
import org.skerry.fhir.search.rows.Span;

/** What a filter's operators make of values, for each kind of parameter. */
record FilterValues(ParameterValues values) {
  private static final Set<Operator> ORDERED =
      Set.of(
          Operator.EQ,
          Operator.NE,
          Operator.GT,
          Operator.LT,
          Operator.GE,
          Operator.LE,
          Operator.SA,
          Operator.EB,
          Operator.AP);

  /** Code systems that filters may call so. */
  private static final Map<String, String> NAMED =
      Map.of(
          "loinc", "http://loinc.org",
          "snomed", "http://snomed.info/sct",
          "rxnorm", "http://www.nlm.nih.gov/research/umls/rxnorm",
          "ucum", "http://unitsofmeasure.org");

  /** One comparison. */
  Condition condition(SearchParameter parameter, Operator operator, String value) {
    if (operator == Operator.PR) {
      return presence(parameter, value);
    }
    Set<Operator> supported = supported(parameter);
    if (!supported.contains(operator)) {
      throw unsupported(parameter, operator, supported);
    }
    if (parameter.isTextual()) {
      return TextConditions.read(parameter, value);
    }
    if (parameter.code().equals(ConditionReader.ID)) {
      Condition same = new Condition.WithId(new TreeSet<>(Set.of(value)));
      return operator == Operator.EQ ? same : new Condition.Not(same);
    }
    Condition has = new Condition.Has(parameter, spans(parameter, operator, value));
    return operator == Operator.NI ? new Condition.Not(has) : has;
  }

  private static Condition presence(SearchParameter parameter, String value) {
    Condition there = new Condition.Has(parameter, List.of(Span.of(parameter)));
    return switch (value) {
      case "true" -> there;
      case "false" -> new Condition.Not(there);
      default ->
          throw BadSearchException.invalid(parameter + " pr true or false, and not " + value);
    };
  }

  private static Set<Operator> supported(SearchParameter parameter) {
    if (parameter.isTextual()) {
      return Set.of(Operator.CO);
    }
    if (parameter.code().equals(ConditionReader.ID)) {
      return Set.of(Operator.EQ, Operator.NE);
    }
    return switch (parameter.type()) {
      case STRING ->
          parameter.code().equals(StringValues.SOUND)
              ? Set.of(Operator.EQ)
              : Set.of(
                  Operator.EQ,
                  Operator.NE,
                  Operator.CO,
                  Operator.SW,
                  Operator.EW,
                  Operator.GT,
                  Operator.LT,
                  Operator.GE,
                  Operator.LE);
      case NUMBER, QUANTITY -> ORDERED;
      case DATE -> with(ORDERED, Operator.CO, Operator.PO);
      case TOKEN ->
          Set.of(Operator.EQ, Operator.NE, Operator.SS, Operator.SB, Operator.IN, Operator.NI);
      case REFERENCE -> Set.of(Operator.RE, Operator.EQ, Operator.NE);
      case URI -> Set.of(Operator.EQ, Operator.NE, Operator.CO, Operator.SW, Operator.EW);
      case COMPOSITE -> Set.of(Operator.EQ, Operator.NE);
      case SPECIAL -> Set.of(Operator.EQ);
    };
  }

  private static Set<Operator> with(Set<Operator> some, Operator... more) {
    Set<Operator> all = new TreeSet<>(some);
    all.addAll(List.of(more));
    return all;
  }

  private static BadSearchException unsupported(
      SearchParameter parameter, Operator operator, Set<Operator> supported) {
    return BadSearchException.unsupported(
        "the parameter "
            + parameter
            + " of type "
            + parameter.type().code()
            + " does not support the operator "
            + operator.text()
            + ", but "
            + Arrays.stream(Operator.values())
                .filter(one -> one == Operator.PR || supported.contains(one))
                .map(Operator::text)
                .collect(Collectors.joining(", ")));
  }

  private List<Span> spans(SearchParameter parameter, Operator operator, String value) {
    return switch (parameter.type()) {
      case STRING -> strings(parameter, operator, value);
      case NUMBER -> values.spans(parameter, "", operator.text() + value);
      case QUANTITY -> values.spans(parameter, "", operator.text() + named(value, 1));
      case DATE -> dates(parameter, operator, value);
      case TOKEN -> tokens(parameter, operator, named(value, 0));
      case URI -> uris(parameter, operator, value);
      case REFERENCE, COMPOSITE, SPECIAL -> equal(parameter, operator, value);
    };
  }

  private List<Span> equal(SearchParameter parameter, Operator operator, String value) {
    List<Span> spans = values.spans(parameter, "", value);
    return operator == Operator.NE ? List.of(others(parameter, spans)) : spans;
  }

  /** Values that are in none of some spans. */
  private static Span others(SearchParameter parameter, List<Span> spans) {
    return Span.main(parameter)
        .where(term -> spans.stream().noneMatch(span -> span.contains(term)));
  }

  private List<Span> dates(SearchParameter parameter, Operator operator, String value) {
    return switch (operator) {
      case PO -> values.dates().overlapping(parameter, value);
      case CO -> values.dates().including(parameter, value);
      default -> values.spans(parameter, "", operator.text() + value);
    };
  }

  private List<Span> tokens(SearchParameter parameter, Operator operator, String value) {
    return switch (operator) {
      case SS -> values.spans(parameter, "below", value);
      case SB -> values.spans(parameter, "above", value);
      case IN -> values.spans(parameter, "in", value);
      case NI -> values.spans(parameter, "not-in", value);
      case NE -> List.of(otherToken(parameter, value));
      default -> values.spans(parameter, "", value);
    };
  }

  private Span otherToken(SearchParameter parameter, String value) {
    List<Span> same = values.spans(parameter, "", value);
    List<String> parts = Escapes.split(value, '|');
    if (parts.size() == 1 || !parts.getLast().isEmpty()) {
      return others(parameter, same);
    }
    // The rows of a system alone are not among those that have codes.
    String system = Escapes.unescape(parts.getFirst());
    return Span.main(parameter).where(term -> !term.key().get(1).stringValue().equals(system));
  }

  private static List<Span> uris(SearchParameter parameter, Operator operator, String value) {
    if (operator == Operator.EQ) {
      return List.of(Span.of(parameter, Term.text(value)));
    }
    if (operator == Operator.SW) {
      return List.of(Span.beginning(parameter, value));
    }
    BiPredicate<String, String> admits = comparison(operator);
    return List.of(
        Span.main(parameter).where(term -> admits.test(term.key().get(0).stringValue(), value)));
  }

  private List<Span> strings(SearchParameter parameter, Operator operator, String value) {
    if (parameter.code().equals(StringValues.SOUND)) {
      return values.spans(parameter, "", value);
    }
    String folded = Texts.fold(value);
    String cut = Texts.cut(folded);
    Span span =
        switch (operator) {
          case EQ -> Span.of(parameter, Term.text(cut));
          case SW -> Span.beginning(parameter, cut);
          case GT, GE -> Span.between(parameter, Term.text(cut), Span.HIGHEST);
          case LT, LE ->
              Span.between(parameter, Term.text(""), Term.text(cut + Span.HIGHEST.stringValue()));
          default -> Span.main(parameter);
        };
    BiPredicate<String, String> admits = comparison(operator);
    return List.of(span.where(term -> admits.test(StringValues.whole(term), folded)));
  }

  /** Of a value that is there with the one that is asked for; the order is that of code points. */
  private static BiPredicate<String, String> comparison(Operator operator) {
    return switch (operator) {
      case NE -> (there, asked) -> !there.equals(asked);
      case CO -> String::contains;
      case SW -> String::startsWith;
      case EW -> String::endsWith;
      case GT -> (there, asked) -> compare(there, asked) > 0;
      case GE -> (there, asked) -> compare(there, asked) >= 0;
      case LT -> (there, asked) -> compare(there, asked) < 0;
      case LE -> (there, asked) -> compare(there, asked) <= 0;
      default -> String::equals;
    };
  }

  private static int compare(String there, String asked) {
    return JsonOrder.RAW.compare(Term.text(there), Term.text(asked));
  }

  /**
   * A value whose code system's short name is replaced.
   *
   * @param place which of its parts is the system
   */
  private static String named(String value, int place) {
    List<String> parts = Escapes.split(value, '|');
    if (parts.size() < 2 || place >= parts.size()) {
      return value;
    }
    String system = parts.get(place);
    return String.join("|", parts.subList(0, place))
        + (place == 0 ? "" : "|")
        + NAMED.getOrDefault(system, system)
        + "|"
        + String.join("|", parts.subList(place + 1, parts.size()));
  }
}
