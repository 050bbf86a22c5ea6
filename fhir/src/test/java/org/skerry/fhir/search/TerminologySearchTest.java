package org.skerry.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.fhir.search.query.BadSearchException;

/** Searches by what the database's own value sets and code systems say. */
class TerminologySearchTest extends SearchCase {
  private static final String HIERARCHY =
      "'url':'http://s','content':'complete','concept':[{'code':'animal','concept':[{'code':'dog',"
          + "'property':[{'code':'legs','valueString':'4'}]},{'code':'bird','concept':[{'code':'hen'}]}]},"
          + "{'code':'bat','property':[{'code':'parent','valueCode':'animal'}]},{'code':'stone'}]";

  @BeforeEach
  void write() {
    put("CodeSystem/s", HIERARCHY);
    for (String code : new String[] {"animal", "dog", "bird", "hen", "bat", "stone"}) {
      put("Condition/" + code, "'code':{'coding':[{'system':'http://s','code':'" + code + "'}]}");
    }
    put("Condition/else", "'code':{'coding':[{'system':'http://o','code':'dog'}]}");
  }

  private void valueSet(String id, String compose) {
    put("ValueSet/" + id, "'url':'http://vs/" + id + "','compose':" + compose);
  }

  @Test
  void whatIsBelowAndAboveACodeIsFound() {
    assertThat(found("Condition?code:below=http://s%7Canimal"))
        .isEqualTo("animal bat bird dog hen");
    assertThat(found("Condition?code:below=http://s%7CBIRD")).isEqualTo("bird hen");
    assertThat(found("Condition?code:above=http://s%7Chen")).isEqualTo("animal bird hen");
    assertThat(found("Condition?code:above=http://s%7Cbat")).isEqualTo("animal bat");
    assertThat(found("Condition?code:below=http://s%7Cnone")).isEmpty();
  }

  @Test
  void listedCodesAndWholeSystemsAreValueSets() {
    valueSet(
        "few", "{'include':[{'system':'http://s','concept':[{'code':'dog'},{'code':'hen'}]}]}");
    valueSet(
        "whole",
        "{'include':[{'system':'http://s'}],'exclude':[{'system':'http://s','concept':[{'code':'stone'}]}]}");
    valueSet("all", "{'include':[{'system':'http://s'}]}");
    assertThat(found("Condition?code:in=http://vs/few")).isEqualTo("dog hen");
    assertThat(found("Condition?code:in=ValueSet/few")).isEqualTo("dog hen");
    assertThat(found("Condition?code:not-in=http://vs/few"))
        .isEqualTo("animal bat bird else stone");
    assertThat(found("Condition?code:in=http://vs/whole")).isEqualTo("animal bat bird dog hen");
    assertThat(found("Condition?code:in=http://vs/all")).isEqualTo("animal bat bird dog hen stone");
  }

  @Test
  void filtersAndOtherValueSetsAreFollowed() {
    valueSet(
        "birds",
        "{'include':[{'system':'http://s','filter':[{'property':'concept','op':'is-a','value':'bird'}]}]}");
    valueSet(
        "rest",
        "{'include':[{'system':'http://s','filter':[{'property':'concept','op':'is-not-a','value':'bird'}]}]}");
    valueSet(
        "young",
        "{'include':[{'valueSet':['http://vs/birds'],'system':'http://s','filter':[{'property':'concept','op':'descendent-of','value':'animal'}]}],'exclude':[{'system':'http://s','concept':[{'code':'bird'}]}]}");
    valueSet(
        "legs",
        "{'include':[{'system':'http://s','filter':[{'property':'legs','op':'=','value':'4'}]}]}");
    assertThat(found("Condition?code:in=http://vs/birds")).isEqualTo("bird hen");
    assertThat(found("Condition?code:in=http://vs/rest")).isEqualTo("animal bat dog stone");
    assertThat(found("Condition?code:in=http://vs/young")).isEqualTo("hen");
    assertThat(found("Condition?code:in=http://vs/legs")).isEqualTo("dog");
  }

  /** A ValueSet of that name, of what has a property of that value. */
  private void filter(String id, String property, String value) {
    valueSet(
        id,
        "{'include':[{'system':'http://s','filter':[{'property':'"
            + property
            + "','op':'=','value':'"
            + value
            + "'}]}]}");
  }

  @Test
  void propertiesOfAllKindsAreReadAsTexts() {
    put(
        "CodeSystem/s",
        "'url':'http://s','content':'complete','property':[{'code':'unused','type':'string'}],'concept':["
            + "{'code':'dog','property':[{'code':'legs','valueInteger':4},{'code':'kg','valueDecimal':9.50}]},"
            + "{'code':'hen','property':[{'code':'legs','valueInteger':2},{'code':'since','valueDateTime':'2020-01-02'}]},"
            + "{'code':'bat','property':[{'code':'flies','valueBoolean':true},{'code':'kin','valueCoding':{'code':'dog'}}]}]");
    filter("legs", "legs", "4");
    filter("kg", "kg", "9.5");
    filter("word", "legs", "four");
    filter("since", "since", "2020-01-02");
    filter("flies", "flies", "true");
    filter("kin", "kin", "dog");
    filter("unused", "unused", "x");
    assertThat(found("Condition?code:in=http://vs/legs")).isEqualTo("dog");
    assertThat(found("Condition?code:in=http://vs/kg")).isEqualTo("dog");
    assertThat(found("Condition?code:in=http://vs/word")).isEmpty();
    assertThat(found("Condition?code:in=http://vs/since")).isEqualTo("hen");
    assertThat(found("Condition?code:in=http://vs/flies")).isEqualTo("bat");
    assertThat(found("Condition?code:in=http://vs/kin")).isEqualTo("bat");
    assertThat(found("Condition?code:in=http://vs/unused")).as("it is defined").isEmpty();
  }

