package org.skerry.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The real bundles as documents. */
final class BundlesTest {
  private static final List<FhirDocument> DOCUMENTS = new ArrayList<>();

  @BeforeAll
  static void readAll() {
    new Bundles().read(DOCUMENTS::add);
  }

  @Test
  void everyResourceIsADocumentOfItsOwn() {
    TreeMap<String, Integer> types = new TreeMap<>();
    DOCUMENTS.forEach(document -> types.merge(document.id().split("/")[0], 1, Integer::sum));
    assertThat(DOCUMENTS).hasSize(12_651).doesNotHaveDuplicates();
    assertThat(types)
        .containsEntry("Observation", 4981)
        .containsEntry("Practitioner", 209)
        .containsEntry("Patient", 12)
        .hasSize(24);
    assertThat(DOCUMENTS)
        .allMatch(document -> document.json().path("_id").asString().equals(document.id()));
  }

  @Test
  void everyReferenceNamesADocument() {
    Set<String> ids = new HashSet<>();
    DOCUMENTS.forEach(document -> ids.add(document.id()));
    List<String> references = new ArrayList<>();
    DOCUMENTS.forEach(document -> collect(document.json(), references));
    references.removeIf(reference -> reference.startsWith("#"));
    assertThat(references).hasSize(44_056 + 5_658 + 3_316 + 2_644);
    assertThat(references).allMatch(ids::contains);
  }

  @Test
  void base64ContentsBecomeAttachments() {
    List<FhirDocument> attached =
        DOCUMENTS.stream().filter(document -> document.attachments() > 0).toList();
    assertThat(attached)
        .hasSize(555)
        .allMatch(document -> document.id().startsWith("DocumentReference/"))
        .allMatch(document -> document.attachments() == 1);
    for (FhirDocument document : attached) {
      JsonNode attachment = document.json().path("content").path(0).path("attachment");
      JsonNode body = document.json().path("_attachments").path("content-0");
      assertThat(attachment.has("data")).isFalse();
      assertThat(attachment.path("url").asString())
          .isEqualTo(document.id().replace("/", "%2F") + "/content-0");
      assertThat(body.path("content_type").asString()).isEqualTo("text/plain; charset=utf-8");
      assertThat(Base64.getDecoder().decode(body.path("data").asString()))
          .hasSize(attachment.path("size").asInt())
          .isNotEmpty();
    }
  }

  private static void collect(JsonNode node, List<String> references) {
    if (node.path("reference").isString()) {
      references.add(node.path("reference").asString());
    }
    node.forEach(child -> collect(child, references));
  }
}
