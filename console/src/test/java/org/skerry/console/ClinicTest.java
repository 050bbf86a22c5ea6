package org.skerry.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The clinic's files are held to what the console's are, and take from the console what exists. */
class ClinicTest {
  private static final String POUCHDB = "pouchdb/pouchdb.min.js";
  private static final Pattern IMPORT = Pattern.compile("(?m)^import [^;]*?from \"([^\"]+)\"");
  private static final Pattern ANY = Pattern.compile("\"(clinic\\.[a-z_.]+)\"");
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  private static Map<String, String> scripts() {
    Map<String, String> scripts = Sources.ending(Sources.CLINIC, ".js");
    scripts.remove(POUCHDB);
    return scripts;
  }

  private static Map<String, String> texts(String language) {
    String file =
        Sources.ending(Sources.CLINIC, "lang/" + language + "/clinic.json")
            .values()
            .iterator()
            .next();
    Map<String, String> texts = new TreeMap<>();
    new JsonMapper()
        .readTree(file)
        .properties()
        .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
    return texts;
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyScriptTellsItsStoryAndMakesNoHtmlFromText() {
    assertThat(scripts()).isNotEmpty();
    scripts()
        .forEach(
            (name, text) ->
                assertThat(text)
                    .as(name)
                    .startsWith("// ")
                    .doesNotContainPattern(
                        "innerHTML|outerHTML|insertAdjacentHTML|document\\.write"
                            + "|dangerouslySetInnerHTML|\\beval\\(|new Function|srcdoc"));
  }

  @Test
  void everyImportLeadsToAFile() {
    Set<String> own = scripts().keySet();
    Set<String> consoles = Sources.ending(".js").keySet();
    scripts()
        .forEach(
            (name, text) -> {
              for (String wanted : found(IMPORT, text)) {
                // One step above the folder stands the console's, as browsers see it.
                String target =
                    Sources.CLINIC
                        .relativize(Sources.CLINIC.resolve(name).resolveSibling(wanted).normalize())
                        .toString();
                if (target.startsWith("../")) {
                  assertThat(consoles).as(name).contains(target.substring("../".length()));
                } else {
                  assertThat(own).as(name).contains(target);
                }
              }
            });
  }

  @Test
  void everyLanguageHasTheTextsThatTheScriptsUse() {
    String code = String.join("\n", scripts().values());
    Set<String> used =
        found(ANY, code).stream()
            .flatMap(
                key ->
                    code.contains("tn(\"" + key + "\"")
                        ? Stream.of(key + ".one", key + ".other")
                        : Stream.of(key))
            .collect(Collectors.toCollection(TreeSet::new));
    Map<String, String> english = texts("en");
    assertThat(used).isEqualTo(english.keySet());
    for (String language : Set.of("fr", "es")) {
      Map<String, String> texts = texts(language);
      assertThat(texts.keySet()).as(language).isEqualTo(english.keySet());
      texts.forEach(
          (key, text) ->
              assertThat(found(PLACE, text)).as(key).isEqualTo(found(PLACE, english.get(key))));
    }
  }

  /** Its licence stands beside it; where it is from, in decision 022. */
  @Test
  void pouchDbIsAsItsAuthorsPublishedIt() throws Exception {
    byte[] bytes =
        Sources.ending(Sources.CLINIC, POUCHDB).get(POUCHDB).getBytes(StandardCharsets.UTF_8);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
        .isEqualTo("17ed174bf4d3230e7bd0fd13a0eb92163f68ac0fa38a71946662bd45b58d8fcb");
  }
}
