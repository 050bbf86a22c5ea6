package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** With OpenMRS's REST API, directly and through its wrapper. */
@Timeout(300)
class RestExchangeTest {
  private static final String A = "0a000000-0000-4000-8000-000000000001";
  private static final String B = "0b000000-0000-4000-8000-000000000002";

  private final OpenMrsServer openMrs = new OpenMrsServer();
  private final Site clinic = new Site();
  private Runner runner = runner("");

  private Runner runner(String more) {
    return clinic.runner(
        "{\"database\":\"clinic\",\"feeds\":\""
            + openMrs.url()
            + "/ws/atomfeed\",\"clients\":{\"rest\":{\"base\":\""
            + openMrs.url()
            + "/ws/rest/v1\""
            + more
            + "}},\"instance\":\"child-1\","
            + "\"pull\":{\"categories\":[{\"category\":\"patient\",\"client\":\"rest\"}]},"
            + "\"push\":{\"categories\":[{\"category\":\"patient\",\"client\":\"rest\"}]}}");
  }

  @AfterEach
  void close() {
    clinic.close();
    openMrs.close();
  }

  private void assertRuns() {
    for (Lane lane : runner.lanes()) {
      assertThat(runner.runOnce().error()).as(lane.direction().name()).isEmpty();
    }
    assertThat(runner.letters()).isEmpty();
  }

  private void write(String uuid, String members) {
    String path = "/clinic/patient%2F" + uuid;
    JsonNode now =
        new tools.jackson.databind.json.JsonMapper().readTree(clinic.send("GET", path, "").body());
    String rev = now.has("_rev") ? "\"_rev\":\"" + now.path("_rev").asString() + "\"," : "";
    clinic.expect("PUT", path, "{" + rev + "\"uuid\":\"" + uuid + "\"," + members + "}");
  }

  private JsonNode here(String uuid) {
    return clinic.expect("GET", "/clinic/patient%2F" + uuid, "");
  }

  private String lastAction() {
    return clinic.messages("?limit=1").path(0).path("action").asString("");
  }

  @Test
  void whatOpenMrsHasArrivesWithoutWhatItAddsAround() {
    openMrs.edit(A, "{\"gender\":\"F\",\"weight\":1.50,\"site\":\"s-1\"}", "CREATED");
    assertRuns();
    assertThat(here(A).path("gender").asString()).isEqualTo("F");
    assertThat(here(A).has("links")).isFalse();
    assertThat(here(A).has("auditInfo")).isFalse();
    assertThat(here(A).path("display").asString()).contains(A);
    int messages = clinic.messages("").size();
    assertRuns();
    assertThat(clinic.messages("")).as("nothing is new").hasSize(messages);
    assertThat(clinic.messages("").path(0).path("linkType").asString()).isEqualTo("rest");
  }

  @Test
  void changesGoBackAsWhatDiffersAndWithReferencesAsUuids() {
    openMrs.edit(A, "{\"gender\":\"F\",\"site\":\"s-1\",\"address\":\"x\"}", "CREATED");
    assertRuns();
    String known = here(A).path("site").toString();
    write(A, "\"gender\":\"M\",\"site\":" + known.replace("s-1", "s-2") + ",\"address\":\"x\"");
    openMrs.asked.clear();
    assertRuns();
    assertThat(openMrs.asked).contains("POST " + A + " {\"gender\":\"M\",\"site\":\"s-2\"}");
    assertThat(openMrs.record(A).path("gender").asString()).isEqualTo("M");
    assertThat(lastAction()).isEqualTo("UPDATED");
    int messages = clinic.messages("").size();
    assertRuns();
    assertThat(clinic.messages("")).as("no echo").hasSize(messages);
  }

  @Test
  void aNewRecordIsCreatedUnderItsUuid() {
    write(B, "\"gender\":\"F\",\"display\":\"mine\",\"voided\":false");
    assertRuns();
    assertThat(openMrs.record(B).path("gender").asString()).isEqualTo("F");
    assertThat(lastAction()).isEqualTo("CREATED");
    assertRuns();
    assertThat(clinic.versions("patient/" + B)).isEqualTo(1);
  }

  @Test
  void aRecordThatWouldGetAnotherUuidLeavesNoDouble() {
    openMrs.renames = true;
    write(B, "\"gender\":\"F\"");
    runner.runOnce();
    assertThat(runner.letters())
        .extracting(Letter::problem)
        .first()
        .asString()
        .contains("another uuid");
    assertThat(openMrs.record("other-0").path("voided").asBoolean()).isTrue();
  }

  @Test
  void deletionsVoidAndVoidedRecordsAreDeletedHere() {
    openMrs.edit(A, "{\"gender\":\"F\"}", "CREATED");
    openMrs.edit(B, "{\"gender\":\"M\"}", "CREATED");
    assertRuns();
    clinic.expect(
        "DELETE", "/clinic/patient%2F" + A + "?rev=" + here(A).path("_rev").asString(), "");
    openMrs.edit(B, "{\"voided\":true}", "VOIDED");
    assertRuns();
    assertThat(openMrs.record(A).path("voided").asBoolean()).isTrue();
    assertThat(clinic.contents()).isEmpty();
    assertThat(clinic.messages("?action=VOIDED")).hasSize(1);
    openMrs.edit(B, "{\"voided\":false}", "UNVOIDED");
    assertRuns();
    assertThat(here(B).path("gender").asString()).isEqualTo("M");
    assertThat(clinic.messages("?action=UNVOIDED")).hasSize(1);
    assertThat(openMrs.record(A).path("voided").asBoolean()).as("no echo").isTrue();
  }

