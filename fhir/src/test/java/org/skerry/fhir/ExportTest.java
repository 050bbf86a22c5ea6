package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.database.Security;
import org.skerry.fhir.FhirNode.Reply;
import org.skerry.store.MemoryStore;
import org.skerry.store.Store;
import tools.jackson.databind.JsonNode;

/** {@code $export} over real HTTP. */
@Timeout(300)
class ExportTest {
  private static final String[] ASYNC = {"Prefer", "respond-async"};

  @TempDir Path folder;

  private final Store store = LastingStore.of(new MemoryStore());
  private FhirNode node;

  @BeforeEach
  void start() {
    node = new FhirNode(store, Optional.of(folder));
    node.clinic().security(Security.parse("{}".getBytes(StandardCharsets.UTF_8)));
    node.put("/Patient/1", "{\"resourceType\":\"Patient\",\"id\":\"1\",\n\"active\":true}");
    node.put("/Patient/2", "{\"resourceType\":\"Patient\",\"id\":\"2\"}");
    node.put(
        "/Observation/o",
        "{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\","
            + "\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"Patient/1\"}}");
    node.put("/Organization/g", "{\"resourceType\":\"Organization\",\"id\":\"g\",\"name\":\"G\"}");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private String begin(String path, String... headers) {
    Reply begun = node.get(path, headers.length == 0 ? ASYNC : headers);
    assertThat(begun.status()).as(begun.text()).isEqualTo(202);
    return below(begun.header("Content-Location"));
  }

  private String below(String url) {
    assertThat(url).startsWith(node.base());
    return url.substring(node.base().length());
  }

  /** Asks until the export is done. */
  private JsonNode done(String status, String... headers) {
    while (true) {
      Reply reply = node.get(status, headers);
      if (reply.status() != 202) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("Expires")).isNotEmpty();
        return reply.json();
      }
      assertThat(reply.header("X-Progress")).isNotEmpty();
      Thread.onSpinWait();
    }
  }

  private List<String> read(JsonNode manifest, String member, String... headers) {
    List<String> found = new ArrayList<>();
    for (JsonNode output : manifest.path(member)) {
      Reply file = node.get(below(output.path("url").asString()), headers);
      assertThat(file.status()).isEqualTo(200);
      assertThat(file.header("Content-Type")).isEqualTo("application/fhir+ndjson");
      List<String> lines = file.text().lines().toList();
      assertThat(lines).hasSize(output.path("count").asInt());
      for (String line : lines) {
        Resource resource =
            (Resource) node.hapi().getFhirContext().newJsonParser().parseResource(line);
        assertThat(resource.fhirType()).isEqualTo(output.path("type").asString());
        found.add(
            resource.fhirType().equals("Bundle")
                ? line
                : resource.fhirType() + "/" + resource.getIdElement().getIdPart());
      }
    }
    return found;
  }

  @Test
  void anExportBringsEverythingAsNdjsonByType() {
    JsonNode manifest = done(begin("/$export?_outputFormat=application%2Ffhir%2Bndjson"));
    assertThat(read(manifest, "output"))
        .containsExactly("Observation/o", "Organization/g", "Patient/1", "Patient/2");
    assertThat(manifest.path("request").asString()).contains("/fhir/clinic/$export?_outputFormat");
    assertThat(manifest.path("requiresAccessToken").asBoolean()).isTrue();
    assertThat(manifest.path("error").size()).isZero();
    assertThat(read(done(begin("/$export?_type=Patient,Organization")), "output"))
        .containsExactly("Organization/g", "Patient/1", "Patient/2");
  }

  @Test
  void largeDataOfDocumentsAreByTheirUrls() {
    String data = "AAAA".repeat(2_000);
    node.put(
        "/Media/m",
        "{\"resourceType\":\"Media\",\"id\":\"m\",\"status\":\"completed\",\"content\":{\"data\":\""
            + data
            + "\"}}");
    JsonNode manifest = done(begin("/$export?_type=Media"));
    String file = manifest.path("output").path(0).path("url").asString();
    JsonNode content = node.get(below(file)).json().path("content");
    assertThat(content.has("data")).isFalse();
    assertThat(node.get(below(content.path("url").asString())).answer().body())
        .hasSize(content.path("size").asInt())
        .hasSize(6_000);
  }

  @Test
  void patientsAndGroupsHaveExportsOfTheirOwn() {
    node.put(
        "/Group/a",
        "{\"resourceType\":\"Group\",\"id\":\"a\",\"type\":\"person\",\"actual\":true,"
            + "\"member\":[{\"entity\":{\"reference\":\"Patient/1\"}}]}");
    assertThat(read(done(begin("/Patient/$export?_type=Patient,Observation")), "output"))
        .containsExactly("Observation/o", "Patient/1", "Patient/2");
    assertThat(read(done(begin("/Group/a/$export?_type=Patient,Observation")), "output"))
        .containsExactly("Observation/o", "Patient/1");
  }

  @Test
  void aRequestMayBeSentAsParameters() {
    Reply begun =
        node.post(
            "/$export",
            "{\"resourceType\":\"Parameters\",\"parameter\":"
                + "[{\"name\":\"_type\",\"valueString\":\"Organization\"}]}",
            ASYNC);
    assertThat(begun.status()).as(begun.text()).isEqualTo(202);
    assertThat(read(done(below(begun.header("Content-Location"))), "output"))
        .containsExactly("Organization/g");
  }

  @Test
  void sinceTheTimeOfAnExportBringsAllThatCameInThenAlsoWhatIsOlder() {
    String time = done(begin("/$export")).path("transactionTime").asString();
    node.delete("/Patient/2");
    // It was written elsewhere, long ago, and arrives now.
    node.send(
        "PUT",
        "/clinic/Patient%2Fold",
        "{\"resourceType\":\"Patient\",\"meta\":{\"lastUpdated\":\"2001-01-01T00:00:00Z\"}}",
        "Content-Type",
        "application/json");
    JsonNode later = done(begin("/$export?_since=" + time));
    assertThat(read(later, "output")).containsExactly("Patient/old");
    assertThat(read(later, "deleted")).hasSize(1).first().asString().contains("Patient/2");
  }

  @Test
  void sinceAnyOtherTimeGoesByWhatResourcesSayOfThemselves() {
    node.send(
        "PUT",
        "/clinic/Patient%2Fold",
        "{\"resourceType\":\"Patient\",\"meta\":{\"lastUpdated\":\"2001-01-01T00:00:00Z\"}}",
        "Content-Type",
        "application/json");
    assertThat(read(done(begin("/$export?_since=2002-01-01&_type=Patient")), "output"))
        .containsExactly("Patient/1", "Patient/2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/$export?_typeFilter=Patient%3Factive%3Dtrue",
        "/$export?_outputFormat=text/csv",
        "/$export?_type=Nothing",
        "/$export?_since=soon",
        "/$export?_elements=id"
      })
  void whatIsNotOfferedIsRefusedWithAReason(String path) {
    Reply refused = node.get(path, ASYNC);
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.diagnostics()).isNotBlank();
  }

  @Test
  void lenientClientsAreNotRefusedAndOthersHaveToSayThatTheyCanWait() {
    begin("/$export?_typeFilter=x", "Prefer", "respond-async, handling=lenient");
    assertThat(node.get("/$export").code()).isEqualTo("required");
    assertThat(node.get("/Organization/$export", ASYNC).status()).isEqualTo(404);
    assertThat(node.get("/Patient/1/$export", ASYNC).status()).isEqualTo(404);
    assertThat(node.get("/Group/none/$export", ASYNC).status()).isEqualTo(404);
  }

  @Test
  void anExportIsItsOwnersAndGoneWhenItIsDeleted() {
    String status = begin("/$export", "Prefer", "respond-async", "X-User", "ana");
    JsonNode manifest = done(status, "X-User", "ana");
    assertThat(read(manifest, "output", "X-User", "ana")).hasSize(4);
    String file = below(manifest.path("output").path(0).path("url").asString());
    assertThat(node.get(status, "X-User", "ben").status()).isEqualTo(404);
    assertThat(node.get(file, "X-User", "ben").status()).isEqualTo(404);
    assertThat(node.get(file.replace("Observation-1", "..%2Fjob"), "X-User", "ana").status())
        .isEqualTo(404);
    assertThat(node.delete(status, "X-User", "ben").status()).isEqualTo(404);
    assertThat(node.get(status).status()).as("an administrator").isEqualTo(200);
    assertThat(node.delete(status, "X-User", "ana").status()).isEqualTo(202);
    assertThat(node.get(status, "X-User", "ana").status()).isEqualTo(404);
    assertThat(node.get(file, "X-User", "ana").status()).isEqualTo(404);
    assertThat(folder.resolve("exports")).isEmptyDirectory();
  }

  @Test
  void whatIsThereAfterARestartIsFoundAgain() {
    String status = begin("/$export");
    JsonNode manifest = done(status);
    node.close();
    node = new FhirNode(store, Optional.of(folder));
    JsonNode again = done(status);
    assertThat(again.path("transactionTime")).isEqualTo(manifest.path("transactionTime"));
    assertThat(read(again, "output")).hasSize(4);
  }

  @Test
  void aDatabaseThatIsDroppedTakesItsExportsAlong() {
    done(begin("/$export"));
    node.send("DELETE", "/clinic", "");
    assertThat(folder.resolve("exports")).isEmptyDirectory();
  }

  @Test
  void theCapabilityStatementNamesTheThreeExports() {
    String metadata = node.get("/metadata").text();
    assertThat(metadata)
        .contains(
            "OperationDefinition/export",
            "OperationDefinition/patient-export",
            "OperationDefinition/group-export");
  }
}
