package org.skerry.fhir.search.query;

import java.util.List;
import java.util.Optional;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.extract.Texts;
import org.skerry.fhir.search.rows.Span;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;

/**
 * Values of token parameters: {@code code}, {@code system|code}, {@code |code}, {@code system|}.
 */
final class TokenValues {
  private static final int OF_TYPE = 3;

  private TokenValues() {}

  static Span span(SearchParameter parameter, String modifier, String value) {
    return switch (modifier) {
      case "", "not" -> coded(parameter, value);
      case "text" -> textual(parameter, Texts.cut(Texts.fold(Escapes.unescape(value))));
      case "of-type", "oftype" -> ofType(parameter, value);
      case "in", "not-in", "above", "below" ->
          throw BadSearchException.unsupported(
              parameter + ":" + modifier + " needs a terminology service, which is not here");
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
