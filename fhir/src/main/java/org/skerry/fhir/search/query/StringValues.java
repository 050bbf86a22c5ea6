package org.skerry.fhir.search.query;

import java.util.List;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.StringTerms;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.extract.Texts;
import org.skerry.fhir.search.rows.Span;

/** Values of string parameters: texts that begin so, are exactly so, or contain it. */
final class StringValues {
  static final String SOUND = "phonetic";

  private StringValues() {}

  static List<Span> spans(SearchParameter parameter, String modifier, String escaped) {
    String text = Escapes.unescape(escaped);
    if (!parameter.code().equals(SOUND)) {
      return List.of(span(parameter, modifier, text));
    }
    if (!modifier.isEmpty()) {
      throw Modifiers.unknown(parameter, modifier);
    }
    return StringTerms.sounds(Texts.fold(text)).stream()
        .map(sound -> Span.of(parameter, Term.text(sound)))
        .toList();
  }

  private static Span span(SearchParameter parameter, String modifier, String text) {
    return switch (modifier) {
      case "" -> beginning(parameter, Texts.fold(text));
      case "exact" ->
          Span.of(parameter, Term.text(Texts.cut(Texts.fold(text))))
              .where(term -> original(term).equals(text));
      case "contains" -> containing(parameter, Texts.fold(text));
      default -> throw Modifiers.unknown(parameter, modifier);
    };
  }

  private static Span beginning(SearchParameter parameter, String folded) {
    String cut = Texts.cut(folded);
    Span span = Span.beginning(parameter, cut);
    return cut.length() == folded.length()
        ? span
        : span.where(term -> Texts.fold(original(term)).startsWith(folded));
  }

  private static Span containing(SearchParameter parameter, String folded) {
    return Span.main(parameter).where(term -> whole(term).contains(folded));
  }

  /** The whole folded text, of which a key has the beginning. */
  static String whole(Term term) {
    String key = term.key().get(0).stringValue();
    return key.length() < Texts.KEY_LENGTH - 1 ? key : Texts.fold(original(term));
  }

  private static String original(Term term) {
    return term.original().isString()
        ? term.original().stringValue()
        : term.key().get(0).stringValue();
  }
}
