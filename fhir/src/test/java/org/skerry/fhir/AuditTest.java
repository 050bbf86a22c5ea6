package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.changes.Wake;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.database.Security;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.fhir.FhirNode.Reply;
import org.skerry.fhir.audit.AuditLevel;
import org.skerry.store.Seq;
import tools.jackson.databind.JsonNode;

/** AuditEvents over real HTTP. */
@Timeout(300)
class AuditTest {
  private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"1\"}";
  private static final String OBSERVATION =
      "{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\","
          + "\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"Patient/1\"}}";

  private final FhirNode node = new FhirNode();

  @AfterEach
  void stop() {
    node.close();
  }

  private void audit(AuditLevel level) {
    node.with(new FhirSettings(level, "fhir-audit", List.of()));
  }

  /** Waits until there are so many events, which are written behind the answers. */
  private List<JsonNode> events(int count) throws InterruptedException {
    Optional<Database> audit = node.databases().find("fhir-audit");
    long seen = 0;
    while (audit.isEmpty()) {
      node.databases().events().await(seen, Duration.ofMinutes(1));
      seen = node.databases().events().last();
      audit = node.databases().find("fhir-audit");
    }
    while (audit.get().store().totals().documents() < count) {
      Seq now = audit.get().store().now();
      if (audit.get().store().totals().documents() < count) {
        assertThat(audit.get().changes().await(now, Duration.ofMinutes(5)))
            .isEqualTo(Wake.ADVANCED);
      }
    }
    List<JsonNode> found = new ArrayList<>();
    Reply reply = node.send("GET", "/fhir/fhir-audit/AuditEvent?_count=500&_sort=_id", "");
    reply.json().path("entry").forEach(entry -> found.add(entry.path("resource")));
    return found;
  }

  private static List<String> references(JsonNode event) {
    List<String> found = new ArrayList<>();
    for (JsonNode entity : event.path("entity")) {
      if (entity.has("what")) {
        found.add(entity.path("what").path("reference").asString());
      }
    }
    return found;
  }

  @Test
  void aWriteSaysWhoWroteWhichVersionFromWhere() throws Exception {
    audit(AuditLevel.WRITES);
    node.clinic()
        .security(
            Security.parse("{\"members\":{\"names\":[\"ana\"]}}".getBytes(StandardCharsets.UTF_8)));
    Reply written = node.put("/Patient/1", PATIENT, "X-User", "ana");
    assertThat(written.status()).isEqualTo(201);
    assertThat(node.get("/Patient/1", "X-User", "ana").status()).isEqualTo(200);
    JsonNode event = events(1).getFirst();
    assertThat(event.path("action").asString()).isEqualTo("C");
    assertThat(event.path("outcome").asString()).isEqualTo("0");
    assertThat(event.path("subtype").path(0).path("code").asString()).isEqualTo("create");
    assertThat(event.path("agent").path(0).path("altId").asString()).isEqualTo("ana");
    assertThat(event.path("agent").path(0).path("network").path("address").asString())
        .isEqualTo("127.0.0.1");
    assertThat(event.path("source").path("site").asString()).isEqualTo("clinic");
    String version = written.header("ETag").replace("W/", "").replace("\"", "");
    assertThat(references(event)).containsExactly("Patient/1/_history/" + version);
  }

  @Test
  void everyEventIsValidR4ForHapi() throws Exception {
    audit(AuditLevel.ALL);
    node.put("/Patient/1", PATIENT);
    node.put("/Observation/o", OBSERVATION);
    node.get("/Observation?subject=Patient/1");
    node.put("/Patient/1", "{\"resourceType\":\"Patient\",\"id\":\"2\"}");
    for (JsonNode event : events(4)) {
      AuditEvent model =
          (AuditEvent) node.hapi().getFhirContext().newJsonParser().parseResource(event.toString());
      assertThat(model.getType().getCode()).isEqualTo("rest");
      assertThat(model.getRecorded()).isNotNull();
      assertThat(node.post("/AuditEvent/$validate", event.toString()).text())
          .doesNotContain("\"severity\":\"error\"");
    }
  }

  @Test
  void allThatWasDoneWithAPatientsDataIsFoundByThePatient() throws Exception {
    audit(AuditLevel.ALL);
    node.put("/Patient/1", PATIENT);
    node.put("/Observation/o", OBSERVATION);
    node.get("/Observation/o");
    node.get("/Observation/o/_history");
    node.get("/Patient?_id=nobody");
    assertThat(events(5)).hasSize(5);
    var client =
        node.hapi().getFhirContext().newRestfulGenericClient(node.url() + "/fhir/fhir-audit");
    Bundle found =
        client
            .search()
            .byUrl("AuditEvent?patient=Patient/1&site=clinic")
            .returnBundle(Bundle.class)
            .execute();
    assertThat(found.getEntry()).hasSize(4);
  }

  @Test
  void aSearchSaysWhatWasAskedAndWhatWasShown() throws Exception {
    node.put("/Patient/1", PATIENT);
    audit(AuditLevel.ALL);
    node.get("/Patient?_id=1,2");
    List<JsonNode> events = events(1);
    JsonNode event = events.getFirst();
    assertThat(event.path("action").asString()).isEqualTo("E");
    String query = event.path("entity").path(0).path("query").asString();
    assertThat(new String(Base64.getDecoder().decode(query), StandardCharsets.UTF_8))
        .isEqualTo("/fhir/clinic/Patient?_id=1,2");
    assertThat(references(event)).hasSize(1).first().asString().startsWith("Patient/1/_history/1-");
  }

