package org.skerry.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.Body;
import org.skerry.search.DesignIndexes.BadDefinitionException;
import org.skerry.testing.Seeded;

/** What a design document says of its full-text indexes. */
@ExtendWith(Seeded.class)
class DesignIndexesTest {
  private static final String FUNCTION = "function (doc) { index('string', 'a', doc.a); }";
  private static final IndexDefinition USUAL =
      IndexDefinition.javascript(FUNCTION, "standard", Map.of());

  private static DesignIndexes of(String json) {
    return DesignIndexes.of(Body.parse(json));
  }

  /** A design document with an index of those members. */
  private static DesignIndexes index(String members) {
    return of("{\"nouveau\":{\"i\":{" + members + "}}}");
  }

  private static String function() {
    return "\"index\":\"" + FUNCTION + "\"";
  }

  @Test
  void anIndexNeedsNothingButItsFunction() {
    assertThat(index(function()).find("i")).contains(USUAL);
    assertThat(index(function()).signatures()).containsExactly(USUAL.signature());
  }

  @Test
  void languageAndAnalyzersAreRead() {
    DesignIndexes indexes =
        of(
            "{\"language\":\"lua\",\"nouveau\":{\"i\":{"
                + function()
                + ",\"default_analyzer\":\"german\",\"field_analyzers\":{\"b\":\"keyword\","
                + "\"a\":\"email\",\"\":\"simple\",\"ä\\u0000\":\"thai\"}}}}");
    IndexDefinition found = indexes.find("i").orElseThrow();
    assertThat(found.language()).isEqualTo("lua");
    assertThat(found.defaultAnalyzer()).isEqualTo("german");
    assertThat(found.fieldAnalyzers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("", "simple", "a", "email", "b", "keyword", "ä\0", "thai"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"nouveau\":null}",
        "{\"nouveau\":[]}",
        "{\"nouveau\":[{\"index\":\"x\"}]}",
        "{\"nouveau\":\"i\"}",
        "{\"nouveau\":5}",
        "{\"nouveau\":{}}",
        "{\"nouveau\":{\"I\":{\"index\":\"x\"},\"i \":{\"index\":\"x\"}}}"
      })
  void whereThereIsNoneNothingIsFound(String design) {
    assertThat(of(design).find("i")).isEmpty();
    assertThat(of(design).find("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      textBlock =
          """
          null ; must have parameter `index`
          [] ; must have parameter `index`
          "x" ; must have parameter `index`
          {} ; must have parameter `index`
          {"index":null} ; must have parameter `index`
          {"index":{"index":"x"}} ; must have parameter `index`
          {"index":["x"]} ; must have parameter `index`
          {"index":"x","default_analyzer":null} ; named by a string
          {"index":"x","default_analyzer":{"name":"german"}} ; named by a string
          {"index":"x","default_analyzer":5} ; named by a string
          {"index":"x","field_analyzers":null} ; `field_analyzers` must be an object
          {"index":"x","field_analyzers":["a"]} ; `field_analyzers` must be an object
          {"index":"x","field_analyzers":"a"} ; `field_analyzers` must be an object
          {"index":"x","field_analyzers":{"a":null}} ; named by a string
          {"index":"x","field_analyzers":{"a":["german"]}} ; named by a string
          """)
  void whatCannotBeUnderstoodIsSaidAndHidesNoOther(String index, String problem) {
    DesignIndexes indexes =
        of("{\"nouveau\":{\"bad\":" + index + ",\"i\":{" + function() + "},\"worse\":5}}");
    assertThatThrownBy(() -> indexes.find("bad"))
        .isInstanceOf(BadDefinitionException.class)
        .hasMessageContaining(problem);
    assertThat(indexes.find("i")).contains(USUAL);
    assertThat(indexes.signatures()).containsExactly(USUAL.signature());
  }

  /** Otherwise no index of the database could be cleaned up any more. */
  @Test
  void whateverADocumentMayHoldKeepsNoIndexFromBeingFound() {
    String deep = "[".repeat(490) + "]".repeat(490);
    DesignIndexes indexes =
        of(
            "{\"digits\":%s,\"%s\":1,\"deep\":%s,\"nouveau\":{\"i\":{%s}}}"
                .formatted("7".repeat(5_000), "n".repeat(60_000), deep, function()));
    assertThat(indexes.find("i")).contains(USUAL);
  }

  /** What is different makes a different index; what is the same shares one. */
  @RepeatedTest(20)
  void signaturesTellDefinitionsApart(SplittableRandom random) {
    List<String> words = List.of("", "a", "b", "ab", "1:", "1:a", "ä", "a\0", "\uD83D\uDE00");
    Set<IndexDefinition> definitions = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Map<String, String> fields = new java.util.HashMap<>();
      for (int left = random.nextInt(3); left > 0; left--) {
        fields.put(word(words, random), word(words, random));
      }
      definitions.add(IndexDefinition.javascript(word(words, random), word(words, random), fields));
    }
    Set<String> signatures = new HashSet<>();
    for (IndexDefinition definition : definitions) {
      signatures.add(definition.signature());
      assertThat(definition.signature()).matches("[0-9a-f]{64}");
    }
    assertThat(signatures).hasSameSizeAs(definitions);
  }

  private static String word(List<String> words, SplittableRandom random) {
    return words.get(random.nextInt(words.size()));
  }
}
