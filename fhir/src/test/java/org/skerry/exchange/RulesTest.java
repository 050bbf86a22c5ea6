package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What a partner's description decides: conflicts, wrappers, what is tried again. */
@Timeout(300)
class RulesTest extends ExchangeCase {
  private static String familyOf(Site site) {
    return familyOf(site, "Patient/1");
  }

  private Runner runner(String more) {
    String categories = "{\"categories\":[{\"type\":\"Patient\"}]}";
    return clinic.runner(
        "{\"database\":\"clinic\",\"base\":\""
            + centre.url()
            + "/fhir/clinic\",\"feeds\":\""
            + centre.url()
            + "/ws/atomfeed\",\"pull\":"
            + categories
            + ",\"push\":"
            + categories
            + more
            + "}");
  }

  private void bothEdit(Runner runner) {
    centre.publish("Patient");
    centre.put("Patient/1", family("Okafor"));
    assertThat(runner.runOnce().error()).isEmpty();
    centre.put("Patient/1", family("Centre"));
    clinic.put("Patient/1", family("Clinic"));
    assertThat(runner.runOnce().error()).isEmpty();
  }

  private JsonNode settled() {
    return clinic.expect("GET", "/clinic/_settlements", "").path("rows");
  }

  @Test
  void thePartnersVersionIsTakenWhereTheRuleSaysSoAndNotSentBack() {
    Runner runner = runner(",\"conflicts\":\"theirs\"");
    bothEdit(runner);
    assertThat(clinic.versions("Patient/1")).isEqualTo(1);
    assertThat(familyOf(clinic)).isEqualTo("Centre");
    String there = centre.expect("GET", "/clinic/Patient%2F1", "").path("_rev").asString();
    assertThat(runner.runOnce().error()).isEmpty();
    assertThat(centre.expect("GET", "/clinic/Patient%2F1", "").path("_rev").asString())
        .as("no echo")
        .isEqualTo(there);
    assertThat(clinic.messages("?status=conflict")).isEmpty();
    assertThat(clinic.messages("?operation=pull").path(0).path("details").asString())
        .contains("the rule: theirs");
  }

  @Test
  void ourVersionIsTakenAndSentWhereTheRuleSaysSo() {
    Runner runner = runner(",\"conflicts\":\"ours\"");
    bothEdit(runner);
    assertThat(clinic.versions("Patient/1")).isEqualTo(1);
    assertThat(familyOf(clinic)).isEqualTo("Clinic");
    assertThat(runner.runOnce().error()).isEmpty();
    assertThat(familyOf(centre)).isEqualTo("Clinic");
    assertThat(settled().isMissingNode()).isFalse();
  }

  @Test
  void throughAnotherNodesWrapperEverythingIsTheSame() {
    Runner runner =
        runner(",\"instance\":\"child-1\",\"wrapper\":\"" + centre.url() + "/ws/rest/sync2\"");
    bothEdit(runner);
    assertThat(clinic.versions("Patient/1")).isEqualTo(2);
    assertThat(familyOf(centre)).as("not overwritten").isEqualTo("Centre");
    clinic.put("Patient/2", family("Rahman"));
    assertThat(runner.runOnce().error()).isEmpty();
    assertThat(centre.contents()).containsKey("Patient/2");
    clinic.delete("Patient/2");
    assertThat(runner.runOnce().error()).isEmpty();
    assertThat(centre.contents()).containsOnlyKeys("Patient/1");
  }

