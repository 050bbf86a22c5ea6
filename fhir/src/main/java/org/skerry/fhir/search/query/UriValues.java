package org.skerry.fhir.search.query;

import java.util.ArrayList;
import java.util.List;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.rows.Span;

/** Values of URI parameters: the whole, what is below it, what is above it. */
final class UriValues {
  private UriValues() {}

  static List<Span> spans(SearchParameter parameter, String modifier, String escaped) {
    String uri = Escapes.unescape(escaped);
    return switch (modifier) {
      case "" -> List.of(Span.of(parameter, Term.text(uri)));
      case "below" -> List.of(below(parameter, uri));
      case "above" -> above(parameter, uri);
      default -> throw Modifiers.unknown(parameter, modifier);
    };
  }

  private static Span below(SearchParameter parameter, String uri) {
    Span beginning = Span.beginning(parameter, uri);
    return uri.endsWith("/")
        ? beginning
        : beginning.where(
            term -> {
              String found = term.key().get(0).stringValue();
              return found.length() == uri.length() || found.charAt(uri.length()) == '/';
            });
  }

  /** It, and whatever ends at one of its slashes, with and without that. */
  private static List<Span> above(SearchParameter parameter, String uri) {
    List<Span> spans = new ArrayList<>(List.of(Span.of(parameter, Term.text(uri))));
    int authority = uri.indexOf("://");
    int first = authority < 0 ? 0 : authority + "://".length();
    for (int slash = uri.indexOf('/', first); slash >= 0; slash = uri.indexOf('/', slash + 1)) {
      spans.add(Span.of(parameter, Term.text(uri.substring(0, slash))));
      spans.add(Span.of(parameter, Term.text(uri.substring(0, slash + 1))));
    }
    return spans;
  }
}
