package org.skerry.fhir.search.extract;

import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;

/**
 * Tokens.
 *
 * <pre>
 *   [code, system]                           the value; the system is "" where there is none
 *   [null, system]                           for system|
 *   [true, folded text]                      for :text
 *   [false, type, type's system, value]      of identifiers, for :of-type
 * </pre>
 */
final class TokenTerms {
  private TokenTerms() {}

  static Optional<TermMaker> maker(Path path) {
    BaseRuntimeElementDefinition<?> type = path.end();
    String system = path.system().orElse("");
    return switch (type.getName()) {
      case "Coding" -> Optional.of(TokenTerms::coding);
      case "CodeableConcept" -> Optional.of(TokenTerms::concept);
      case "Identifier" -> Optional.of(TokenTerms::identifier);
      case "ContactPoint" -> Optional.of((element, terms) -> valued(element, terms));
      case "code",
          "string",
          "uri",
          "url",
          "canonical",
          "id",
          "oid",
          "uuid",
          "boolean",
          "markdown" ->
          Optional.of((element, terms) -> primitive(element, system, terms));
      default -> Optional.empty();
    };
  }

  private static void primitive(JsonNode element, String system, Consumer<Term> terms) {
    if (element.isString() || element.isBoolean()) {
      add(element.asString(), system, terms);
    }
  }

  private static void coding(JsonNode element, Consumer<Term> terms) {
    add(element.path("code").asString(""), element.path("system").asString(""), terms);
    text(element.path("display"), terms);
  }

  private static void concept(JsonNode element, Consumer<Term> terms) {
    element.path("coding").values().forEach(coding -> coding(coding, terms));
    text(element.path("text"), terms);
  }

  private static void valued(JsonNode element, Consumer<Term> terms) {
    add(element.path("value").asString(""), element.path("system").asString(""), terms);
  }

  private static void identifier(JsonNode element, Consumer<Term> terms) {
    valued(element, terms);
    JsonNode type = element.path("type");
    text(type.path("text"), terms);
    String value = element.path("value").asString("");
    for (JsonNode coding : type.path("coding").values()) {
      text(coding.path("display"), terms);
      String code = coding.path("code").asString("");
      if (!code.isEmpty() && !value.isEmpty()) {
        terms.accept(
            Term.of(
                BooleanNode.FALSE,
                Term.text(Texts.code(code)),
                Term.text(coding.path("system").asString("")),
                Term.text(Texts.code(value))));
      }
    }
  }

  /** The terms of a code, one of which may be empty. */
  static void add(String code, String system, Consumer<Term> terms) {
    if (!code.isEmpty()) {
      terms.accept(Term.of(Term.text(Texts.code(code)), Term.text(system)));
    }
    if (!system.isEmpty()) {
      terms.accept(Term.of(NullNode.instance, Term.text(system)));
    }
  }

  private static void text(JsonNode text, Consumer<Term> terms) {
    if (text.isString() && !text.stringValue().isBlank()) {
      String folded = Texts.cut(Texts.fold(text.stringValue()));
      terms.accept(Term.of(BooleanNode.TRUE, Term.text(folded)));
    }
  }
}