  @Test
  void whatWentThereIsRecognisedThoughTheAnswerWasLost() {
    centre.publish("Patient");
    clinic.expect(
        "PUT",
        "/clinic/Patient%2F1",
        "{\"name\":[{\"family\":\"Okafor\"}],\"id\":\"1\",\"resourceType\":\"Patient\",\"multipleBirthInteger\":2}");
    clinic.expect(
        "PUT",
        "/clinic/Observation%2F1",
        "{\"resourceType\":\"Observation\",\"id\":\"1\",\"status\":\"final\",\"code\":{\"text\":\"x\"},"
            + "\"valueQuantity\":{\"value\":1.50}}");
    // Written there by what this partner knows nothing of: as if its answers had been lost.
    assertThat(clinic.partner(centre, "push", "Patient", "Observation").runOnce().error())
        .isEmpty();
    centre.put(
        "Observation/1",
        "\"status\":\"final\",\"code\":{\"text\":\"x\"},\"valueQuantity\":{\"value\":1.5}");
    Runner other =
        clinic.runner(
            "other",
            "{\"database\":\"clinic\",\"base\":\""
                + centre.url()
                + "/fhir/clinic\",\"pull\":{\"categories\":[{\"type\":\"Patient\"},"
                + "{\"type\":\"Observation\"}]}}");
    assertThat(other.runOnce().error()).isEmpty();
    assertThat(clinic.versions("Patient/1")).isEqualTo(1);
    assertThat(
            clinic.messages("?partner=other&resource=Patient/1").path(0).path("details").asString())
        .contains("here already");
    assertThat(clinic.versions("Observation/1")).as("other digits are a change").isEqualTo(2);
  }

  @Test
  void aWhitelistThatDoesNotNameThisNodeMovesNothing() {
    Runner runner = runner(",\"wrapper\":\"" + centre.url() + "/ws/rest/sync2\"");
    centre.publish("Patient");
    centre.put("Patient/1", family("Okafor"));
    centre.expect("PUT", "/_exchange", "");
    centre.expect("PUT", "/_exchange/whitelist", "{\"enabled\":true,\"instanceIds\":[]}");
    assertThat(runner.runOnce().error().orElse("")).contains("whitelist");
    assertThat(runner.letters()).isEmpty();
    assertThat(clinic.contents()).isEmpty();
  }

  @Test
  void whatCannotBePulledKeepsNothingFromBeingPushed() {
    centre.put("Patient/1", family("Okafor"));
    clinic.put("Patient/2", family("Rahman"));
    Runner runner = runner("");
    assertThat(runner.runOnce().error()).as("there is no feed").isPresent();
    assertThat(centre.contents()).containsKey("Patient/2");
    assertThat(runner.lanes().get(0).state().error()).isPresent();
    assertThat(runner.lanes().get(1).state().error()).isEmpty();
  }

  @Test
  void someOfWhatWasSetAsideIsTriedAgain() {
    centre.publish("Patient");
    for (int i = 1; i < 4; i++) {
      centre.expect("PUT", "/clinic/Patient%2F" + i, "{\"resourceType\":\"Patient\",\"id\":\"x\"}");
    }
    Runner runner = runner("");
    runner.runOnce();
    runner.retry(Set.of("Patient/1", "Patient/3"));
    assertThat(runner.letters()).extracting(Letter::attempts).containsExactly(2, 1, 2);
  }

  @Test
  void aCategoryThatIsAddedLaterIsSentFromTheBeginning() {
    clinic.put("Patient/1", family("Okafor"));
    clinic.put("Practitioner/1", family("Rahman"));
    assertThat(clinic.partner(centre, "push", "Patient").runOnce().error()).isEmpty();
    assertThat(centre.contents()).containsOnlyKeys("Patient/1");
    assertThat(clinic.partner(centre, "push", "Patient", "Practitioner").runOnce().error())
        .isEmpty();
    assertThat(centre.contents()).containsOnlyKeys("Patient/1", "Practitioner/1");
  }

  @Test
  void aMessageShowsWhatWasAskedAndAnsweredWithoutSecrets() {
    centre.publish("Patient");
    centre.put(
        "Patient/1",
        family("Okafor") + ",\"extension\":[{\"url\":\"http://x\",\"valueString\":\"y\"}]");
    runner(",\"auth\":{\"username\":\"admin\",\"password\":\"hush-hush\"}").runOnce();
    String uuid = clinic.messages("").path(0).path("uuid").asString();
    assertThat(clinic.messages("").path(0).has("requests")).as("not in lists").isFalse();
    JsonNode whole = clinic.expect("GET", "/ws/rest/sync2/messages/" + uuid, "");
    JsonNode request = whole.path("requests").path(0);
    assertThat(request.path("method").asString()).isEqualTo("GET");
    assertThat(request.path("url").asString()).endsWith("/fhir/clinic/Patient/1");
    assertThat(request.path("status").asInt()).isEqualTo(200);
    assertThat(request.path("answer").asString()).contains("Okafor");
    assertThat(whole.toString()).doesNotContain("hush").doesNotContain("Basic");
  }
}
