package org.skerry.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.fhir.search.query.BadSearchException;
import org.skerry.fhir.search.query.QueryParameter;

/** Words in narratives and in whole resources. */
class TextSearchTest extends SearchCase {
  private void condition(String id, String narrative) {
    condition(id, narrative, "");
  }

  private void condition(String id, String narrative, String more) {
    put("Condition/" + id, "'text':{'div':'<div>" + narrative + "</div>'}" + more);
  }

  private void conditions() {
    condition("a", "<p>Metastases of the <b>bo</b>ne</p>");
    condition("b", "liver: metastases");
    condition("c", "Bone, broken", ",'subject':{'reference':'Patient/p'}");
    condition("d", "of the liver &amp; heart&nbsp;failure");
    put("Condition/e", "'code':{'text':'Failure of the bone'},'recordedDate':'2020-01-01'");
  }

  @Test
  void wordsOfTheNarrativeAreFound() {
    conditions();
    assertThat(found("Condition?_text=bone")).isEqualTo("a c");
    assertThat(found("Condition?_text=(bone+OR+liver)+and+metastases")).isEqualTo("a b");
    assertThat(found("Condition?_text=bone,heart")).isEqualTo("a c d");
    assertThat(found("Condition?_text=BONE+broken")).isEqualTo("c");
    assertThat(found("Condition?_text=not+bone")).isEqualTo("b d e");
    assertThat(found("Condition?_text=liver+not+metastases")).isEqualTo("d");
    assertThat(found("Condition?_text=not+bone+or+broken")).isEqualTo("b c d e");
    assertThat(found("Condition?_text=not+(bone+or+(liver+heart))")).isEqualTo("b e");
    assertThat(found("Condition?_text=meta*")).isEqualTo("a b");
    assertThat(found("Condition?_text=metast")).isEmpty();
    assertThat(found("Condition?_text=div")).isEmpty();
    assertThat(found("Condition?_text=bone&_text=metastases")).isEqualTo("a");
  }

  @Test
  void wordsOfAllTextsAreFound() {
    conditions();
    assertThat(found("Condition?_content=bone")).isEqualTo("a c e");
    assertThat(found("Condition?_content=failure")).isEqualTo("d e");
    assertThat(found("Condition?_content=2020")).as("dates are no texts").isEmpty();
    assertThat(found("Condition?_content=patient")).as("nor are references").isEmpty();
    put("Patient/p", "'name':[{'family':'Bone'}],'gender':'female'");
    assertThat(found("Patient?_content=female+bone")).isEqualTo("p");
    assertThat(found("?_content=bone")).isEqualTo("a c e p");
  }

  @Test
  void wordsBetweenQuotesFollowEachOther() {
    conditions();
    assertThat(found("Condition?_text=%22of+the+bone%22")).isEqualTo("a");
    assertThat(found("Condition?_text=%22bone+the+of%22")).isEmpty();
    assertThat(found("Condition?_text=heart-failure")).isEqualTo("d");
    assertThat(found("Condition?_text=heart-fail*")).isEqualTo("d");
    assertThat(found("Condition?_text=%22of+the+bone%22,%22heart+failure%22")).isEqualTo("a d");
    assertThat(found("Condition?_text=not+%22of+the+bone%22")).isEqualTo("b c d e");
    assertThat(found("Condition?_content=%22of+the+bone%22")).isEqualTo("a e");
    put("Condition/f", "'note':[{'text':'the heart'},{'text':'failure'}]");
    assertThat(found("Condition?_content=%22heart+failure%22"))
        .as("from one text to the next nothing follows")
        .isEqualTo("d");
    assertThat(found("Condition?_content=heart+failure")).isEqualTo("d f");
    condition("g", "the the end");
    assertThat(found("Condition?_text=%22the+the+end%22")).isEqualTo("g");
  }

  @Test
  void wordsGoWithOtherParameters() {
    conditions();
    put("Patient/p", "'name':[{'family':'Okafor'}],'text':{'div':'<div>Mild</div>'}");
    put("Patient/q", "'text':{'div':'<div>Severe</div>'}");
    assertThat(found("Condition?_text=bone&subject=Patient/p")).isEqualTo("c");
    assertThat(found("Condition?subject:Patient._text=mild")).isEqualTo("c");
    assertThat(found("Patient?_has:Condition:subject:_text=broken")).isEqualTo("p");
    assertThat(found("Patient?_has:Condition:subject:_content=%22bone+broken%22")).isEqualTo("p");
    assertThat(found("Condition?_content=bone&_sort=-recorded-date")).isEqualTo("e c a");
    assertThat(found("Condition?_text:missing=true")).isEqualTo("e");
    SearchAnswer answer = ask("Condition?_text=broken&_include=Condition:subject");
    assertThat(ids(answer.page().included())).isEqualTo("p");
    assertThat(answer.used()).extracting(QueryParameter::name).contains("_text");
  }

