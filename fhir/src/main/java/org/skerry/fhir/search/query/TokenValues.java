package org.skerry.fhir.search.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.extract.Texts;
import org.skerry.fhir.search.rows.Span;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;

/**
 * Values of token parameters: {@code code}, {@code system|code}, {@code |code}, {@code system|}.
 */
record TokenValues(Terminology terminology) {
  private static final int OF_TYPE = 3;

  /** Of more codes it is cheaper to ask each row whether its code is meant. */
  private static final int FEW = 200;

  private static final int MOST = 100_000;

  List<Span> spans(SearchParameter parameter, String modifier, String value) {
    return switch (modifier) {
      case "in", "not-in", "below", "above" -> known(parameter, modifier, value);
      default -> List.of(span(parameter, modifier, value));
    };
  }

  private List<Span> known(SearchParameter parameter, String modifier, String value) {
    try {
      return modifier.endsWith("in")
          ? among(parameter, terminology.valueSet(Escapes.unescape(value)))
          : hierarchical(parameter, modifier, value);
    } catch (BadSearchException e) {
      throw new BadSearchException(e.kind(), parameter + ":" + modifier + ": " + e.getMessage());
    }
  }

  private List<Span> hierarchical(SearchParameter parameter, String modifier, String value) {
    List<String> parts = Escapes.split(value, '|').stream().map(Escapes::unescape).toList();
    if (parts.size() != 2 || parts.stream().anyMatch(String::isEmpty)) {
      throw BadSearchException.invalid(
          "what it is about is said by system|code, and not by " + value);
    }
    String system = parts.getFirst();
    String code = Texts.code(parts.getLast());
    return among(
        parameter,
        CodeSet.of(
            system,
            modifier.equals("below")
                ? terminology.below(system, code)
                : terminology.above(system, code)));
  }

  private static List<Span> among(SearchParameter parameter, CodeSet codes) {
    if (codes.size() > MOST) {
      throw new BadSearchException(
          BadSearchException.Kind.TOO_COSTLY, parameter + ": more than " + MOST + " codes");
    }
    List<Span> spans = new ArrayList<>();
    for (Map.Entry<String, Codes> one : codes.bySystem().entrySet()) {
      JsonNode system = Term.text(one.getKey());
      switch (one.getValue()) {
        case Codes.Only(Set<String> some) when codes.size() <= FEW ->
            some.forEach(code -> spans.add(Span.of(parameter, Term.text(code), system)));
        case Codes.AllBut(Set<String> none) when none.isEmpty() ->
            spans.add(Span.of(parameter, NullNode.instance, system));
        default -> {
          return List.of(
              Span.main(parameter).where(term -> codes.has(text(term, 1), text(term, 0))));
        }
      }
    }
    return spans;
  }

  private static String text(Term term, int place) {
    return term.key().get(place).stringValue();
  }

  private static Span span(SearchParameter parameter, String modifier, String value) {
    return switch (modifier) {
      case "", "not" -> coded(parameter, value);
      case "text" -> textual(parameter, Texts.cut(Texts.fold(Escapes.unescape(value))));
      case "of-type", "oftype" -> ofType(parameter, value);
      default -> throw Modifiers.unknown(parameter, modifier);
    };
  }

  private static Span coded(SearchParameter parameter, String value) {
    List<String> parts = Escapes.split(value, '|');
    if (parts.size() > 2) {
      throw BadSearchException.invalid(
          parameter + ": a token is code, system|code, |code or system|, and not " + value);
    }
    String code = Escapes.unescape(parts.getLast());
    if (parts.size() == 1) {
      return Span.of(parameter, Term.text(Texts.code(code)));
    }
    String system = Escapes.unescape(parts.getFirst());
    return code.isEmpty()
        ? Span.of(parameter, NullNode.instance, Term.text(system))
        : Span.of(parameter, Term.text(Texts.code(code)), Term.text(system));
  }

  private static Span textual(SearchParameter parameter, String folded) {
    return new Span(
        parameter,
        Span.key(parameter, BooleanNode.TRUE, Term.text(folded)),
        Span.key(parameter, BooleanNode.TRUE, Term.text(folded + "\udfff\udfff")),
        Optional.empty());
  }

  private static Span ofType(SearchParameter parameter, String value) {
    List<String> parts = Escapes.split(value, '|').stream().map(Escapes::unescape).toList();
    if (parts.size() != OF_TYPE || parts.stream().skip(1).anyMatch(String::isEmpty)) {
      throw BadSearchException.invalid(
          parameter + ":of-type needs system|code|value, and not " + value);
    }
    return Span.of(
        parameter,
        BooleanNode.FALSE,
        Term.text(Texts.code(parts.get(1))),
        Term.text(parts.get(0)),
        Term.text(Texts.code(parts.get(2))));
  }
}
