package org.skerry.fhir.search.extract;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.skerry.fhir.shape.Prose;
import tools.jackson.databind.JsonNode;

/**
 * Words: {@code [word]}, of the texts of a resource; of a very long one its first ones.
 *
 * @param passages where the texts are; no run of words goes from one to the next
 */
record WordSource(BiConsumer<JsonNode, Consumer<String>> passages) implements TermSource {
  /** As many as a book has. */
  private static final int MOST = 10_000;

  /** {@code _text}: what the narrative says. */
  static WordSource ofNarrative() {
    return new WordSource(
        (resource, texts) -> {
          JsonNode narrative = resource.path("text").path("div");
          if (narrative.isString()) {
            texts.accept(Markup.text(narrative.stringValue()));
          }
        });
  }

  /** {@code _content}: whatever somebody reads. */
  static WordSource ofAll(Prose prose) {
    return new WordSource(
        (resource, texts) ->
            prose.visit(
                resource,
                (text, kind) -> texts.accept(kind == Prose.Kind.XHTML ? Markup.text(text) : text)));
  }

  @Override
  public void find(JsonNode resource, Consumer<Term> terms) {
    Set<String> known = new HashSet<>();
    passages.accept(
        resource,
        text -> {
          if (known.size() < MOST) {
            Words.each(
                text,
                word -> {
                  if (known.add(word)) {
                    terms.accept(Term.of(Term.text(word)));
                  }
                  return known.size() < MOST;
                });
          }
        });
  }

  boolean has(JsonNode resource, WordRun run) {
    boolean[] found = {false};
    passages.accept(resource, text -> found[0] = found[0] || run.isIn(text));
    return found[0];
  }
}
