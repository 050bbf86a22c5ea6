package org.skerry.fhir.search.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.References;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.extract.Texts;
import org.skerry.fhir.search.rows.Span;
import tools.jackson.databind.node.BooleanNode;

/**
 * Values of reference parameters: {@code id}, {@code Type/id}, {@code http://…}, {@code
 * url|version}.
 *
 * @param base under which URL clients know this server, if that is known: what is below it is here
 */
record ReferenceValues(Optional<String> base) {
  List<Span> spans(SearchParameter parameter, String modifier, String escaped) {
    if (modifier.equals("identifier")) {
      return List.of(identifier(parameter, escaped));
    }
    List<String> parts = Escapes.split(escaped, '|');
    String url = Escapes.unescape(parts.getFirst());
    if (parts.size() > 1) {
      String version = Escapes.unescape(parts.getLast());
      return List.of(Span.of(parameter, Term.text(url), Term.text(version)));
    }
    if (!modifier.isEmpty()) {
      return typed(parameter, modifier, url);
    }
    if (References.isId(url)) {
      return List.of(Span.of(parameter, Term.text(url)));
    }
    References.Target target =
        References.parse(url)
            .orElseThrow(() -> BadSearchException.invalid(parameter + ": no reference: " + url));
    return target.isLocal()
        ? local(parameter, target.type(), target.id())
        : foreign(parameter, target);
  }

  private List<Span> typed(SearchParameter parameter, String type, String value) {
    String id = value.startsWith(type + "/") ? value.substring(type.length() + 1) : value;
    if (!References.isId(id)) {
      throw BadSearchException.invalid(
          parameter + ":" + type + " needs the id of a resource of that type, and not " + value);
    }
    return local(parameter, type, id);
  }

  /** A resource that is here; others may name it by its whole URL. */
  private List<Span> local(SearchParameter parameter, String type, String id) {
    List<Span> spans = new ArrayList<>();
    spans.add(Span.of(parameter, Term.text(id), Term.text(type)));
    base.ifPresent(url -> spans.add(Span.of(parameter, Term.text(url + "/" + type + "/" + id))));
    return spans;
  }

  private List<Span> foreign(SearchParameter parameter, References.Target target) {
    boolean here =
        !target.type().isEmpty()
            && base.filter(url -> target.url().equals(url + "/" + target.path())).isPresent();
    return here
        ? local(parameter, target.type(), target.id())
        : List.of(Span.of(parameter, Term.text(target.url())));
  }

  private static Span identifier(SearchParameter parameter, String value) {
    List<String> parts = Escapes.split(value, '|');
    String code = Escapes.unescape(parts.getLast());
    if (parts.size() > 2 || code.isEmpty()) {
      throw BadSearchException.invalid(
          parameter + ":identifier needs value, system|value or |value, and not " + value);
    }
    return parts.size() == 1
        ? Span.of(parameter, BooleanNode.TRUE, Term.text(Texts.code(code)))
        : Span.of(
            parameter,
            BooleanNode.TRUE,
            Term.text(Texts.code(code)),
            Term.text(Escapes.unescape(parts.getFirst())));
  }
}
