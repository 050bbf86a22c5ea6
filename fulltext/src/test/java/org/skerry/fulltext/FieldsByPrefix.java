package org.skerry.fulltext;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.skerry.search.BadIndexFunctionException;
import org.skerry.search.IndexDefinition;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An index function in Java: a member's first letters say how it is indexed. {@code t} text, {@code
 * s} string, {@code n} number, {@code k} stored only; in capitals it is stored, too. A member
 * {@code fail} makes it fail.
 */
final class FieldsByPrefix implements IndexFunctions {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** How many documents were looked at. */
  final AtomicLong runs = new AtomicLong();

  @Override
  public IndexFunction compile(IndexDefinition definition) {
    if (definition.function().contains("syntax error")) {
      throw new BadIndexFunctionException("no function");
    }
    return this::run;
  }

  private void run(StoredDocument document, Consumer<IndexedField> fields) {
    runs.incrementAndGet();
    JsonNode body = MAPPER.readTree(document.revisions().getFirst().body().json());
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      if (member.getKey().equals("fail")) {
        throw new SkippedDocumentException(member.getValue().asString());
      }
      if (member.getValue().isArray()) {
        member.getValue().forEach(value -> fields.accept(field(member.getKey(), value)));
      } else {
        fields.accept(field(member.getKey(), member.getValue()));
      }
    }
  }

  private static IndexedField field(String name, JsonNode value) {
    return switch (name.charAt(0)) {
      case 't' -> new IndexedField.Text(name, value.asString(), false);
      case 'T', 'd' -> new IndexedField.Text(name, value.asString(), true);
      case 's' -> new IndexedField.Keyword(name, value.asString(), false);
      case 'S' -> new IndexedField.Keyword(name, value.asString(), true);
      case 'n' -> new IndexedField.Real(name, value.asDouble(), false);
      case 'N' -> new IndexedField.Real(name, value.asDouble(), true);
      case 'k' ->
          value.isNumber()
              ? new IndexedField.StoredReal(name, value.asDouble())
              : new IndexedField.StoredText(name, value.asString());
      default -> throw new SkippedDocumentException("what is " + name + "?");
    };
  }
}
