package org.skerry.fhir.search.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.rows.Span;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** Values of composite parameters: one for each part, parted by {@code $}. */
record CompositeValues(ParameterValues values) {
  /** The first part says which rows to read, the others which of them are meant. */
  List<Span> spans(SearchParameter parameter, String value) {
    List<String> parts = Escapes.split(value, '$');
    List<SearchParameter.Component> components = parameter.components();
    if (parts.size() != components.size()) {
      throw BadSearchException.invalid(
          parameter + " needs " + components.size() + " values parted by $, and not " + value);
    }
    List<List<Span>> admitted = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      admitted.add(values.part(part(parameter, components.get(i)), parts.get(i)));
    }
    Predicate<Term> all = term -> admits(admitted, term);
    return admitted.getFirst().stream().map(first -> outer(parameter, first).where(all)).toList();
  }

  private static SearchParameter part(SearchParameter whole, SearchParameter.Component component) {
    return new SearchParameter(
        whole.number(),
        whole.resourceType(),
        whole.code(),
        component.type(),
        whole.url(),
        component.expression(),
        List.of(),
        List.of(),
        "");
  }

  private static boolean admits(List<List<Span>> admitted, Term term) {
    for (int i = 0; i < admitted.size(); i++) {
      Term part = new Term((ArrayNode) term.key().get(i), NullNode.instance);
      if (admitted.get(i).stream().noneMatch(span -> span.contains(part))) {
        return false;
      }
    }
    return true;
  }

  private static Span outer(SearchParameter parameter, Span first) {
    return new Span(
        parameter,
        Span.key(parameter, withoutNumber(first.from())),
        Span.key(parameter, withoutNumber(first.to())),
        Optional.empty());
  }

  private static JsonNode withoutNumber(ArrayNode key) {
    ArrayNode elements = JsonNodeFactory.instance.arrayNode();
    for (int i = 1; i < key.size(); i++) {
      elements.add(key.get(i));
    }
    return elements;
  }
}
