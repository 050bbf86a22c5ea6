package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.fhir.FhirNode.Reply;

/** JSON Patch over real HTTP. */
@Timeout(300)
class PatchTest {
  private static final FhirNode NODE = new FhirNode();

  @AfterAll
  static void stop() {
    NODE.close();
  }

  private static Reply patch(String path, String operations, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = "application/json-patch+json";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return NODE.patch(path, operations, all);
  }

  private static void put(String id) {
    NODE.put(
        "/Patient/" + id,
        "{\"resourceType\":\"Patient\",\"id\":\""
            + id
            + "\",\"name\":[{\"given\":[\"A\",\"B\"]}],"
            + "\"extension\":[{\"url\":\"http://x\",\"valueDecimal\":1.10}]}");
  }

  @Test
  void operationsAreAppliedInTheirOrder() {
    put("a");
    Reply patched =
        patch(
            "/Patient/a",
            """
            [{"op":"test","path":"/name/0/given/0","value":"A"},
             {"op":"replace","path":"/name/0/given/0","value":"Z"},
             {"op":"add","path":"/name/0/given/-","value":"C"},
             {"op":"add","path":"/name/0/given/1","value":"Y"},
             {"op":"remove","path":"/name/0/given/2"},
             {"op":"add","path":"/active","value":true},
             {"op":"copy","from":"/name/0/given/0","path":"/name/0/family"},
             {"op":"move","from":"/name/0/given/0","path":"/name/0/text"},
             {"op":"test","path":"/extension/0/valueDecimal","value":1.1}]\
            """);
    assertThat(patched.status()).as(patched.text()).isEqualTo(200);
    assertThat(patched.text())
        .contains(
            "{\"given\":[\"Y\",\"C\"],\"family\":\"Z\",\"text\":\"Z\"}", "\"valueDecimal\":1.10");
    assertThat(patched.header("ETag")).startsWith("W/\"2-");
  }

  @Test
  void hapisClientPatches() {
    put("client");
    NODE.hapi()
        .patch()
        .withBody("[{\"op\":\"add\",\"path\":\"/active\",\"value\":true}]")
        .withId("Patient/client")
        .execute();
    assertThat(NODE.hapi().read().resource(Patient.class).withId("client").execute().getActive())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "400;{}",
        "400;[{\"op\":\"grow\",\"path\":\"/a\"}]",
        "400;[{\"op\":\"add\",\"value\":1}]",
        "400;[{\"op\":\"add\",\"path\":\"a\",\"value\":1}]",
        "400;[{\"op\":\"add\",\"path\":\"/active\"}]",
        "400;[{\"op\":\"add\",\"path\":\"/nope\",\"value\":1}]",
        "400;[{\"op\":\"replace\",\"path\":\"/id\",\"value\":\"other\"}]",
        "400;[{\"op\":\"replace\",\"path\":\"/resourceType\",\"value\":\"Person\"}]",
        "422;[{\"op\":\"remove\",\"path\":\"/birthDate\"}]",
        "422;[{\"op\":\"remove\",\"path\":\"\"}]",
        "422;[{\"op\":\"add\",\"path\":\"/name/7\",\"value\":{}}]",
        "422;[{\"op\":\"add\",\"path\":\"/name/01\",\"value\":{}}]",
        "422;[{\"op\":\"test\",\"path\":\"/name/0/given/0\",\"value\":\"B\"}]",
        "422;[{\"op\":\"move\",\"from\":\"/name\",\"path\":\"/name/0/x\"}]",
        "422;[{\"op\":\"add\",\"path\":\"/id/x\",\"value\":1}]"
      })
  void whatDoesNotFitChangesNothing(int status, String operations) {
    put("b");
    Reply before = NODE.get("/Patient/b");
    Reply refused = patch("/Patient/b", operations);
    assertThat(refused.status()).as(refused.text()).isEqualTo(status);
    assertThat(NODE.get("/Patient/b").text()).isEqualTo(before.text());
  }

  @Test
  void aListOfOperationsUnderAnotherTypeIsToldWhatItIs() {
    put("t");
    for (String type : List.of("application/json", "application/fhir+json")) {
      Reply refused = NODE.patch("/Patient/t", " [{\"op\":\"x\"}]", "Content-Type", type);
      assertThat(refused.status()).isEqualTo(415);
      assertThat(refused.diagnostics()).contains("application/json-patch+json");
    }
  }

  @Test
  void versionsAndConditionsHoldForPatchesToo() {
    put("c");
    String active = "[{\"op\":\"add\",\"path\":\"/active\",\"value\":true}]";
    assertThat(patch("/Patient/c", active, "If-Match", "W/\"9-0\"").status()).isEqualTo(412);
    assertThat(patch("/Patient/none", active).status()).isEqualTo(404);
    assertThat(NODE.patch("/Patient/c", "{}", "Content-Type", "text/plain").status())
        .isEqualTo(415);
    assertThat(patch("/Patient?_id=c", active).status()).isEqualTo(200);
    assertThat(patch("/Patient?_id=none", active).status()).isEqualTo(404);
    NODE.delete("/Patient/c");
    assertThat(patch("/Patient/c", active).status()).isEqualTo(410);
  }
}
