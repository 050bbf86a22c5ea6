package org.skerry.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.subset.Label;

/** Which members rules find in documents, however those spell them. */
class ScopeMembersTest {
  private static ScopeRules rules(String rules) {
    return ScopeRules.decode(("{\"rules\": [" + rules + "]}").getBytes(StandardCharsets.UTF_8));
  }

  private static Set<Label> labels(String rules, String document) {
    Body body = Body.ofTrusted(document.getBytes(StandardCharsets.UTF_8));
    return rules(rules).place(DocId.of("d1"), false, body).labels();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"at\": \"here\"}",
        "{\"a\\u0074\": \"here\", \"at_\": \"there\"}",
        "{\"in\": {\"at\": \"there\", \"more\": [{}]}, \"at\": \"here\"}",
        "{\"at\": \"\\u0068ere\"}",
        "{\"at\": [\"here\", 7, null, [\"here\"]]}",
        "{\"at\": {\"_id\": \"here\"}, \"type\": 5}"
      })
  void aPlaceIsFoundHoweverItIsWritten(String document) {
    assertThat(labels("{\"site\": \"/at\"}", document)).containsExactly(Label.place("here"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"At\": \"here\"}", "{\"at\": 7}", "{\"at\": \"\"}", "{\"at\": {}}"})
  void whatNamesNoPlaceIsNowhere(String document) {
    assertThat(labels("{\"site\": \"/at\"}", document)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"urn:uuid:7", "#inside", "_design/x", "_7"})
  void whatNamesNoDocumentOfTheDatabaseIsNotFollowed(String reference) {
    assertThat(labels("{\"follow\": \"/of\"}", "{\"of\": \"" + reference + "\"}")).isEmpty();
  }

  /** No id is made of it: a document that says so is written like any other. */
  @Test
  void halfACharacterNamesNothing() {
    String half = "{\"at\": [\"a\\ud800\", \"\\udc00\", \"\\ud83d\\ude00\"]}";
    assertThat(labels("{\"site\": \"/at\"}", half)).containsExactly(Label.place("\ud83d\ude00"));
    assertThat(labels("{\"follow\": \"/at\"}", half))
        .containsExactly(Label.document(DocId.of("\ud83d\ude00")));
    assertThat(
            labels(
                "{\"follow\": {\"member\": \"/at\", \"prefix\": \"\\ud800\"}}", "{\"at\": \"x\"}"))
        .isEmpty();
  }

  /** Who opens a database of before does not judge its rules anew. */
  @Test
  void rulesThatWereTakenBeforeAreReadAsTheyWere() {
    assertThat(labels("{\"site\": \"/a~b\"}", "{\"a~b\": \"here\"}"))
        .containsExactly(Label.place("here"));
  }

  @Test
  void aPrefixStandsBeforeWhatIsFollowed() {
    assertThat(
            labels("{\"follow\": {\"member\": \"/of\", \"prefix\": \"p:\"}}", "{\"of\": \"_7\"}"))
        .containsExactly(Label.document(DocId.of("p:_7")));
  }

  @Test
  void namesAreMeasuredInBytes() {
    String fits = "é".repeat(512);
    assertThat(labels("{\"site\": \"/at\"}", "{\"at\": \"" + fits + "\"}"))
        .containsExactly(Label.place(fits));
    assertThat(labels("{\"site\": \"/at\"}", "{\"at\": \"" + fits + "e\"}")).isEmpty();
    assertThat(labels("{\"follow\": \"/at\"}", "{\"at\": \"" + fits + "e\"}")).isEmpty();
  }

  @Test
  void typesStandInEitherMember() {
    String rule = "{\"type\": \"note\", \"site\": \"/at\"}";
    assertThat(labels(rule, "{\"at\": \"here\", \"type\": \"note\"}")).hasSize(1);
    assertThat(labels(rule, "{\"resourceType\": \"note\", \"at\": \"here\"}")).hasSize(1);
    assertThat(labels(rule, "{\"at\": \"here\"}")).isEmpty();
  }

  @Test
  void selectorsSeeTheId() {
    assertThat(labels("{\"selector\": {\"_id\": \"d1\"}, \"everyone\": true}", "{}"))
        .containsExactly(Label.EVERYONE);
    assertThat(labels("{\"selector\": {\"_id\": \"d2\"}, \"everyone\": true}", "{}")).isEmpty();
  }

  @Test
  void aRuleThatLooksAtNothingNeedsNoBody() {
    assertThat(labels("{\"everyone\": true}", "{\"at\": \"here\"}"))
        .containsExactly(Label.EVERYONE);
  }
}
