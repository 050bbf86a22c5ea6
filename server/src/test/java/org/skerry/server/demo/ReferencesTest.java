package org.skerry.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** References of bundles, one at a time. */
final class ReferencesTest {
  private final References references = new References();

  @Test
  void aUrnBecomesTypeAndId() {
    learn("{'fullUrl':'urn:uuid:1','resource':{'resourceType':'Patient','id':'1'}}");
    assertThat(resolved("urn:uuid:1")).isEqualTo("Patient/1");
  }

  @Test
  void aConditionalReferenceIsFoundByTheIdentifier() {
    learn(
        "{'fullUrl':'urn:uuid:2','resource':{'resourceType':'Practitioner','id':'2',"
            + "'identifier':[{'system':'npi','value':'99'}]}}");
    assertThat(resolved("Practitioner?identifier=npi|99")).isEqualTo("Practitioner/2");
  }

  @Test
  void whatAResourceContainsStaysWithIt() {
    assertThat(resolved("#referral")).isEqualTo("#referral");
  }

  @Test
  void aReferenceToNothingIsNamed() {
    assertThatThrownBy(() -> resolved("urn:uuid:3"))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("urn:uuid:3");
  }

  private void learn(String entry) {
    references.learn(json(entry));
  }

  private String resolved(String reference) {
    JsonNode node = json("{'a':[{'reference':'" + reference + "'}]}");
    references.resolve(node);
    return node.path("a").path(0).path("reference").asString();
  }

  private static JsonNode json(String text) {
    return Json.MAPPER.readTree(text.replace('\'', '"'));
  }
}