  @Test
  void whatIsRetiredThereStaysHereAndSaysSo() {
    openMrs.edit(A, "{\"gender\":\"F\",\"retired\":false}", "CREATED");
    assertRuns();
    openMrs.edit(A, "{\"retired\":true}", "RETIRED");
    assertRuns();
    assertThat(here(A).path("retired").asBoolean()).isTrue();
    assertThat(lastAction()).isEqualTo("RETIRED");
    openMrs.edit(A, "{\"retired\":false}", "UNRETIRED");
    assertRuns();
    assertThat(here(A).path("retired").asBoolean()).isFalse();
    assertThat(lastAction()).isEqualTo("UNRETIRED");
  }

  @Test
  void whatIsMarkedVoidedOrRetiredHereIsDeletedThereAndBack() {
    openMrs.edit(A, "{\"gender\":\"F\",\"retired\":false}", "CREATED");
    assertRuns();
    write(A, "\"gender\":\"F\",\"retired\":true");
    assertRuns();
    assertThat(openMrs.asked).contains("DELETE " + A + " ");
    assertThat(clinic.messages("?action=RETIRED&operation=push")).hasSize(1);
  }

  @Test
  void bothSidesEditedIsAConflictHereAndNothingIsOverwrittenThere() {
    openMrs.edit(A, "{\"gender\":\"F\"}", "CREATED");
    assertRuns();
    openMrs.edit(A, "{\"gender\":\"M\"}", "UPDATED");
    write(A, "\"gender\":\"O\"");
    runner(" ").runOnce();
    assertThat(clinic.versions("patient/" + A)).isEqualTo(2);
    assertThat(openMrs.record(A).path("gender").asString()).isEqualTo("M");
    assertThat(clinic.messages("?status=conflict")).hasSize(1);
  }

  @Test
  void aPushAloneFindsThatTheRecordChangedThere() {
    openMrs.edit(A, "{\"gender\":\"F\"}", "CREATED");
    assertRuns();
    openMrs.edit(A, "{\"gender\":\"M\"}", "SILENT");
    write(A, "\"gender\":\"O\"");
    assertRuns();
    assertThat(clinic.versions("patient/" + A)).isEqualTo(2);
    assertThat(openMrs.record(A).path("gender").asString()).isEqualTo("M");
  }

  @Test
  void whatOpenMrsRefusesIsSetAsideWithWhatItSaid() {
    write(B, "\"gender\":\"F\",\"colour\":1");
    runner.runOnce();
    assertThat(runner.letters()).extracting(Letter::problem).first().asString().contains("400");
    JsonNode message = clinic.messages("?status=failure").path(0);
    JsonNode whole =
        clinic.expect("GET", "/ws/rest/sync2/messages/" + message.path("uuid").asString(), "");
    assertThat(whole.path("requests")).hasSize(2);
    assertThat(whole.path("requests").path(1).path("method").asString()).isEqualTo("POST");
    assertThat(whole.path("requests").path(1).path("request").asString()).contains("colour");
    assertThat(whole.path("requests").path(1).path("answer").asString()).contains("not allowed");
  }

  @Test
  void throughTheWrapperEverythingIsTheSame() {
    openMrs.onlyWrapped = true;
    runner = runner(",\"wrapper\":\"" + openMrs.url() + "/ws/rest/sync2\"");
    openMrs.edit(A, "{\"gender\":\"F\"}", "CREATED");
    write(B, "\"gender\":\"M\"");
    assertRuns();
    assertThat(here(A).path("gender").asString()).isEqualTo("F");
    assertThat(openMrs.record(B).path("gender").asString()).isEqualTo("M");
    assertThat(openMrs.asked).contains("WRAPPED child-1 rest patient");
  }

  @Test
  void aConfigurationFileOfSync2SaysAllThatIsNeeded() {
    openMrs.onlyWrapped = true;
    openMrs.edit(A, "{\"gender\":\"F\"}", "CREATED");
    String classes =
        "\"classes\":[{\"classTitle\":\"Patient\",\"category\":\"patient\",\"openMrsClass\":"
            + "\"org.openmrs.Patient\",\"enabled\":true,\"preferredClient\":\"rest\"}]";
    runner =
        clinic.runner(
            "{\"database\":\"clinic\",\"general\":{\"parentFeedLocation\":\""
                + openMrs.url()
                + "\",\"localFeedLocation\":\"http://x\",\"localInstanceId\":\"child-9\"},"
                + "\"pull\":{\"enabled\":true,"
                + classes
                + "},\"push\":{\"enabled\":true,"
                + classes
                + "}}");
    assertRuns();
    assertThat(here(A).path("gender").asString()).isEqualTo("F");
    assertThat(openMrs.asked).contains("WRAPPED child-9 rest org.openmrs.Patient");
  }
}
