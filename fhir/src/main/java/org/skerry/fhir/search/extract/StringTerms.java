package org.skerry.fhir.search.extract;

import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.commons.codec.language.DoubleMetaphone;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * Strings: {@code [folded]}, with the original when it is another. Of names and addresses each part
 * is one.
 */
public final class StringTerms {
  private static final List<String> NAME = List.of("family", "given", "prefix", "suffix", "text");
  private static final List<String> ADDRESS =
      List.of("line", "city", "district", "state", "postalCode", "country", "text");

  private StringTerms() {}

  static Optional<TermMaker> maker(BaseRuntimeElementDefinition<?> type) {
    return switch (type.getName()) {
      case "string", "markdown", "code", "id", "uri", "url" ->
          Optional.of((element, terms) -> add(element, terms));
      case "HumanName" -> Optional.of((element, terms) -> parts(element, NAME, terms));
      case "Address" -> Optional.of((element, terms) -> parts(element, ADDRESS, terms));
      default -> Optional.empty();
    };
  }

  /** {@code [code of a sound]} of each part of a name. */
  static TermMaker phonetic() {
    return (element, terms) ->
        parts(
            element,
            NAME,
            term ->
                sounds(term.key().get(0).stringValue())
                    .forEach(sound -> terms.accept(Term.of(Term.text(sound)))));
  }

  /** What a word may sound like; nothing when that is not known. */
  public static Set<String> sounds(String word) {
    DoubleMetaphone metaphone = new DoubleMetaphone();
    Set<String> sounds = new TreeSet<>();
    for (boolean alternate : new boolean[] {false, true}) {
      String sound = metaphone.doubleMetaphone(word, alternate);
      if (sound != null && !sound.isEmpty()) {
        sounds.add(sound);
      }
    }
    return sounds;
  }

  private static void parts(JsonNode element, List<String> members, Consumer<Term> terms) {
    for (String member : members) {
      JsonNode part = element.get(member);
      if (part == null) {
        continue;
      }
      if (part.isArray()) {
        part.values().forEach(one -> add(one, terms));
      } else {
        add(part, terms);
      }
    }
  }

  private static void add(JsonNode element, Consumer<Term> terms) {
    if (!element.isString()) {
      return;
    }
    String text = element.stringValue();
    String folded = Texts.cut(Texts.fold(text));
    if (!folded.isEmpty()) {
      terms.accept(
          Term.withOriginal(folded.equals(text) ? NullNode.instance : element, Term.text(folded)));
    }
  }
}
