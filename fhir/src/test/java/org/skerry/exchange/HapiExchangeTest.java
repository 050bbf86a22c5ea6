package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a FHIR server that has no feeds: by its history. */
@Timeout(300)
class HapiExchangeTest {
  private HapiServer hapi;
  private Site clinic;
  private Runner runner;

  @BeforeEach
  void start() throws Exception {
    hapi = new HapiServer(false);
    clinic = new Site();
    runner = runner(hapi);
  }

  private Runner runner(HapiServer partner) {
    return clinic.runner(
        "{\"database\":\"clinic\",\"base\":\""
            + partner.base()
            + "\",\"pull\":{\"categories\":[{\"type\":\"Patient\"}]},"
            + "\"push\":{\"categories\":[{\"type\":\"Patient\"}]}}");
  }

  /** HAPI's plain server over memory says that there are pages, and shows the first for each. */
  @Test
  void aServerThatShowsTheSamePageAgainMovesNothing() throws Exception {
    try (HapiServer other = new HapiServer(true)) {
      for (int i = 0; i < 250; i++) {
        other.put("p" + i, "F" + i);
      }
      assertThat(runner(other).runOnce().error().orElse("")).contains("the same entries again");
    }
  }

  @AfterEach
  void stop() throws Exception {
    clinic.close();
    hapi.close();
  }

  private void assertRuns() {
    assertThat(runner.runOnce().error()).isEmpty();
  }

  private String family(String id) {
    return clinic.get("Patient/" + id).path("name").path(0).path("family").asString();
  }

  @Test
  void itsHistoryIsReadAndNotReadAgain() {
    for (int i = 0; i < 250; i++) {
      hapi.put("p" + i, "F" + i);
    }
    assertRuns();
    assertThat(clinic.contents()).hasSize(250);
    assertThat(family("p249")).isEqualTo("F249");
    int messages = clinic.messages("?limit=1000").size();
    assertRuns();
    assertThat(clinic.messages("?limit=1000")).hasSize(messages);
  }

  @Test
  void changesAndDeletionsFollowInBothDirections() {
    hapi.put("a", "Okafor");
    clinic.put("Patient/b", "\"name\":[{\"family\":\"Rahman\"}]");
    assertRuns();
    assertThat(family("a")).isEqualTo("Okafor");
    assertThat(hapi.family("b")).isEqualTo("Rahman");
    hapi.put("b", "Castillo");
    clinic.put("Patient/a", "\"name\":[{\"family\":\"Adeyemi\"}]");
    assertRuns();
    assertThat(family("b")).isEqualTo("Castillo");
    assertThat(hapi.family("a")).isEqualTo("Adeyemi");
    hapi.delete("b");
    clinic.delete("Patient/a");
    assertRuns();
    assertThat(clinic.contents()).isEmpty();
    assertThat(hapi.all()).isEmpty();
    int messages = clinic.messages("?limit=1000").size();
    assertRuns();
    assertThat(clinic.messages("?limit=1000")).as("no echo").hasSize(messages);
  }

  @Test
  void bothSidesEditedIsAConflictHereAndNothingIsOverwrittenThere() {
    hapi.put("a", "Okafor");
    assertRuns();
    hapi.put("a", "There");
    clinic.put("Patient/a", "\"name\":[{\"family\":\"Here\"}]");
    assertRuns();
    assertThat(clinic.versions("Patient/a")).isEqualTo(2);
    assertThat(hapi.family("a")).isEqualTo("There");
  }
}
