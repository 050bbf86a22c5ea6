package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.fhir.BundleTest.bundle;
import static org.skerry.fhir.BundleTest.documents;
import static org.skerry.fhir.BundleTest.entry;
import static org.skerry.fhir.BundleTest.post;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.fhir.FhirNode.Reply;
import tools.jackson.databind.JsonNode;

/** Bundles that could mean several things, or nothing: of none of them a part is written. */
@Timeout(300)
class OddBundleTest {
  private final FhirNode node = new FhirNode();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aFullUrlMeansOneResource() {
    String patient = "{\"resourceType\":\"Patient\"%s}";
    String version = ",\"meta\":{\"versionId\":\"%s\"}";
    String observation =
        "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"urn:uuid:1\"}}";
    for (String second : List.of("", version.formatted("2"))) {
      Reply twice =
          node.post(
              "",
              bundle(
                  "transaction",
                  post("urn:uuid:1", "", patient.formatted(version.formatted("1"))),
                  post("urn:uuid:1", "", patient.formatted(second)),
                  post("urn:uuid:2", "", observation)));
      assertThat(twice.status()).isEqualTo(400);
      assertThat(twice.diagnostics())
          .contains("Bundle.entry[1] has the fullUrl urn:uuid:1, as Bundle.entry[0] has");
      assertThat(documents(node)).isZero();
    }
    // One that was there means the same in both.
    String there = ",\"ifNoneExist\":\"identifier=urn:s|there\"";
    String known =
        patient.formatted(",\"identifier\":[{\"system\":\"urn:s\",\"value\":\"there\"}]");
    node.post("/Patient", known);
    Reply same =
        node.post(
            "",
            bundle(
                "transaction",
                post("urn:uuid:1", there, known),
                post("urn:uuid:1", there, known),
                post("urn:uuid:2", "", observation)));
    assertThat(same.status()).as(same.text()).isEqualTo(200);
    assertThat(documents(node)).isEqualTo(2);
  }

  /** As if they came one after another: the second finds what the first created. */
  @Test
  void creationsOnOneConditionCreateOneResource() {
    String condition = ",\"ifNoneExist\":\"%s\"";
    String patient =
        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:s\",\"value\":\"1\"}]}";
    String observation =
        "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"urn:uuid:%s\"}}";
    Reply once =
        node.post(
            "",
            bundle(
                "transaction",
                post("urn:uuid:1", condition.formatted("identifier=urn:s|1&active:not=x"), patient),
                post("urn:uuid:2", condition.formatted("active:not=x&identifier=urn:s|1"), patient),
                post("urn:uuid:3", "", observation.formatted("1")),
                post("urn:uuid:4", "", observation.formatted("2"))));
    assertThat(once.status()).as(once.text()).isEqualTo(200);
    assertThat(documents(node)).isEqualTo(3);
    JsonNode entries = once.json().path("entry");
    assertThat(entries.path(0).path("response").path("status").asString()).startsWith("201");
    assertThat(entries.path(1).path("response").path("status").asString()).startsWith("200");
    String location = entries.path(0).path("response").path("location").asString();
    assertThat(entries.path(1).path("response").path("location").asString()).isEqualTo(location);
  }

