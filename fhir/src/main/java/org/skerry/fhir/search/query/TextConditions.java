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
record TextConditions(SearchParameter parameter) {
  private static final int LONGEST = 2_000;

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
    List<String> words = Words.of(written.text());
    if (words.isEmpty()) {
      throw BadSearchException.invalid("there is no letter and no digit in " + written.text())
          .at(parameter.code(), written.at());
    }
    List<Condition> all = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean open = written.open() && i == words.size() - 1;
      if (open || words.indexOf(word) == i) {
        JsonNode key = Term.text(word);
        Span span = open ? Span.beginning(parameter, word) : Span.of(parameter, key);
        all.add(new Condition.Has(parameter, List.of(span)));
      }
    }
    if (words.size() == 1) {
      return all.getFirst();
    }
    all.add(new Condition.Says(parameter, new WordRun(words, written.open())));
    return new Condition.AllOf(all);
  }
}