  @Test
  void pagesOfWordsAreStable() {
    for (String id : List.of("a", "c", "e", "g")) {
      condition(id, "bone of " + id);
    }
    SearchAnswer first = ask("Condition?_text=bone&_count=2");
    assertThat(ids(first.page().matches())).isEqualTo("a c");
    assertThat(first.page().total()).isEqualTo(OptionalLong.of(4));
    String second = "Condition?_text=bone&_count=2&_cursor=" + first.page().next().orElseThrow();
    condition("d", "bone");
    condition("f", "bone");
    condition("g", "bone again");
    reopen();
    assertThat(found(second)).isEqualTo("e g");
    assertThat(ask("Condition?_text=bone&_total=accurate&_count=0").page().total())
        .isEqualTo(OptionalLong.of(6));
  }

  @Test
  void whatChangesIsFoundAsItIs() {
    condition("a", "bone");
    assertThat(found("Condition?_text=bone")).isEqualTo("a");
    condition("a", "liver");
    condition("b", "bone");
    assertThat(found("Condition?_text=bone")).isEqualTo("b");
    assertThat(found("Condition?_text=liver")).isEqualTo("a");
    write("Condition/a", "");
    assertThat(found("Condition?_text=liver")).isEmpty();
    write("notes", "{\"resourceType\":\"Condition\",\"text\":{\"div\":\"bone\"}}");
    assertThat(found("Condition?_text=bone")).isEqualTo("b");
  }

  @Test
  void aDatabaseWhoseUsersLookForNoWordsHasNone() {
    condition("a", "bone");
    assertThat(found("Condition?_id=a")).isEqualTo("a");
    assertThat(wordIndexes()).isEmpty();
    assertThat(found("Condition?_text=bone")).isEqualTo("a");
    assertThat(wordIndexes()).hasSize(1);
  }

  private List<String> wordIndexes() {
    return store.names().stream().filter(name -> name.contains("/.words")).toList();
  }

  @Test
  void resourcesWithoutANarrativeHaveNoWordsInIt() {
    put("Binary/x", "'contentType':'text/plain'");
    condition("a", "bone");
    assertThat(found("?_text=bone")).isEqualTo("a");
    assertThat(found("Binary?_text=bone")).isEmpty();
    assertThat(found("Binary?_content=plain")).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"_text=(bone", "_content=a+or", "_text=-", "_text=%22%22", "_content=*"})
  void whatCannotBeReadIsRefusedWithItsPlace(String query) {
    assertThatThrownBy(() -> ask("Condition?" + query))
        .isInstanceOf(BadSearchException.class)
        .hasMessageMatching("_(text|content), character [1-9]: .*");
  }

  @Test
  void whatIsNotSupportedIsRefused() {
    for (String bad :
        List.of(
            "_text:exact=a",
            "_content:contains=a",
            "_text=" + "a".repeat(2_001),
            "_text=b+" + "a-".repeat(99) + "a")) {
      assertThatThrownBy(() -> ask("Condition?" + bad))
          .as(bad)
          .isInstanceOf(BadSearchException.class);
    }
    assertThat(ask("Condition?_sort=_text").ignored()).containsExactly("_sort=_text");
  }

  @Test
  void conditionsOfInteractionsMayAskForWords() {
    conditions();
    List<QueryParameter> query = List.of(new QueryParameter("_text", "\"bone broken\""));
    assertThat(search.of(database).matches("Condition", query, Optional.empty(), 2))
        .extracting(id -> id.text())
        .containsExactly("Condition/c");
  }

  /** Random words in random texts, against somebody who reads all of them. */
  @Test
  void findsWhatIsThere(SplittableRandom random) {
    TreeMap<String, String> texts = new TreeMap<>();
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 30; i++) {
        String id = "c" + random.nextInt(40);
        String text = words(random, 1 + random.nextInt(6));
        texts.put(id, text);
        condition(id, text);
      }
      for (int i = 0; i < 25; i++) {
        String asked = words(random, 1 + random.nextInt(2));
        boolean quoted = random.nextBoolean();
        String value = quoted ? "%22" + asked.replace(' ', '+') + "%22" : asked.replace(' ', '+');
        List<String> expected = new ArrayList<>();
        texts.forEach(
            (id, text) -> {
              boolean there =
                  quoted
                      ? (" " + text + " ").contains(" " + asked + " ")
                      : List.of(text.split(" ")).containsAll(List.of(asked.split(" ")));
              if (there) {
                expected.add(id);
              }
            });
        assertThat(found("Condition?_text=" + value + "&_count=100"))
            .as(value)
            .isEqualTo(String.join(" ", expected));
      }
    }
  }

  private static String words(SplittableRandom random, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add("w" + random.nextInt(5));
    }
    return String.join(" ", words);
  }
}
