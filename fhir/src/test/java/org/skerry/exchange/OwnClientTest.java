package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that is not this project's takes part in all that an exchange promises. */
@Timeout(300)
class OwnClientTest {
  private static final String CATEGORIES =
      "{\"categories\":[{\"category\":\"note\",\"client\":\"notebook\"}]}";

  private final Site clinic = new Site();

  @AfterEach
  void close() {
    clinic.close();
    NotebookClient.SERVER.clear();
  }

  private Runner runner(String own) {
    return clinic.runner(
        "{\"database\":\"clinic\",\"clients\":{\"notebook\":{\"base\":\"http://notebook.example\""
            + own
            + "}},\"pull\":"
            + CATEGORIES
            + ",\"push\":"
            + CATEGORIES
            + "}");
  }

  @Test
  void recordsGoBothWaysAndConflictsAreKept() {
    Runner runner = runner(",\"ink\":\"blue\"");
    NotebookClient.SERVER.put("a", "there");
    clinic.expect("PUT", "/clinic/note%2Fb", "{\"text\":\"here\"}");
    assertThat(runner.runOnce().error()).isEmpty();
    assertThat(NotebookClient.SERVER).containsEntry("b", "here");
    assertThat(clinic.contents().get("note/a").path("text").asString()).isEqualTo("there");
    NotebookClient.SERVER.put("a", "changed there");
    String rev = clinic.expect("GET", "/clinic/note%2Fa", "").path("_rev").asString();
    clinic.expect("PUT", "/clinic/note%2Fa?rev=" + rev, "{\"text\":\"changed here\"}");
    assertThat(runner.runOnce().error()).isEmpty();
    assertThat(clinic.versions("note/a")).isEqualTo(2);
    assertThat(NotebookClient.SERVER).containsEntry("a", "changed there");
    assertThat(clinic.messages("?status=conflict").path(0).path("linkType").asString())
        .isEqualTo("notebook");
  }

  @Test
  void itsOwnSettingsAreItsOwnToJudge() {
    assertThatThrownBy(() -> runner(""))
        .isInstanceOf(InvalidPartnerException.class)
        .hasMessageContaining("`clients.notebook`: `ink` is missing");
  }

  @Test
  void aClientThatNobodyHasIsTold() {
    assertThatThrownBy(
            () ->
                clinic.runner(
                    "{\"database\":\"clinic\",\"clients\":{\"fax\":{\"base\":\"http://x\"}},\"pull\":"
                        + "{\"categories\":[{\"category\":\"note\",\"client\":\"fax\"}]}}"))
        .isInstanceOf(InvalidPartnerException.class)
        .hasMessageContaining("`clients.fax` is none of the clients here: fhir, notebook, rest");
  }
}
