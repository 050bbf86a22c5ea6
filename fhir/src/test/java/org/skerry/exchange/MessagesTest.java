package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What the audit tells, and what can be done with it. */
@Timeout(300)
class MessagesTest extends ExchangeCase {
  private static final String MESSAGES = "/ws/rest/sync2/messages";

  private JsonNode conflicted() {
    centre.publish("Patient");
    centre.put("Patient/1", family("Okafor") + ",\"_birthDate\":{\"id\":\"b\"}");
    Runner runner = clinic.partner(centre, "pull push", "Patient");
    runner.runOnce();
    centre.put("Patient/1", family("Centre"));
    clinic.put("Patient/1", family("Clinic"));
    runner.runOnce();
    return clinic.messages("?status=conflict").path(0);
  }

  private HttpResponse<String> resolve(String uuid, String json) {
    return clinic.send("POST", "/ws/rest/sync2/conflict/resolve?conflictUuid=" + uuid, json);
  }

  private static final String BOTH =
      "{\"resourceType\":\"Patient\",\"id\":\"1\",\"_birthDate\":{\"id\":\"c\"},"
          + "\"name\":[{\"family\":\"Both\"}]}";

  @Test
  void aConflictIsSettledByItsMessage() {
    JsonNode message = conflicted();
    String uuid = message.path("mergeConflictUuid").asString("");
    assertThat(uuid).isEqualTo(message.path("uuid").asString());
    assertThat(message.path("conflict").path("leaves")).hasSize(2);
    HttpResponse<String> settled = resolve(uuid, BOTH);
    assertThat(settled.statusCode()).as(settled.body()).isEqualTo(202);
    assertThat(settled.body()).contains(uuid);
    assertThat(clinic.versions("Patient/1")).isEqualTo(1);
    assertThat(clinic.get("Patient/1").path("_birthDate").path("id").asString()).isEqualTo("c");
    clinic.partner(centre, "pull push", "Patient").runOnce();
    assertThat(centre.get("Patient/1").path("name").path(0).path("family").asString())
        .isEqualTo("Both");
    JsonNode next = clinic.expect("GET", MESSAGES + "/" + uuid, "");
    String following = next.path("nextMessageUuid").asString("");
    assertThat(clinic.expect("GET", MESSAGES + "/" + following, "").path("details").asString())
        .contains("settled by admin");
    assertThat(resolve(uuid, BOTH).statusCode()).as("nothing is left to settle").isEqualTo(404);
  }

  @Test
  void aConflictThatMovedOnIsNotSettledByAnOldMessage() {
    JsonNode message = conflicted();
    clinic.expect(
        "PUT",
        "/clinic/Patient%2F1?rev="
            + clinic.expect("GET", "/clinic/Patient%2F1", "").path("_rev").asString(),
        "{\"resourceType\":\"Patient\",\"id\":\"1\"}");
    assertThat(resolve(message.path("uuid").asString(), BOTH).statusCode()).isEqualTo(409);
  }

  @Test
  void whatSettlesNothingIsRefused() {
    JsonNode message = conflicted();
    String uuid = message.path("uuid").asString();
    assertThat(resolve(uuid, "7").statusCode()).isEqualTo(400);
    assertThat(resolve("nothing", BOTH).statusCode()).isEqualTo(404);
    assertThat(resolve("", BOTH).statusCode()).isEqualTo(404);
    String other =
        clinic.messages("?status=success&resource=Patient/1").path(1).path("uuid").asString();
    assertThat(resolve(other, BOTH).statusCode()).isEqualTo(404);
    assertThat(clinic.versions("Patient/1")).isEqualTo(2);
  }

  @Test
  void eachAttemptNamesTheNext() {
    centre.publish("Patient");
    centre.expect("PUT", "/clinic/Patient%2F2", "{\"resourceType\":\"Patient\",\"id\":\"x\"}");
    Runner runner = clinic.partner(centre, "pull", "Patient");
    runner.runOnce();
    String first = clinic.messages("").path(0).path("uuid").asString();
    runner.retry(Set.of());
    String second = clinic.messages("").path(0).path("uuid").asString();
    assertThat(second).isNotEqualTo(first);
    assertThat(clinic.messages("").path(1).path("nextMessageUuid").asString()).isEqualTo(second);
    assertThat(clinic.messages("").path(0).path("nextMessageUuid").isNull()).isTrue();
  }

  @Test
  void pagesAreAlsoCountedAsSync2CountsThem() {
    centre.publish("Patient");
    for (int i = 0; i < 7; i++) {
      centre.put("Patient/p" + i, family("F" + i));
    }
    clinic.partner(centre, "pull", "Patient").runOnce();
    JsonNode page =
        clinic.expect(
            "GET",
            MESSAGES
                + "?pageIndex=2&pageSize=3&success=SUCCESS&operation=PULL&resourceName=patient",
            "");
    assertThat(page.path("itemsCount").asInt()).isEqualTo(7);
    assertThat(page.path("page").asInt()).isEqualTo(2);
    assertThat(page.path("data")).hasSize(3);
    assertThat(
            clinic
                .expect("GET", MESSAGES + "?pageIndex=1&success=ALL&resourceName=ALL", "")
                .path("itemsCount")
                .asInt())
        .isEqualTo(7);
    JsonNode first = clinic.expect("GET", MESSAGES + "?limit=5", "");
    assertThat(first.path("results")).hasSize(5);
    JsonNode rest =
        clinic.expect("GET", MESSAGES + "?limit=5&before=" + first.path("before").asString(), "");
    assertThat(rest.path("results")).hasSize(2);
    assertThat(rest.has("before")).isFalse();
    assertThat(clinic.send("GET", MESSAGES + "?before=x", "").statusCode()).isEqualTo(400);
  }
}