  @Test
  void aTransactionLeavesOneEventForAllThatItCreated() throws Exception {
    audit(AuditLevel.WRITES);
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      entries.append(i == 0 ? "" : ",");
      entries.append("{\"request\":{\"method\":\"PUT\",\"url\":\"Patient/p").append(i);
      entries.append("\"},\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p").append(i);
      entries.append("\"}}");
    }
    Reply loaded =
        node.post(
            "",
            "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + entries + "]}");
    assertThat(loaded.status()).isEqualTo(200);
    List<JsonNode> events = events(2);
    assertThat(events).hasSize(2);
    assertThat(references(events.get(0)).size() + references(events.get(1)).size()).isEqualTo(150);
  }

  @Test
  void refusalsAreEventsToo() throws Exception {
    audit(AuditLevel.WRITES);
    node.put("/Patient/1", PATIENT, "If-Match", "W/\"7-x\"");
    node.delete("/Patient?_id=1&_id=2&nonsense=3");
    List<JsonNode> events = events(2);
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.path("outcome").asString()).isEqualTo("4");
              assertThat(event.path("outcomeDesc").asString()).isNotEmpty();
            });
    assertThat(events.stream().flatMap(event -> references(event).stream()))
        .containsExactly("Patient/1");
  }

  @Test
  void readsLeaveNothingUnlessTheyAreWantedAndNothingIsWantedByNone() throws Exception {
    audit(AuditLevel.NONE);
    node.put("/Patient/1", PATIENT);
    assertThat(node.databases().find("fhir-audit")).isEmpty();
    audit(AuditLevel.WRITES);
    node.get("/Patient/1");
    node.get("/Patient");
    node.delete("/Patient/1");
    List<JsonNode> events = events(1);
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().path("action").asString()).isEqualTo("D");
  }

  @Test
  void nobodyChangesAnEventAndStrangersDoNotReadThem() throws Exception {
    audit(AuditLevel.WRITES);
    node.put("/Patient/1", PATIENT);
    String id = events(1).getFirst().path("id").asString();
    String path = "/fhir/fhir-audit/AuditEvent/" + id;
    assertThat(node.send("DELETE", path, "").status()).isEqualTo(403);
    assertThat(node.send("GET", path, "", "X-User", "ana").status()).isEqualTo(403);
    assertThat(node.send("GET", path, "").status()).isEqualTo(200);
  }

  @Test
  void whatIsExchangedLeavesOneEventForEachMessage() throws Exception {
    audit(AuditLevel.WRITES);
    Database messages = node.databases().create("_exchange_messages").orElseThrow();
    message(
        messages,
        "m1",
        "{\"success\":true,\"timestamp\":\"2026-01-02T03:04:05Z\","
            + "\"partner\":\"district\",\"resource\":\"Patient/1\",\"parentUrl\":\"http://d/fhir\","
            + "\"localUrl\":\"clinic/Patient/1\",\"action\":\"CREATED\",\"operation\":\"PULL\"}");
    message(
        messages,
        "m2",
        "{\"success\":false,\"timestamp\":\"2026-01-02T03:04:06Z\","
            + "\"partner\":\"district\",\"resource\":\"Patient/1\",\"parentUrl\":\"http://d/fhir\","
            + "\"localUrl\":\"clinic/Patient/1\",\"action\":\"UPDATED\",\"operation\":\"PUSH\","
            + "\"details\":\"422 no\"}");
    message(messages, "m3", "{\"note\":\"none of ours\"}");
    List<JsonNode> events = events(2);
    assertThat(events).extracting(event -> event.path("id").asString()).containsExactly("m1", "m2");
    assertThat(events.get(0).path("type").path("code").asString()).isEqualTo("110107");
    assertThat(events.get(1).path("outcomeDesc").asString()).isEqualTo("422 no");
    assertThat(events.get(1).path("agent").path(1).path("name").asString()).isEqualTo("district");
    for (JsonNode event : events) {
      assertThat(node.post("/AuditEvent/$validate", event.toString()).text())
          .doesNotContain("\"severity\":\"error\"");
    }
  }

  @Test
  void aRecordThatIsNoResourceLeavesAnEventToo() throws Exception {
    audit(AuditLevel.WRITES);
    Database messages = node.databases().create("_exchange_messages").orElseThrow();
    message(
        messages,
        "r1",
        "{\"success\":true,\"timestamp\":\"2026-01-02T03:04:05Z\",\"partner\":\"openmrs\","
            + "\"resource\":\"patient/8d1e\",\"parentUrl\":\"http://o/ws/rest/v1\","
            + "\"usedResourceUrl\":\"http://o/ws/rest/v1/patient/8d1e\","
            + "\"localUrl\":\"clinic/patient/8d1e\",\"action\":\"VOIDED\",\"operation\":\"PULL\"}");
    JsonNode event = events(1).getFirst();
    assertThat(event.path("id").asString()).isEqualTo("r1");
    assertThat(event.path("action").asString()).isEqualTo("D");
    assertThat(event.at("/entity/0/name").asString()).isEqualTo("patient/8d1e");
    assertThat(event.at("/entity/0/what/identifier/value").asString())
        .isEqualTo("http://o/ws/rest/v1/patient/8d1e");
    assertThat(node.post("/AuditEvent/$validate", event.toString()).text())
        .doesNotContain("\"severity\":\"error\"");
  }

  private static void message(Database messages, String id, String json) {
    WriteResult result =
        messages.update(
            new NewRevision(DocId.of(id), Optional.empty(), false, Body.parse(json), List.of()));
    assertThat(result).isInstanceOf(WriteResult.Written.class);
  }
}
