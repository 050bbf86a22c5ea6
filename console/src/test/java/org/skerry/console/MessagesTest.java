package org.skerry.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The texts of all languages say the same, and the code uses what there is. */
class MessagesTest {
  private static final List<String> LANGUAGES = List.of("en", "fr", "es");
  private static final JsonMapper JSON = new JsonMapper();

  private static final Pattern TEXT = Pattern.compile("\\b(?:t|msg)\\(\\s*\"([^\"]+)\"");
  private static final Pattern COUNTED = Pattern.compile("\\btn\\(\\s*\"([^\"]+)\"");
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  private static Map<String, String> texts(String language) {
    Map<String, String> texts = new TreeMap<>();
    Sources.ending(".json").entrySet().stream()
        .filter(file -> file.getKey().startsWith("lang/" + language + "/"))
        .forEach(
            file -> {
              String part = file.getKey().replaceAll(".*/|\\.json$", "");
              JsonNode json = JSON.readTree(file.getValue());
              json.properties()
                  .forEach(
                      entry -> {
                        assertThat(entry.getKey()).startsWith(part + ".");
                        texts.put(entry.getKey(), entry.getValue().asString());
                      });
            });
    return texts;
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> used() {
    Set<String> used = new TreeSet<>();
    for (String script : Sources.ending(".js").values()) {
      // Examples in comments use nothing.
      String code = script.replaceAll("(?m)^\\s*(//|\\*).*$", "");
      used.addAll(found(TEXT, code));
      found(COUNTED, code).forEach(key -> used.addAll(List.of(key + ".one", key + ".other")));
    }
    return used;
  }

  @Test
  void everyTextThatTheCodeUsesExists() {
    assertThat(used()).isSubsetOf(texts("en").keySet());
  }

  @Test
  void everyTextIsUsed() {
    assertThat(texts("en").keySet()).isSubsetOf(used());
  }

  @Test
  void everyLanguageHasTheSameTexts() {
    for (String language : LANGUAGES) {
      assertThat(texts(language).keySet()).as(language).isEqualTo(texts("en").keySet());
    }
  }

  @Test
  void everyLanguagePutsTheSameValuesIn() {
    Map<String, String> english = texts("en");
    for (String language : LANGUAGES) {
      texts(language)
          .forEach(
              (key, text) -> {
                assertThat(text).as(key).isNotBlank();
                assertThat(found(PLACE, text))
                    .as("%s in %s", key, language)
                    .isEqualTo(found(PLACE, english.get(key)));
              });
    }
  }

  @Test
  void everyPartIsLoaded() {
    String parts = Sources.ending("lang/parts.js").values().iterator().next();
    Set<String> files =
        Sources.ending(".json").keySet().stream()
            .filter(file -> file.startsWith("lang/en/"))
            .map(file -> file.replaceAll(".*/|\\.json$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found(Pattern.compile("\"(\\w+)\""), parts)).isEqualTo(files);
  }
}
