package org.skerry.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.collation.ValueReader;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.subset.Placement;

class ScopeRulesTest {
  private static ScopeRules rules(String rules) {
    return ScopeRules.parse(
        ValueReader.read(
            ("{\"rules\":[" + rules + "]}").replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  private static Placement place(String rules, String document) {
    return rules(rules).place(DocId.of("d1"), false, Body.parse(document.replace('\'', '"')));
  }

  /** Labels as they are written: of a place with {@code =}, of a document with {@code @}. */
  private static Set<String> labels(String rules, String document) {
    return place(rules, document).labels().stream()
        .map(
            label ->
                switch (label.kind()) {
                      case EVERYONE -> "*";
                      case PLACE -> "=";
                      case DOCUMENT -> "@";
                    }
                    + label.name())
        .collect(Collectors.toSet());
  }

  @Test
  void placesAreTextsObjectsWithAnIdAndArraysOfBoth() {
    String at = "{'site':'/at'}";
    assertThat(labels(at, "{'at':'hill'}")).containsExactly("=hill");
    assertThat(labels(at, "{'at':{'_id':'hill'}}")).containsExactly("=hill");
    assertThat(labels(at, "{'at':['hill',{'_id':'shore'},['isle']]}"))
        .containsExactlyInAnyOrder("=hill", "=shore", "=isle");
    assertThat(labels("{'site':['/at','/also']}", "{'at':'hill','also':'shore'}"))
        .containsExactlyInAnyOrder("=hill", "=shore");
  }

  @Test
  void whatIsNoTextNamesNothing() {
    String at = "{'site':'/at','follow':'/of'}";
    for (String odd :
        new String[] {"7", "null", "true", "''", "{}", "[]", "[7,null]", "{'_id':7}"}) {
      assertThat(place(at, "{'at':" + odd + ",'of':" + odd + "}"))
          .as(odd)
          .isEqualTo(Placement.NONE);
    }
    assertThat(labels(at, "{'at':['hill',7,null]}")).containsExactly("=hill");
    assertThat(place(at, "{'at':'" + "x".repeat(1_025) + "'}")).isEqualTo(Placement.NONE);
    assertThat(labels(at, "{'at':'" + "x".repeat(1_024) + "'}")).hasSize(1);
  }

  @Test
  void membersMayHaveDotsInRulesAndInSelectors() {
    assertThat(labels("{'site':'/at.place'}", "{'at.place':'hill','at':{'place':'no'}}"))
        .containsExactly("=hill");
    String selected = "{'selector':{'kind\\\\.of':'x'},'site':'/at'}";
    assertThat(labels(selected, "{'kind.of':'x','at':'hill'}")).containsExactly("=hill");
    assertThat(place(selected, "{'kind':{'of':'x'},'at':'hill'}")).isEqualTo(Placement.NONE);
    assertThat(
            labels("{'selector':{'kind.of':'x'},'site':'/at'}", "{'kind':{'of':'x'},'at':'hill'}"))
        .containsExactly("=hill");
  }

  @ParameterizedTest
  @CsvSource({
    "p1, @p1",
    "Patient/p1, @Patient/p1",
    "Patient/p1/_history/3, @Patient/p1",
    "https://far.example/fhir/Patient/p1, @Patient/p1",
    "https://far.example/fhir/Patient/p1/_history/2, @Patient/p1",
    "httpd-manual, @httpd-manual",
    "http://far.example, @http://far.example"
  })
  void referencesAreFollowed(String reference, String label) {
    assertThat(labels("{'follow':'/of/reference'}", "{'of':{'reference':'" + reference + "'}}"))
        .containsExactly(label);
    assertThat(labels("{'follow':'/of'}", "{'of':{'reference':'" + reference + "'}}"))
        .containsExactly(label);
  }

  @ParameterizedTest
  @CsvSource({"urn:uuid:1b4", "#contained", "_design/desk", "_local/x", "/_history/1"})
  void whatRefersElsewhereIsNotFollowed(String reference) {
    assertThat(place("{'follow':'/of'}", "{'of':'" + reference + "'}")).isEqualTo(Placement.NONE);
  }

  @Test
  void aPrefixStandsBeforeTheName() {
    String rule = "{'follow':{'member':'/patient','prefix':'Patient/'}}";
    assertThat(labels(rule, "{'patient':['a','b']}"))
        .containsExactlyInAnyOrder("@Patient/a", "@Patient/b");
  }

  @Test
  void allRulesThatFitCountTogether() {
    String three =
        "{'type':'x','everyone':true,'urgency':9},{'type':['x','y'],'site':'/at'},{'follow':'/of','urgency':1}";
    assertThat(labels(three, "{'type':'x','at':'hill','of':'p1'}"))
        .containsExactlyInAnyOrder("*", "=hill", "@p1");
    assertThat(labels(three, "{'resourceType':'y','at':'hill'}")).containsExactly("=hill");
    assertThat(place(three, "{'type':7,'at':'hill'}")).isEqualTo(Placement.NONE);
    assertThat(place(three, "{'type':'x','of':'p1'}").urgency()).isEqualTo(1);
    assertThat(place(three, "{'type':'x'}").urgency()).isEqualTo(1);
  }

  @Test
  void whatNamesTooManyGoesToThoseThatItNamesFirst() {
    String names =
        IntStream.range(0, ScopeRules.MOST_LABELS + 50)
            .mapToObj(i -> "'n" + i + "'")
            .collect(Collectors.joining(",", "{'type':'x','at':[", "]}"));
    Set<String> found = labels("{'type':'x','site':'/at','follow':'/at'},{'everyone':true}", names);
    assertThat(found)
        .hasSize(ScopeRules.MOST_LABELS + 1)
        .contains("=n0", "=n" + (ScopeRules.MOST_LABELS - 1), "*");
  }

  @Test
  void designDocumentsAreEveryonesWhateverRulesSay() {
    assertThat(rules("{'site':'/at'}").place(DocId.of("_design/x"), false, Body.EMPTY).labels())
        .extracting(label -> label.kind().name())
        .containsExactly("EVERYONE");
  }

  @Test
  void aTombstoneInheritsBesideWhatItSaysItself() {
    Placement gone = rules("{'site':'/at'}").place(DocId.of("d"), true, Body.EMPTY);
    assertThat(gone.inherits()).isTrue();
    assertThat(gone.labels()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|/rules/0:",
        "7|/rules/0:",
        "{'site':7}|/rules/0/site:",
        "{'site':'at'}|/rules/0/site:",
        "{'site':'/a~2'}|/rules/0/site:",
        "{'site':'/_id'}|/rules/0/site:",
        "{'site':['/a',null]}|/rules/0/site/1:",
        "{'site':[]}|/rules/0/site:",
        "{'everyone':'yes'}|/rules/0/everyone:",
        "{'everyone':false}|/rules/0:",
        "{'site':'/a','type':[]}|/rules/0/type:",
        "{'site':'/a','type':['x',7]}|/rules/0/type:",
        "{'site':'/a','urgency':256}|/rules/0/urgency:",
        "{'site':'/a','urgency':1.5}|/rules/0/urgency:",
        "{'site':'/a','selector':7}|/rules/0/selector",
        "{'site':'/a','selector':{'a':{'$x':1}}}|/rules/0/selector",
        "{'follow':{'member':'/a','no':1}}|/rules/0/follow/no:",
        "{'follow':{'prefix':'x'}}|/rules/0/follow/member:",
        "{'site':'/a','name':7}|/rules/0/name:",
        "{'site':'/a','sight':'/b'}|/rules/0/sight:",
        "{'site':'/a'},{'site':'b'}|/rules/1/site:"
      })
  void aRuleThatMeansNothingIsRefusedWithItsPlace(String rule, String place) {
    assertThatThrownBy(() -> rules(rule))
        .isInstanceOf(InvalidScopeException.class)
        .hasMessageContaining("at " + place);
  }
}