  @Test
  void parentsAndChildrenAreKnownHoweverTheyAreWritten() {
    filter("under", "parent", "animal");
    filter("over", "child", "hen");
    filter("leaf", "parent", "stone");
    assertThat(found("Condition?code:in=http://vs/under")).isEqualTo("bat bird dog");
    assertThat(found("Condition?code:not-in=http://vs/under")).isEqualTo("animal else hen stone");
    assertThat(found("Condition?code:in=http://vs/over")).isEqualTo("bird");
    assertThat(found("Condition?code:in=http://vs/leaf")).isEmpty();
  }

  @Test
  void aPropertyThatNobodyHasIsRefusedByName() {
    filter("wings", "wings", "2");
    refused("code:in=http://vs/wings", "http://s has no property wings");
    refused("code:not-in=http://vs/wings", "wings");
  }

  @Test
  void aPartOfAnExpansionIsRefused() {
    String contains = "'contains':[{'system':'http://s','code':'dog'}]";
    String unclosed = "http://hl7.org/fhir/StructureDefinition/valueset-unclosed";
    expansion("'offset':1," + contains);
    refused("code:in=http://vs/e", "offset");
    expansion("'total':2," + contains);
    refused("code:not-in=http://vs/e", "total");
    expansion("'extension':[{'url':'" + unclosed + "','valueBoolean':true}]," + contains);
    refused("code:in=http://vs/e", unclosed);
    expansion(
        "'total':1,'offset':0,'extension':[{'url':'"
            + unclosed
            + "','valueBoolean':false}],"
            + contains);
    assertThat(found("Condition?code:in=http://vs/e")).isEqualTo("dog");
  }

  private void expansion(String members) {
    put("ValueSet/e", "'url':'http://vs/e','expansion':{" + members + "}");
  }

  @Test
  void anExpansionServesWhereThereIsNoDefinition() {
    put(
        "ValueSet/x",
        "'url':'http://vs/x','expansion':{'contains':[{'system':'http://s','code':'animal','abstract':true,"
            + "'contains':[{'system':'http://s','code':'dog'}]}]}");
    assertThat(found("Condition?code:in=http://vs/x")).isEqualTo("dog");
  }

  @Test
  void theVersionThatIsNamedIsMeantAndElseTheLatest() {
    String of =
        "'url':'http://vs/v','compose':{'include':[{'system':'http://s','concept':[{'code':";
    put("ValueSet/v1", "'version':'1'," + of + "'dog'}]}]}");
    put("ValueSet/v2", "'version':'2'," + of + "'hen'}]}]}");
    assertThat(found("Condition?code:in=http://vs/v")).isEqualTo("hen");
    assertThat(found("Condition?code:in=http://vs/v%7C1")).isEqualTo("dog");
    put("ValueSet/v2", "'version':'2'," + of + "'bat'}]}]}");
    assertThat(found("Condition?code:in=http://vs/v")).as("as it is now").isEqualTo("bat");
  }

  @Test
  void manyCodesAreAskedRowByRow() {
    String codes =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "{'code':'c" + i + "'}")
            .collect(Collectors.joining(","));
    valueSet(
        "many", "{'include':[{'system':'http://s','concept':[{'code':'hen'}," + codes + "]}]}");
    assertThat(found("Condition?code:in=http://vs/many")).isEqualTo("hen");
    assertThat(ask("Condition?code:not-in=http://vs/many&_total=accurate").page().total())
        .hasValue(6);
  }

  @Test
  void whatIsNotHereIsRefusedByName() {
    put("CodeSystem/part", "'url':'http://part','content':'fragment','concept':[{'code':'a'}]");
    valueSet(
        "part",
        "{'include':[{'system':'http://part','filter':[{'property':'concept','op':'is-a','value':'a'}]}]}");
    valueSet(
        "regex",
        "{'include':[{'system':'http://s','filter':[{'property':'code','op':'regex','value':'a+'}]}]}");
    valueSet("loop", "{'include':[{'valueSet':['http://vs/loop']}]}");
    valueSet("empty", "{}");
    refused("code:in=http://nowhere", "http://nowhere");
    refused("code:below=http://snomed.info/sct%7C1", "http://snomed.info/sct");
    refused("code:in=http://vs/part", "http://part");
    refused("code:in=http://vs/regex", "regex");
    refused("code:in=http://vs/empty", "http://vs/empty");
    refused("code:in=http://vs/loop", "deep");
    refused("code:below=dog", "system|code");
    refused("_id:not-in=http://vs/few", "not-in");
  }

  private void refused(String query, String named) {
    assertThatThrownBy(() -> ask("Condition?" + query))
        .isInstanceOf(BadSearchException.class)
        .hasMessageContaining(named);
  }
}
