package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.fhir.FhirNode.Reply;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import tools.jackson.databind.JsonNode;

/** Batches, transactions and what happens on a condition, over real HTTP. */
@Timeout(300)
class BundleTest {
  private final FhirNode node = new FhirNode();

  @AfterEach
  void stop() {
    node.close();
  }

  static String bundle(String type, String... entries) {
    return "{\"resourceType\":\"Bundle\",\"type\":\""
        + type
        + "\",\"entry\":["
        + String.join(",", entries)
        + "]}";
  }

  static String post(String fullUrl, String more, String resource) {
    String type = resource.replaceAll(".*?\"resourceType\":\"(\\w+)\".*", "$1");
    return "{\"fullUrl\":\""
        + fullUrl
        + "\",\"request\":{\"method\":\"POST\",\"url\":\""
        + type
        + "\""
        + more
        + "},\"resource\":"
        + resource
        + "}";
  }

  static String entry(String method, String url, String resource) {
    return "{\"request\":{\"method\":\""
        + method
        + "\",\"url\":\""
        + url
        + "\"}"
        + (resource.isEmpty() ? "" : ",\"resource\":" + resource)
        + "}";
  }

  private long documents() {
    return documents(node);
  }

  static long documents(FhirNode node) {
    long[] count = {0};
    node.clinic()
        .store()
        .scan(
            DocRange.ALL,
            Fields.LEAVES,
            document -> {
              count[0] += document.deleted() ? 0 : 1;
              return true;
            });
    return count[0];
  }

  @Test
  void aTransactionOfHapisClientLinksItsEntries() {
    IGenericClient client = node.hapi();
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    Patient patient = new Patient();
    patient.addName().setFamily("Linked");
    bundle
        .addEntry()
        .setFullUrl("urn:uuid:11111111-1111-4111-8111-111111111111")
        .setResource(patient)
        .getRequest()
        .setMethod(HTTPVerb.POST)
        .setUrl("Patient");
    Observation observation = new Observation();
    observation.setStatus(Observation.ObservationStatus.FINAL).getCode().setText("weight");
    observation.getSubject().setReference("urn:uuid:11111111-1111-4111-8111-111111111111");
    bundle
        .addEntry()
        .setResource(observation)
        .getRequest()
        .setMethod(HTTPVerb.POST)
        .setUrl("Observation");
    Bundle answer = client.transaction().withBundle(bundle).execute();
    assertThat(answer.getType()).isEqualTo(BundleType.TRANSACTIONRESPONSE);
    String patientId = answer.getEntry().get(0).getResponse().getLocation().split("/")[1];
    String observationId = answer.getEntry().get(1).getResponse().getLocation().split("/")[1];
    assertThat(answer.getEntry().get(0).getResponse().getStatus()).startsWith("201");
    Observation read = client.read().resource(Observation.class).withId(observationId).execute();
    assertThat(read.getSubject().getReference()).isEqualTo("Patient/" + patientId);
  }

  @Test
  void theRecordsOfAPersonAreLoadedAsTheyAre() {
    for (String name : List.of("00", "01", "13")) {
      Reply loaded = node.post("", Synthea.bundle(name));
      assertThat(loaded.status())
          .as(() -> loaded.text().substring(0, Math.min(2000, loaded.text().length())))
          .isEqualTo(200);
      for (JsonNode one : loaded.json().path("entry")) {
        assertThat(one.path("response").path("status").asString()).startsWith("201");
      }
    }
    assertThat(documents()).isEqualTo(419 + 418 + 684);
    // Every reference names something that is here.
    List<String> dangling = new ArrayList<>();
    node.clinic()
        .store()
        .scan(
            DocRange.ALL,
            Fields.WINNER,
            document -> {
              String json = document.revisions().getFirst().body().toString();
              if (json.contains("\"reference\":\"urn:") || json.contains("?identifier=")) {
                dangling.add(document.id().text());
              }
              return true;
            });
    assertThat(dangling).isEmpty();
    // Loading the hospitals again creates nothing.
    Reply again = node.post("", Synthea.bundle("00"));
    assertThat(again.json().path("entry").path(0).path("response").path("status").asString())
        .startsWith("200");
    assertThat(documents()).isEqualTo(419 + 418 + 684);
  }

