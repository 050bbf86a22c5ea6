package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.fhir.FhirNode.Reply;
import tools.jackson.databind.JsonNode;

/** Histories over real HTTP. */
@Timeout(300)
class HistoryTest {
  private final FhirNode node = new FhirNode();

  @AfterEach
  void stop() {
    node.close();
  }

  private void put(String type, String id, String more) {
    Reply reply =
        node.put(
            "/" + type + "/" + id,
            "{\"resourceType\":\"" + type + "\",\"id\":\"" + id + "\"" + more + "}");
    assertThat(reply.status()).as(reply.text()).isBetween(200, 201);
  }

  private static List<String> told(JsonNode bundle) {
    List<String> told = new ArrayList<>();
    for (JsonNode entry : bundle.path("entry")) {
      String version = entry.path("response").path("etag").asString();
      told.add(
          entry.path("request").path("method").asString()
              + " "
              + entry.path("fullUrl").asString().replaceAll(".*/clinic/", "")
              + " "
              + version.charAt(3));
    }
    return told;
  }

  private List<String> allPages(String path) {
    List<String> told = new ArrayList<>();
    String next = path;
    while (!next.isEmpty()) {
      JsonNode bundle = node.get(next).json();
      told.addAll(told(bundle));
      next = "";
      for (JsonNode link : bundle.path("link")) {
        if (link.path("relation").asString().equals("next")) {
          next = link.path("url").asString().replace(node.base(), "");
        }
      }
    }
    return told;
  }

  @Test
  void aResourceTellsAllItsVersions() {
    put("Patient", "a", "");
    put("Patient", "a", ",\"active\":true");
    node.delete("/Patient/a");
    JsonNode bundle = node.get("/Patient/a/_history").json();
    assertThat(told(bundle))
        .containsExactly("DELETE Patient/a 3", "PUT Patient/a 2", "POST Patient/a 1");
    assertThat(bundle.path("total").asInt()).isEqualTo(3);
    assertThat(bundle.path("entry").path(0).has("resource")).isFalse();
    assertThat(bundle.path("entry").path(0).path("response").path("lastModified").asString())
        .endsWith("Z");
    assertThat(
            bundle.path("entry").path(2).path("resource").path("meta").path("versionId").asString())
        .startsWith("1-");
    assertThat(allPages("/Patient/a/_history?_count=1"))
        .containsExactly("DELETE Patient/a 3", "PUT Patient/a 2", "POST Patient/a 1");
    assertThat(node.get("/Patient/none/_history").status()).isEqualTo(404);
    Bundle read =
        node.hapi()
            .history()
            .onInstance(new IdType("Patient", "a"))
            .returnBundle(Bundle.class)
            .execute();
    assertThat(read.getEntry()).hasSize(3);
  }

  @Test
  void whatCompactionRemovedIsSaid() {
    put("Patient", "a", "");
    put("Patient", "a", ",\"active\":true");
    node.clinic().store().compact((done, all) -> true);
    JsonNode first = node.get("/Patient/a/_history").json().path("entry").path(1);
    assertThat(first.has("resource")).isFalse();
    assertThat(first.path("response").path("outcome").toString())
        .contains("Compaction has removed");
  }

  @Test
  void typesAndTheSystemTellWhatChangedLastFirst() {
    put("Patient", "a", "");
    put("Practitioner", "p", "");
    put("Patient", "b", "");
    put("Patient", "a", ",\"active\":true");
    node.delete("/Practitioner/p");
    node.send("PUT", "/clinic/note", "{}");
    List<String> all =
        List.of(
            "DELETE Practitioner/p 2",
            "POST Practitioner/p 1",
            "PUT Patient/a 2",
            "POST Patient/a 1",
            "POST Patient/b 1");
    assertThat(told(node.get("/_history").json())).containsExactlyElementsOf(all);
    for (int count = 1; count <= 6; count++) {
      assertThat(allPages("/_history?_count=" + count))
          .as("pages of " + count)
          .containsExactlyElementsOf(all);
    }
    assertThat(allPages("/Patient/_history?_count=2"))
        .containsExactly("PUT Patient/a 2", "POST Patient/a 1", "POST Patient/b 1");
    assertThat(node.hapi().history().onServer().returnBundle(Bundle.class).execute().getEntry())
        .hasSize(5);
    assertThat(node.get("/Nope/_history").status()).isEqualTo(404);
  }

  @Test
  void pagesDoNotChangeByWhatIsWrittenMeanwhile() {
    for (int i = 0; i < 6; i++) {
      put("Patient", "p" + i, "");
    }
    JsonNode first = node.get("/_history?_count=3").json();
    put("Patient", "p9", "");
    put("Patient", "p5", ",\"active\":true");
    String next = first.path("link").path(1).path("url").asString().replace(node.base(), "");
    assertThat(allPages(next))
        .containsExactly("POST Patient/p2 1", "POST Patient/p1 1", "POST Patient/p0 1");
  }

  @Test
  void sinceLeavesOutWhatIsOlder() {
    put("Patient", "a", "");
    put("Patient", "b", "");
    String at = node.get("/Patient/b").json().path("meta").path("lastUpdated").asString();
    String later = Instant.parse(at).plusSeconds(3600).toString();
    assertThat(told(node.get("/_history?_since=" + at).json())).contains("POST Patient/b 1");
    assertThat(told(node.get("/_history?_since=" + later).json())).isEmpty();
    assertThat(told(node.get("/Patient/a/_history?_since=2020").json())).hasSize(1);
    assertThat(node.get("/_history?_since=yesterday").status()).isEqualTo(400);
    assertThat(node.get("/_history?_count=0").status()).isEqualTo(400);
    assertThat(node.get("/_history?_page=x").status()).isEqualTo(400);
    assertThat(node.get("/Patient/a/_history?_at=2026").diagnostics()).contains("no _at here");
    assertThat(node.get("/Patient/_history?_list=x").status()).isEqualTo(400);
    assertThat(node.get("/Patient/a/_history?_page=9-x").status()).isEqualTo(410);
  }
}
