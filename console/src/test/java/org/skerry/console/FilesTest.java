package org.skerry.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the build would check if these files were compiled: imports, shape, and what is forbidden.
 */
class FilesTest {
  private static final int LONGEST = 250;
  private static final Pattern IMPORT =
      Pattern.compile("(?m)(?:^(?:import|export) [^;]*?from |\\bimport\\()\"([^\"]+)\"");

  @Test
  void everyFileTellsItsStoryAndIsShort() {
    Sources.ending(".js")
        .forEach(
            (name, text) -> {
              assertThat(text).as(name).startsWith("// ");
              assertThat(text.lines().count()).as(name).isLessThanOrEqualTo(LONGEST);
            });
    Sources.ending(".css").forEach((name, text) -> assertThat(text).as(name).startsWith("/* "));
  }

  @Test
  void everyImportLeadsToAFile() {
    Map<String, String> scripts = Sources.ending(".js");
    scripts.forEach(
        (name, text) ->
            IMPORT
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .forEach(
                    wanted -> {
                      if (wanted.startsWith(".")) {
                        String target =
                            Sources.ROOT
                                .relativize(
                                    Sources.ROOT.resolve(name).resolveSibling(wanted).normalize())
                                .toString();
                        assertThat(scripts).as("%s imports %s", name, wanted).containsKey(target);
                      } else {
                        assertThat(wanted).as(name).isIn("preact", "preact/hooks", "htm");
                      }
                    }));
  }

  @Test
  void nothingMakesHtmlOrCodeFromText() {
    Pattern forbidden =
        Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|dangerouslySetInnerHTML"
                + "|\\beval\\(|new Function|srcdoc|createContextualFragment");
    Sources.ending(".js")
        .forEach((name, text) -> assertThat(text).as(name).doesNotContainPattern(forbidden));
  }

  @Test
  void everyNamedLibraryIsInItsJar() throws IOException {
    Properties libraries = new Properties();
    try (InputStream in = getClass().getResourceAsStream("libraries.properties")) {
      libraries.load(in);
    }
    assertThat(libraries).isNotEmpty();
    for (Object file : libraries.values()) {
      assertThat(getClass().getClassLoader().getResource(String.valueOf(file)))
          .as(String.valueOf(file))
          .isNotNull();
    }
    String page = Sources.ending("index.html").values().iterator().next();
    assertThat(Pattern.compile("\\./lib/([\\w.-]+)").matcher(page).results())
        .extracting((MatchResult match) -> match.group(1))
        .allMatch(libraries::containsKey);
  }
}