  @Test
  void nothingIsWrittenWhenOneEntryFails() {
    node.put("/Patient/a", "{\"resourceType\":\"Patient\",\"id\":\"a\"}");
    String good = post("urn:uuid:1", "", "{\"resourceType\":\"Patient\"}");
    Reply wrong =
        node.post(
            "",
            bundle(
                "transaction",
                good,
                post("urn:uuid:2", "", "{\"resourceType\":\"Patient\",\"nmae\":1}")));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.diagnostics())
        .contains("Bundle.entry[1].resource.nmae Patient has no element");
    Reply stale =
        node.post(
            "",
            bundle(
                "transaction",
                good,
                "{\"request\":{\"method\":\"PUT\",\"url\":\"Patient/a\",\"ifMatch\":\"W/\\\"9-0\\\"\"},"
                    + "\"resource\":{\"resourceType\":\"Patient\",\"id\":\"a\",\"active\":true}}"));
    assertThat(stale.status()).isEqualTo(412);
    Reply dangling =
        node.post(
            "",
            bundle(
                "transaction",
                good,
                post(
                    "urn:uuid:3",
                    "",
                    "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"urn:uuid:9\"}}")));
    assertThat(dangling.status()).isEqualTo(400);
    Reply unfound =
        node.post(
            "",
            bundle(
                "transaction",
                good,
                post(
                    "urn:uuid:3",
                    "",
                    "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient?identifier=x|y\"}}")));
    assertThat(unfound.status()).isEqualTo(412);
    Reply twice =
        node.post(
            "",
            bundle(
                "transaction",
                entry("DELETE", "Patient/a", ""),
                entry("PUT", "Patient/a", "{\"resourceType\":\"Patient\",\"id\":\"a\"}")));
    assertThat(twice.status()).isEqualTo(400);
    assertThat(twice.diagnostics()).contains("Bundle.entry[1] is about Patient/a");
    assertThat(documents()).isEqualTo(1);
  }

  @Test
  void aGuardThatRefusesOneRefusesAll() {
    node.send(
        "PUT",
        "/clinic/_design/rule",
        "{\"validate_doc_update\":\"function(d){if(d.gender==='unknown')throw({forbidden:'no'})}\"}");
    Reply refused =
        node.post(
            "",
            bundle(
                "transaction",
                post("urn:uuid:1", "", "{\"resourceType\":\"Patient\"}"),
                post("urn:uuid:2", "", "{\"resourceType\":\"Patient\",\"gender\":\"unknown\"}")));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.diagnostics()).contains("Bundle.entry[1] no");
    assertThat(documents()).isEqualTo(1);
  }

  @Test
  void aTransactionReadsWhatItWrote() {
    node.put("/Patient/gone", "{\"resourceType\":\"Patient\",\"id\":\"gone\"}");
    Reply answer =
        node.post(
            "",
            bundle(
                "transaction",
                entry("GET", "Patient/new", ""),
                entry("PUT", "Patient/new", "{\"resourceType\":\"Patient\",\"id\":\"new\"}"),
                entry("DELETE", "Patient/gone", ""),
                entry("DELETE", "Patient/never", "")));
    assertThat(answer.status()).isEqualTo(200);
    JsonNode entries = answer.json().path("entry");
    assertThat(entries.path(0).path("resource").path("id").asString()).isEqualTo("new");
    assertThat(entries.path(1).path("response").path("status").asString()).startsWith("201");
    assertThat(entries.path(1).path("response").path("lastModified").asString()).endsWith("Z");
    assertThat(entries.path(2).path("response").path("status").asString()).startsWith("204");
    assertThat(entries.path(3).path("response").path("status").asString()).startsWith("204");
    assertThat(node.get("/Patient/gone").status()).isEqualTo(410);
    Reply back =
        node.post(
            "",
            bundle(
                "transaction",
                entry("PUT", "Patient/gone", "{\"resourceType\":\"Patient\",\"id\":\"gone\"}")));
    assertThat(back.json().path("entry").path(0).path("response").path("status").asString())
        .startsWith("201");
    assertThat(node.get("/Patient/gone").json().path("meta").path("versionId").asString())
        .startsWith("3-");
  }

  @Test
  void anEntryOfABatchFailsByItself() {
    Reply answer =
        node.post(
            "",
            bundle(
                "batch",
                entry("PUT", "Patient/b", "{\"resourceType\":\"Patient\",\"id\":\"b\"}"),
                entry("GET", "Patient/none", ""),
                entry("GET", "Nope/none", ""),
                entry("GET", "a/b/c/d/e", ""),
                entry("POST", "Patient", "{\"resourceType\":\"Patient\",\"x\":1}"),
                entry("GET", "Patient/b", "")));
    JsonNode entries = answer.json().path("entry");
    List<String> statuses = new ArrayList<>();
    entries.forEach(
        one -> statuses.add(one.path("response").path("status").asString().substring(0, 3)));
    assertThat(statuses).containsExactly("201", "404", "404", "404", "400", "200");
    assertThat(entries.path(1).path("response").path("outcome").path("resourceType").asString())
        .isEqualTo("OperationOutcome");
    assertThat(entries.path(5).path("resource").path("id").asString()).isEqualTo("b");
    String written = entries.path(0).path("response").path("lastModified").asString();
    String now = entries.path(5).path("resource").path("meta").path("lastUpdated").asString();
    assertThat(now).startsWith(written.substring(0, written.length() - 1));
    String xml =
        node.post(
                "",
                bundle("batch", entry("GET", "x/y/z/u/v", "")),
                "Accept",
                "application/fhir+xml")
            .text();
    assertThat(xml).contains("<OperationOutcome");
  }

  @Test
  void anEntryAsksThisServerAlone() {
    String other = "http://other.example/fhir/Patient/1";
    Reply answer =
        node.post(
            "",
            bundle(
                "batch",
                entry("GET", other, ""),
                entry("GET", "Patient/%zz", ""),
                entry("GET", node.base() + "/Patient/1", ""),
                entry("GET", node.base() + "?_type=Patient&_count=1", ""),
                entry("GET", "Patient?url=http://other.example/x", "")));
    JsonNode entries = answer.json().path("entry");
    assertThat(entries.valueStream().map(one -> one.path("response").path("status").asString()))
        .extracting(status -> status.substring(0, 3))
        .containsExactly("400", "400", "404", "200", "200");
    assertThat(entries.path(0).path("response").path("outcome").toString())
        .contains("Bundle.entry[0] asks " + other + ", which is of another server");
    assertThat(node.post("", bundle("transaction", entry("DELETE", other, ""))).status())
        .isEqualTo(400);
  }

  @Test
  void whatIsNoBatchOrTransactionIsRefused() {
    assertThat(node.post("", bundle("collection")).status()).isEqualTo(400);
    assertThat(node.post("", "{\"resourceType\":\"Patient\"}").status()).isEqualTo(400);
    assertThat(node.post("", "{").status()).isEqualTo(400);
    assertThat(node.post("", bundle("transaction", "{}")).diagnostics()).contains("has no request");
    assertThat(node.post("", bundle("transaction", "1")).status()).isEqualTo(400);
    assertThat(node.post("", bundle("transaction", entry("BREW", "Patient", ""))).status())
        .isEqualTo(400);
    assertThat(
            node.post(
                    "",
                    bundle(
                        "transaction",
                        entry("PUT", "Patient/a/b", "{\"resourceType\":\"Patient\"}")))
                .status())
        .isEqualTo(400);
    assertThat(node.post("", bundle("transaction")).status()).isEqualTo(200);
  }

  @Test
  void conditionsFindOneOrNone() {
    String patient =
        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:s\",\"value\":\"7\"}]}";
    Reply created = node.post("/Patient", patient, "If-None-Exist", "identifier=urn:s|7");
    assertThat(created.status()).isEqualTo(201);
    Reply again = node.post("/Patient", patient, "If-None-Exist", "Patient?identifier=urn:s|7");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("Location")).isEqualTo(created.header("Location"));
    Reply updated =
        node.put("/Patient?identifier=urn:s%7C7", patient.replace("}]}", "}],\"active\":true}"));
    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.header("ETag")).startsWith("W/\"2-");
    node.post("/Patient", patient);
    assertThat(node.put("/Patient?identifier=urn:s%7C7", patient).code())
        .isEqualTo("multiple-matches");
    assertThat(node.delete("/Patient?identifier=urn:s%7C7").status()).isEqualTo(412);
    assertThat(
            node.put("/Patient?identifier=urn:s%7C8", patient.replace("\"7\"", "\"8\"")).status())
        .isEqualTo(201);
    assertThat(node.delete("/Patient?identifier=urn:s%7C8").status()).isEqualTo(200);
    assertThat(node.delete("/Patient?identifier=urn:s%7C8").status()).isEqualTo(200);
    assertThat(node.delete("/Patient").status()).isEqualTo(400);
    assertThat(node.put("/Patient?nope=1", patient).status()).isEqualTo(400);
  }

  @Test
  void ofManyWhoCreateTheSameOnConditionOneDoes() throws Exception {
    String patient =
        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:s\",\"value\":\"race\"}]}";
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        tasks.add(
            () ->
                node.post("/Patient", patient, "If-None-Exist", "identifier=urn:s|race").status());
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> one : threads.invokeAll(tasks)) {
        statuses.add(one.get());
      }
      assertThat(statuses).containsOnlyOnce(201).hasSize(8);
    }
  }
}