  @Test
  void ofTwoWritesOnOneConditionThatNothingMeetsNoneIsDone() {
    String patient = "{\"resourceType\":\"Patient\",\"active\":true}";
    String create = post("urn:uuid:1", ",\"ifNoneExist\":\"identifier=urn:s|1\"", patient);
    String update = entry("PUT", "Patient?identifier=urn:s|1", patient);
    for (String[] two : new String[][] {{update, update}, {create, update}, {update, create}}) {
      Reply reply = node.post("", bundle("transaction", two));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.diagnostics())
          .contains("Bundle.entry[1] has the condition of Bundle.entry[0]: write it once");
      assertThat(documents(node)).isZero();
    }
  }

  @Test
  void ofTwoServersResourcesOfOneIdEachIsReferredToByItsOwn() {
    String patient = "{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"%s\"}]}";
    String observation =
        "{\"resourceType\":\"Observation\",\"code\":{\"text\":\"%s\"},"
            + "\"subject\":{\"reference\":\"Patient/1\"}}";
    List<String> entries =
        List.of(
            post("http://a.example/fhir/Patient/1", "", patient.formatted("of a")),
            post("http://b.example/fhir/Patient/1", "", patient.formatted("of b")),
            post("http://a.example/fhir/Observation/1", "", observation.formatted("of a")),
            post("http://b.example/fhir/Observation/1", "", observation.formatted("of b")));
    Reply taken = node.post("", bundle("transaction", entries.toArray(String[]::new)));
    assertThat(taken.status()).as(taken.text()).isEqualTo(200);
    List<String> ids =
        taken
            .json()
            .path("entry")
            .valueStream()
            .map(one -> one.path("response").path("location").asString().split("/_")[0])
            .toList();
    for (int i = 2; i < 4; i++) {
      assertThat(node.get("/" + ids.get(i)).json().at("/subject/reference").asString())
          .isEqualTo(ids.get(i - 2));
    }
    Reply either =
        node.post(
            "",
            bundle(
                "transaction",
                entries.get(0),
                entries.get(1),
                post("urn:uuid:1", "", observation.formatted("of whom"))));
    assertThat(either.status()).isEqualTo(400);
    assertThat(either.diagnostics()).contains("Patient/1", "http://a.example/fhir/Patient/1");
  }

  @Test
  void whatHasAnotherShapeIsRefused() {
    String bundle = "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":%s}";
    String request = "{\"method\":\"POST\",\"url\":\"Patient\"%s}";
    String put = "{\"method\":\"PUT\",\"url\":\"Patient/1\"%s}";
    String resource = ",\"resource\":{\"resourceType\":\"Patient\"}";
    String own = ",\"resource\":{\"resourceType\":\"Patient\",\"id\":\"1\"}";
    for (String type : List.of("batch", "transaction")) {
      for (String[] one :
          new String[][] {
            {"\"x\"", "Bundle.entry"},
            {"{}", "Bundle.entry"},
            {"null", "Bundle.entry"},
            {"7", "Bundle.entry"},
            {"[1]", "Bundle.entry[0] is no object"},
            {
              "[{\"request\":" + request.formatted("") + resource + "},[]]", "Bundle.entry[1] is no"
            },
            {"[null]", "Bundle.entry[0] is no object"},
            {"[{\"request\":\"x\"}]", "Bundle.entry[0].request is no object"},
            {"[{\"request\":[]}]", "Bundle.entry[0].request is no object"},
            {"[{\"request\":{\"method\":1,\"url\":\"Patient\"}}]", "request.method is no text"},
            {"[{\"request\":{\"method\":\"GET\",\"url\":[]}}]", "request.url is no text"},
            {
              "[{\"fullUrl\":5,\"request\":" + request.formatted("") + resource + "}]",
              "Bundle.entry[0].fullUrl is no text"
            },
            {
              "[{\"request\":" + request.formatted(",\"ifNoneExist\":{}") + resource + "}]",
              "Bundle.entry[0].request.ifNoneExist is no text"
            },
            {
              "[{\"request\":" + put.formatted(",\"ifMatch\":5") + own + "}]",
              "Bundle.entry[0].request.ifMatch is no text"
            },
            {
              "[{\"request\":" + put.formatted(",\"ifNoneMatch\":[\"*\"]") + own + "}]",
              "Bundle.entry[0].request.ifNoneMatch is no text"
            },
            {
              "[{\"request\":" + request.formatted("") + ",\"resource\":[]}]",
              "Bundle.entry[0].resource is no object"
            },
            {
              "[{\"request\":" + request.formatted("") + ",\"resource\":\"x\"}]",
              "Bundle.entry[0].resource is no object"
            }
          }) {
        Reply reply = node.post("", bundle.formatted(type, one[0]));
        assertThat(reply.status()).as(one[0]).isEqualTo(400);
        assertThat(reply.diagnostics()).contains(one[1]);
      }
      assertThat(node.post("", "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\"}").status())
          .isEqualTo(200);
    }
    assertThat(
            node.post("", bundle.formatted("transaction", "[]").replace("\"transaction\"", "[]"))
                .diagnostics())
        .contains("Bundle.type is no text");
    assertThat(documents(node)).isZero();
  }

  @Test
  void whoTakesNoAnswerIsToldBeforeAnythingIsWritten() {
    String patient = "{\"resourceType\":\"Patient\"}";
    for (String type : List.of("batch", "transaction")) {
      Reply refused =
          node.post(
              "", bundle(type, entry("POST", "Patient", patient)), "Accept", "application/pdf");
      assertThat(refused.status()).isEqualTo(406);
    }
    assertThat(documents(node)).isZero();
  }
}
