package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A node as parent: what a child of Sync 2.0 sends to it. */
@Timeout(300)
class ParentTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String WRAPPERS = "/ws/rest/sync2";
  private static final String PATIENT =
      "{\"resourceType\":\"Patient\",\"id\":\"1\",\"name\":[{\"family\":\"Okafor\"}]}";

  private final Site parent = new Site();

  @AfterEach
  void close() {
    parent.close();
  }

  private static ObjectNode wrapper(String method, String url) {
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("instanceId", "child-1")
            .put("clientName", "fhir")
            .put("className", "org.hl7.fhir.dstu3.model.Patient");
    json.putObject("request").put("method", method).put("url", url);
    return json;
  }

  private ObjectNode put() {
    ObjectNode json = wrapper("PUT", parent.url() + "/fhir/clinic/Patient/1");
    ((ObjectNode) json.path("request")).put("body", PATIENT);
    return json;
  }

  private HttpResponse<String> send(ObjectNode wrapper) {
    return parent.send("POST", WRAPPERS, wrapper.toString());
  }

  @Test
  void aWrappedRequestIsMadeHereAndAnswered() {
    HttpResponse<String> created = send(put());
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(created.headers().firstValue("ETag").orElse("")).startsWith("W/\"1-");
    HttpResponse<String> read = send(wrapper("GET", parent.url() + "/fhir/clinic/Patient/1"));
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.body()).contains("Okafor");
    assertThat(read.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/fhir+json");
    assertThat(send(wrapper("DELETE", "/fhir/clinic/Patient/1")).statusCode()).isEqualTo(200);
    assertThat(send(wrapper("GET", "/fhir/clinic/Patient/1")).statusCode()).isEqualTo(410);
  }

  @Test
  void aBodyMayBeAnObjectWhoseDigitsStay() {
    String wrapped =
        "{\"instanceId\":\"c\",\"clientName\":\"fhir\",\"request\":{\"method\":\"PUT\",\"url\":"
            + "\"/fhir/clinic/Observation/1\",\"body\":{\"resourceType\":\"Observation\","
            + "\"id\":\"1\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"valueQuantity\":"
            + "{\"value\":1.50}}}}";
    assertThat(parent.send("POST", WRAPPERS, wrapped).statusCode()).isEqualTo(201);
    assertThat(parent.send("GET", "/fhir/clinic/Observation/1", "").body()).contains("1.50");
  }

  @Test
  void versionsAreHeeded() {
    send(put());
    ObjectNode stale = put();
    ((ObjectNode) stale.path("request")).putObject("headers").put("if-match", "W/\"1-abc\"");
    assertThat(send(stale).statusCode()).isEqualTo(412);
  }

  @Test
  void aProblemIsToldAsItsPathTellsIt() {
    HttpResponse<String> missing = send(wrapper("GET", "/fhir/clinic/Patient/none"));
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("OperationOutcome");
    HttpResponse<String> nowhere = send(wrapper("GET", "/ws/rest/v1/patient/x"));
    assertThat(nowhere.statusCode()).isEqualTo(404);
    assertThat(nowhere.body()).contains("\"error\":\"not_found\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/fhir/clinic/Patient/1",
        "http://somewhere.example/fhir/clinic/Patient/1",
        "/_users/_all_docs",
        "/clinic/Patient%2F1",
        "/fhir",
        "/ws/atomfeed/patient/recent",
        "/ws/rest/sync2",
        "//ws//rest//sync2/",
        "/ws/rest/../../_users/_all_docs/x/..",
        "/%5Fusers/x/y",
        "file:///etc/passwd"
      })
  void nothingElseIsReached(String url) {
    int status = send(wrapper("POST", url)).statusCode();
    assertThat(status).isIn(403, 404, 405);
    assertThat(send(wrapper("GET", url)).statusCode()).isIn(403, 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "[]",
        "{}",
        "{\"request\":7}",
        "{\"clientName\":\"ftp\",\"request\":{\"method\":\"GET\",\"url\":\"/fhir/clinic\"}}",
        "{\"clientName\":\"fhir\",\"request\":{\"method\":\"HEAD\",\"url\":\"/fhir/clinic\"}}",
        "{\"clientName\":\"fhir\",\"request\":{\"method\":\"GET\",\"url\":\":// x\"}}",
        "{\"clientName\":\"fhir\",\"request\":{\"method\":\"GET\"}}",
        "{\"clientName\":\"fhir\",\"request\":{\"method\":\"PUT\",\"url\":\"/fhir/clinic\","
            + "\"body\":7}}"
      })
  void whatIsNoWrapperIsRefused(String json) {
    assertThat(parent.send("POST", WRAPPERS, json).statusCode()).isEqualTo(400);
  }

  @Test
  void aWhitelistKeepsOthersOut() {
    parent.expect("PUT", "/_exchange", "");
    assertThat(parent.send("PUT", "/_exchange/whitelist", "{\"enabled\":7}").statusCode())
        .isEqualTo(403);
    parent.expect(
        "PUT", "/_exchange/whitelist", "{\"enabled\":true,\"instanceIds\":[\"child-2\"]}");
    HttpResponse<String> refused = send(put());
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("child-1");
    ObjectNode known = put().put("instanceId", "child-2");
    assertThat(send(known).statusCode()).isEqualTo(201);
  }
}
