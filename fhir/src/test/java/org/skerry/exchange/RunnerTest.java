package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.store.Seq;

/** Partners as the node runs them, by their documents and through HTTP. */
@Timeout(300)
class RunnerTest {
  private final Site centre = new Site();
  private final Site clinic = new Site();

  @AfterEach
  void close() {
    clinic.close();
    centre.close();
  }

  private String description(String more) {
    return "{\"database\":\"clinic\",\"base\":\""
        + centre.url()
        + "/fhir/clinic\",\"feeds\":\""
        + centre.url()
        + "/ws/atomfeed\",\"pull\":{\"categories\":[{\"type\":\"Patient\"}]}"
        + more
        + "}";
  }

  /** Waits until the clinic's database says so. */
  private void awaitDocuments(int count) throws InterruptedException {
    awaitDocuments(clinic, count);
  }

  private static void awaitDocuments(Site site, int count) throws InterruptedException {
    Seq since = site.clinic().store().now();
    while (site.contents().size() < count) {
      site.clinic().changes().await(since, Duration.ofSeconds(30));
      since = site.clinic().store().now();
    }
  }

  @Test
  void aDescribedPartnerIsPulledFromAndAgainWhenSomebodyAsks() throws Exception {
    centre.publish("Patient");
    centre.put("Patient/1", "\"name\":[{\"family\":\"Okafor\"}]");
    clinic.exchanges().start();
    clinic.expect("PUT", "/_exchange", "");
    clinic.expect("PUT", "/_exchange/centre", description(""));
    awaitDocuments(1);
    centre.put("Patient/2", "\"name\":[{\"family\":\"Rahman\"}]");
    clinic.expect("POST", "/_exchange/_status/centre/run", "");
    awaitDocuments(2);
    var partner = clinic.expect("GET", "/_exchange/_status", "").path("partners").path(0);
    assertThat(partner.path("partner").asString()).isEqualTo("centre");
  }

  @Test
  void whatChangesHereIsPushedAtOnceWhereItIsWished() throws Exception {
    clinic.exchanges().start();
    clinic.expect("PUT", "/_exchange", "");
    clinic.expect(
        "PUT",
        "/_exchange/centre",
        description(",\"push\":{\"on_change\":true,\"categories\":[{\"type\":\"Patient\"}]}"));
    clinic.put("Patient/1", "\"name\":[{\"family\":\"Okafor\"}]");
    awaitDocuments(centre, 1);
    clinic.put("Patient/2", "\"name\":[{\"family\":\"Rahman\"}]");
    awaitDocuments(centre, 2);
  }

  @Test
  void oneDirectionOrCategoryRunsWhenSomebodyAsksForIt() throws Exception {
    centre.publish("Patient");
    centre.put("Patient/0", "");
    clinic.exchanges().start();
    clinic.expect("PUT", "/_exchange", "");
    clinic.expect("PUT", "/_exchange/centre", description(""));
    String run = "/_exchange/_status/centre/run";
    awaitDocuments(1);
    centre.put("Patient/1", "\"name\":[{\"family\":\"Okafor\"}]");
    assertThat(clinic.send("POST", run + "?direction=push", "").statusCode()).isEqualTo(404);
    assertThat(clinic.send("POST", run + "?category=nothing", "").statusCode()).isEqualTo(404);
    assertThat(clinic.send("POST", run + "?direction=odd", "").statusCode()).isEqualTo(400);
    assertThat(clinic.send("POST", run + "?direction=pull&category=patient", "").statusCode())
        .isEqualTo(202);
    awaitDocuments(2);
  }

  @Test
  void aDescriptionThatIsNoneIsRefusedWithAllThatIsWrong() {
    clinic.expect("PUT", "/_exchange", "");
    var answer = clinic.send("PUT", "/_exchange/centre", description(",\"colour\":1,\"push\":7"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("unknown member `colour`").contains("`push` must be");
  }

  @Test
  void nobodyWritesWhatTheNodeKnows() {
    centre.publish("Patient");
    assertThat(clinic.partner(centre, "pull", "Patient").runOnce().error()).isEmpty();
    for (String database : new String[] {"_exchange_state", "_exchange_messages"}) {
      clinic.send("PUT", "/" + database, "");
      assertThat(clinic.send("PUT", "/" + database + "/x", "{}").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void messagesAreFilteredPagedAndRetried() {
    centre.publish("Patient");
    centre.put("Patient/1", "\"name\":[{\"family\":\"Okafor\"}]");
    centre.expect("PUT", "/clinic/Patient%2F2", "{\"resourceType\":\"Patient\",\"id\":\"x\"}");
    centre.put("Patient/3", "\"name\":[{\"family\":\"Rahman\"}]");
    clinic.partner(centre, "pull", "Patient").runOnce();
    assertThat(clinic.messages("")).hasSize(3);
    assertThat(clinic.messages("?status=success&operation=pull")).hasSize(2);
    assertThat(clinic.messages("?resource=Patient/3")).hasSize(1);
    assertThat(clinic.messages("?resource=patient&origin=skerry&partner=centre")).hasSize(3);
    assertThat(clinic.messages("?origin=nobody")).isEmpty();
    String first = clinic.messages("?limit=1").path(0).path("uuid").asString();
    assertThat(clinic.messages("?before=" + first)).hasSize(2);
    assertThat(clinic.send("GET", "/ws/rest/sync2/messages?status=odd", "").statusCode())
        .isEqualTo(400);
    String failed = clinic.messages("?status=failure").path(0).path("uuid").asString();
    assertThat(
            clinic
                .expect("GET", "/ws/rest/sync2/messages/" + failed, "")
                .path("resource")
                .asString())
        .isEqualTo("Patient/2");
    assertThat(clinic.send("GET", "/ws/rest/sync2/messages/nothing", "").statusCode())
        .isEqualTo(404);
    assertThat(clinic.send("POST", "/ws/rest/sync2/messages/" + failed + "/retry", "").statusCode())
        .as("the partner is not described")
        .isEqualTo(404);
  }
}
