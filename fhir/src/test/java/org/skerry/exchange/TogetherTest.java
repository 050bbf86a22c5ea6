package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Records that go, and come, in batches where the partner takes them. */
@Timeout(300)
class TogetherTest extends ExchangeCase {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private static void fill(Site site, int count) {
    for (int i = 0; i < count; i++) {
      site.put("Patient/" + i, family("F" + i));
    }
  }

  private void listen() {
    centre.hears(
        exchange -> {
          asked.add(exchange.method() + " " + exchange.rawPath());
          return false;
        },
        400);
  }

  private long heard(String request) {
    return asked.stream().filter(one -> one.equals(request)).count();
  }

  @Test
  void aFeedsRecordsAreFetchedInBatches() {
    centre.publish(100, Set.of("Patient"));
    fill(centre, 60);
    Runner runner = clinic.partner(centre, "pull", "Patient");
    listen();
    assertRuns(runner);
    assertThat(clinic.contents()).isEqualTo(centre.contents()).hasSize(60);
    assertThat(asked).filteredOn(one -> one.startsWith("GET /fhir")).isEmpty();
    assertThat(heard("POST /fhir/clinic")).isEqualTo(2);
  }

  @Test
  void whatIsGoneAndWhatWasNeverThereIsToldInABatch() {
    centre.publish(100, Set.of("Patient"));
    fill(centre, 4);
    Runner runner = clinic.partner(centre, "pull", "Patient");
    assertRuns(runner);
    centre.delete("Patient/1");
    centre.put("Patient/2", family("Okafor"));
    listen();
    assertRuns(runner);
    assertThat(clinic.contents()).containsOnlyKeys("Patient/0", "Patient/2", "Patient/3");
    assertThat(clinic.get("Patient/2").at("/name/0/family").asString()).isEqualTo("Okafor");
    assertThat(heard("POST /fhir/clinic")).isEqualTo(1);
    assertThat(runner.letters()).isEmpty();
  }

  @Test
  void changesAreSentInBatchesAndDoNotComeBack() {
    fill(clinic, 30);
    Runner runner = clinic.partner(centre, "push", "Patient");
    listen();
    assertRuns(runner);
    assertThat(centre.contents()).isEqualTo(clinic.contents()).hasSize(30);
    assertThat(heard("POST /fhir/clinic")).as("a look, and the records").isEqualTo(2);
    fill(clinic, 30);
    clinic.put("Patient/7", family("Okafor"));
    clinic.put("Patient/8", family("Rahman"));
    asked.clear();
    assertRuns(runner);
    assertThat(asked).containsExactly("POST /fhir/clinic");
    assertThat(centre.contents()).isEqualTo(clinic.contents());
    asked.clear();
    assertRuns(runner);
    assertThat(asked).isEmpty();
  }

  @Test
  void anAnswerThatIsLostIsFoundOutAboutAndNothingIsSentTwice() {
    fill(clinic, 20);
    fill(centre, 20);
    long before = centre.clinic().store().now().number();
    Runner runner = clinic.partner(centre, "push", "Patient");
    assertRuns(runner);
    assertThat(runner.letters()).isEmpty();
    assertThat(centre.clinic().store().now().number()).isEqualTo(before);
    assertThat(clinic.expect("GET", "/clinic", "").path("conflict_count").asInt()).isZero();
    clinic.put("Patient/3", family("Okafor"));
    assertRuns(runner);
    assertThat(centre.get("Patient/3").at("/name/0/family").asString()).isEqualTo("Okafor");
  }

  @Test
  void whatChangedThereMeanwhileIsAConflictOfItsOwn() {
    fill(clinic, 10);
    Runner runner = clinic.partner(centre, "push", "Patient");
    assertRuns(runner);
    centre.put("Patient/4", family("centre"));
    clinic.put("Patient/4", family("clinic"));
    clinic.put("Patient/5", family("clinic"));
    assertRuns(runner);
    assertThat(clinic.versions("Patient/4")).isEqualTo(2);
    assertThat(centre.get("Patient/4").at("/name/0/family").asString()).isEqualTo("centre");
    assertThat(centre.get("Patient/5").at("/name/0/family").asString()).isEqualTo("clinic");
  }

  @Test
  void aPartnerThatTakesNoBatchesIsAskedForEach() {
    for (int refusal : List.of(400, 403, 404, 405, 408, 429, 501, 502, 504)) {
      centre.hears(
          exchange -> {
            asked.add(exchange.method() + " " + exchange.rawPath());
            return exchange.rawPath().equals("/fhir/clinic");
          },
          refusal);
      asked.clear();
      clinic.put("Patient/" + refusal, family("a"));
      clinic.put("Patient/" + refusal + "b", family("b"));
      Runner runner = clinic.partner(centre, "push", "Patient");
      assertRuns(runner);
      assertThat(runner.letters()).as(String.valueOf(refusal)).isEmpty();
      assertThat(heard("POST /fhir/clinic")).as("asked once").isEqualTo(1);
      assertThat(heard("PUT /fhir/clinic/Patient/" + refusal)).isEqualTo(1);
    }
    assertThat(centre.contents()).isEqualTo(clinic.contents()).hasSize(18);
  }

  @Test
  void whatABatchRefusesIsSentAlone() {
    fill(clinic, 3);
    clinic.expect("PUT", "/clinic/Patient%2F9", "{\"resourceType\":\"Patient\",\"name\":\"none\"}");
    Runner runner = clinic.partner(centre, "push", "Patient");
    listen();
    assertRuns(runner);
    assertThat(centre.contents()).hasSize(3);
    assertThat(heard("PUT /fhir/clinic/Patient/9")).isEqualTo(1);
    assertThat(runner.letters()).hasSize(1);
    assertThat(runner.letters().getFirst().problem()).startsWith("400");
  }

  @Test
  void theAuditShowsWhatWasAskedForEachRecord() {
    fill(clinic, 3);
    assertRuns(clinic.partner(centre, "push", "Patient"));
    JsonNode messages = clinic.messages("?limit=100");
    assertThat(messages).hasSize(3);
    for (JsonNode message : messages) {
      String uuid = message.path("uuid").asString();
      JsonNode whole = clinic.expect("GET", "/ws/rest/sync2/messages/" + uuid, "");
      String record = message.path("resource").asString();
      assertThat(whole.path("requests")).hasSize(2);
      assertThat(whole.at("/requests/0/method").asString()).isEqualTo("GET");
      assertThat(whole.at("/requests/0/status").asInt()).isEqualTo(404);
      assertThat(whole.at("/requests/1/method").asString()).isEqualTo("PUT");
      assertThat(whole.at("/requests/1/url").asString()).endsWith("/fhir/clinic/" + record);
      assertThat(MAPPER.readTree(whole.at("/requests/1/request").asString()).path("id"))
          .isEqualTo(MAPPER.readTree('"' + record.substring(8) + '"'));
    }
  }
}
