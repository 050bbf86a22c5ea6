package org.skerry.fhir.search.extract;

import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Reference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/**
 * References.
 *
 * <pre>
 *   [id, type]                   to a resource of this server
 *   [url, ""]                    to another one
 *   [url, version]               of canonicals; the version is "" where there is none
 *   [true, value, system]        of references with an identifier, for :identifier
 * </pre>
 */
final class ReferenceTerms {
  private ReferenceTerms() {}

  static Optional<TermMaker> maker(BaseRuntimeElementDefinition<?> type) {
    if (Reference.class.isAssignableFrom(type.getImplementingClass())) {
      return Optional.of(ReferenceTerms::reference);
    }
    return switch (type.getName()) {
      case "canonical", "uri", "url" -> Optional.of(ReferenceTerms::canonical);
      // Bundle.composition and Bundle.message: a resource that stands there itself.
      case "Bundle" -> Optional.of(ReferenceTerms::resource);
      default -> Optional.empty();
    };
  }

  private static void reference(JsonNode element, Consumer<Term> terms) {
    References.read(element).ifPresent(target -> add(target, terms));
    JsonNode identifier = element.path("identifier");
    String value = identifier.path("value").asString("");
    if (!value.isEmpty()) {
      terms.accept(
          Term.of(
              BooleanNode.TRUE,
              Term.text(Texts.code(value)),
              Term.text(identifier.path("system").asString(""))));
    }
  }

  private static void add(References.Target target, Consumer<Term> terms) {
    terms.accept(
        target.isLocal()
            ? Term.of(Term.text(target.id()), Term.text(target.type()))
            : Term.of(Term.text(target.url()), Term.text("")));
  }

  private static void canonical(JsonNode element, Consumer<Term> terms) {
    if (!element.isString() || element.stringValue().isEmpty()) {
      return;
    }
    String text = element.stringValue();
    int bar = text.indexOf('|');
    String url = bar < 0 ? text : text.substring(0, bar);
    Optional<References.Target> local = References.parse(text).filter(References.Target::isLocal);
    if (local.isPresent()) {
      add(local.get(), terms);
    } else {
      terms.accept(Term.of(Term.text(url), Term.text(bar < 0 ? "" : text.substring(bar + 1))));
    }
  }

  private static void resource(JsonNode element, Consumer<Term> terms) {
    String type = element.path("resourceType").asString("");
    String id = element.path("id").asString("");
    if (!type.isEmpty() && References.isId(id)) {
      terms.accept(Term.of(Term.text(id), Term.text(type)));
    }
  }
}
