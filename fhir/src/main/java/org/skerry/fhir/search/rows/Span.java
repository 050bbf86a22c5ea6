package org.skerry.fhir.search.rows;

import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.collation.JsonOrder;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Term;
import org.skerry.index.RowRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Terms of one parameter from a key until before another, as far as a filter admits them.
 *
 * @param from the lowest key, with the parameter's number
 * @param to the first key behind it, with the parameter's number
 */
public record Span(
    SearchParameter parameter, ArrayNode from, ArrayNode to, Optional<Predicate<Term>> filter) {
  /** Behind all texts: no text in a key has half of a surrogate pair. */
  public static final JsonNode HIGHEST = Term.text("\udfff\udfff\udfff\udfff");

  /** All terms whose keys begin so. */
  public static Span of(SearchParameter parameter, JsonNode... beginning) {
    return new Span(
        parameter, key(parameter, beginning), behind(parameter, beginning), Optional.empty());
  }

  /** The terms whose keys begin at least with an element and are below another. */
  public static Span between(SearchParameter parameter, JsonNode low, JsonNode high) {
    return new Span(parameter, key(parameter, low), key(parameter, high), Optional.empty());
  }

  /** A key with these elements, below all longer ones that begin so. */
  public static ArrayNode key(SearchParameter parameter, JsonNode... elements) {
    ArrayNode key = JsonNodeFactory.instance.arrayNode().add(parameter.number());
    for (JsonNode element : elements) {
      key.add(element);
    }
    return key;
  }

  /** A key above all those that begin with these elements. */
  public static ArrayNode behind(SearchParameter parameter, JsonNode... elements) {
    return key(parameter, elements).add(HIGHEST);
  }

  /** Every text that begins so. */
  public static Span beginning(SearchParameter parameter, String text) {
    return new Span(
        parameter,
        key(parameter, Term.text(text)),
        key(parameter, Term.text(text + "\udfff\udfff")),
        Optional.empty());
  }

  /** The terms that the parameter is sorted by. */
  public static Span main(SearchParameter parameter) {
    return switch (parameter.type()) {
      case DATE, NUMBER, QUANTITY, SPECIAL ->
          new Span(parameter, key(parameter), key(parameter, BooleanNode.FALSE), Optional.empty());
      case STRING, TOKEN, REFERENCE, URI ->
          new Span(parameter, key(parameter, Term.text("")), behind(parameter), Optional.empty());
      case COMPOSITE ->
          new Span(
              parameter,
              key(parameter, JsonNodeFactory.instance.arrayNode()),
              behind(parameter),
              Optional.empty());
    };
  }

  /** It with a filter more. */
  public Span where(Predicate<Term> condition) {
    return new Span(
        parameter,
        from,
        to,
        Optional.of(filter.map(known -> known.and(condition)).orElse(condition)));
  }

  boolean admits(Term term) {
    return filter.isEmpty() || filter.get().test(term);
  }

  /** Whether a term of the parameter is in it. */
  public boolean contains(Term term) {
    ArrayNode key = JsonNodeFactory.instance.arrayNode().add(parameter.number());
    term.key().values().forEach(key::add);
    return JsonOrder.RAW.compare(from, key) <= 0
        && JsonOrder.RAW.compare(key, to) < 0
        && admits(term);
  }

  RowRange range() {
    return RowRange.between(Optional.of(from), Optional.of(to), false);
  }
}
