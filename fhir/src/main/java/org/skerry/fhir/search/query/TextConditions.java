package org.skerry.fhir.search.query;

import java.util.ArrayList;
import java.util.List;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.extract.WordRun;
import org.skerry.fhir.search.extract.Words;
import org.skerry.fhir.search.grammar.GrammarException;
import org.skerry.fhir.search.grammar.TextQuery;
import org.skerry.fhir.search.grammar.TextQueryReader;
import org.skerry.fhir.search.rows.Span;
import tools.jackson.databind.JsonNode;

/** Conditions on the words of a resource: {@code _text} and {@code _content}. */
final class TextConditions {
  private static final int LONGEST = 2_000;
  private static final int MOST_WORDS = 100;

  private final SearchParameter parameter;
  private int words;

  private TextConditions(SearchParameter parameter) {
    this.parameter = parameter;
  }

  /** The condition that a value asks for. */
  static Condition read(SearchParameter parameter, String value) {
    if (value.length() > LONGEST) {
      throw BadSearchException.tooCostly(parameter + ": more than " + LONGEST + " characters");
    }
    try {
      return new TextConditions(parameter).of(TextQueryReader.read(value));
    } catch (GrammarException e) {
      throw BadSearchException.invalid(String.valueOf(e.getMessage())).at(parameter.code(), e.at());
    }
  }

  private Condition of(TextQuery query) {
    return switch (query) {
      case TextQuery.All(List<TextQuery> parts) ->
          new Condition.AllOf(parts.stream().map(this::of).toList());
      case TextQuery.Any(List<TextQuery> parts) ->
          new Condition.AnyOf(parts.stream().map(this::of).toList());
      case TextQuery.Not(TextQuery part) -> new Condition.Not(of(part));
      case TextQuery.Written written -> written(written);
    };
  }

  /** Each word, and that they follow each other. */
  private Condition written(TextQuery.Written written) {
    List<String> run = Words.of(written.text());
    if (run.isEmpty()) {
      throw BadSearchException.invalid("there is no letter and no digit in " + written.text())
          .at(parameter.code(), written.at());
    }
    // A phrase has many, and each is looked for.
    words += run.size();
    if (words > MOST_WORDS) {
      throw BadSearchException.tooCostly("more than " + MOST_WORDS + " words")
          .at(parameter.code(), written.at());
    }
    List<Condition> all = new ArrayList<>();
    for (int i = 0; i < run.size(); i++) {
      String word = run.get(i);
      boolean open = written.open() && i == run.size() - 1;
      if (open || run.indexOf(word) == i) {
        JsonNode key = Term.text(word);
        Span span = open ? Span.beginning(parameter, word) : Span.of(parameter, key);
        all.add(new Condition.Has(parameter, List.of(span)));
      }
    }
    if (run.size() == 1) {
      return all.getFirst();
    }
    all.add(new Condition.Says(parameter, new WordRun(run, written.open())));
    return new Condition.AllOf(all);
  }
}
