package org.skerry.fhir.search.extract;

import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** URIs: {@code [uri]}, compared as they are. */
final class UriTerms {
  private UriTerms() {}

  static Optional<TermMaker> maker(BaseRuntimeElementDefinition<?> type) {
    return switch (type.getName()) {
      case "uri", "url", "canonical", "oid", "uuid" -> Optional.of(UriTerms::add);
      default -> Optional.empty();
    };
  }

  private static void add(JsonNode element, Consumer<Term> terms) {
    if (element.isString() && !element.stringValue().isEmpty()) {
      terms.accept(Term.of(element));
    }
  }
}
