package org.skerry.exchange.client.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.skerry.document.BadDocumentException;

class BundlePageTest {
  private static BundlePage read(String json) {
    return BundlePage.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void resourcesAreCutOutAsTheyStand() {
    BundlePage page =
        read(
            "{\"resourceType\":\"Bundle\",\"total\":7,\"link\":[{\"relation\":\"self\",\"url\":\"a\"},"
                + "{\"relation\":\"next\",\"url\":\"http://x/y?z=1\"}],\"entry\":[{\"resource\":{\"resourceType\":\"Observation\","
                + " \"id\":\"o\",\"meta\":{\"versionId\":\"3\","
                + "\"lastUpdated\":\"2026-01-01T10:00:00+01:00\"},\"valueQuantity\":{\"value\":1.50}},"
                + "\"request\":{\"method\":\"PUT\",\"url\":\"Observation/o\"}}]}");
    BundlePage.Entry entry = page.entries().getFirst();
    assertThat(entry.id().toString()).isEqualTo("Observation/o");
    assertThat(entry.version()).contains("3");
    assertThat(new String(entry.resource().orElseThrow(), StandardCharsets.UTF_8))
        .contains("1.50")
        .contains("\", \"id\"");
    assertThat(page.next()).contains("http://x/y?z=1");
    assertThat(page.total()).hasValue(7);
    assertThat(page.newest()).contains(Instant.parse("2026-01-01T09:00:00Z"));
  }

  @Test
  void deletionsAreNamedByTheirRequests() {
    BundlePage page =
        read(
            "{\"entry\":[{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/1/_history/4\"},"
                + "\"response\":{\"status\":\"204\",\"lastModified\":\"2026-01-01T10:00:00Z\"}},"
                + "{\"fullUrl\":\"http://x/fhir/Patient/2\",\"request\":{\"method\":\"DELETE\"},"
                + "\"response\":{\"etag\":\"W/\\\"9\\\"\"}}]}");
    assertThat(page.entries()).allMatch(BundlePage.Entry::deleted);
    assertThat(page.entries())
        .extracting(entry -> entry.id().toString())
        .containsExactly("Patient/1", "Patient/2");
    assertThat(page.entries())
        .extracting(entry -> entry.version().orElse(""))
        .containsExactly("4", "9");
  }

  @Test
  void aBadResourceIsNamedByItsRequestAndDoesNotSpoilThePage() {
    BundlePage page =
        read(
            "{\"entry\":[{\"resource\":{\"id\":\"1\"},\"request\":{\"method\":\"PUT\",\"url\":"
                + "\"Patient/1\"}},{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"2\"}},"
                + "{\"resource\":{\"resourceType\":\"Patient\"}}]}");
    assertThat(page.entries())
        .extracting(entry -> entry.id().toString())
        .containsExactly("Patient/1", "Patient/2");
    assertThat(page.shown()).isEqualTo(3);
  }

  @Test
  void whatIsNoBundleIsRefused() {
    for (String json : new String[] {"", "[]", "{\"entry\":7}", "{\"entry\":[", "<html>"}) {
      assertThatThrownBy(() -> read(json)).as(json).isInstanceOf(BadDocumentException.class);
    }
  }
}
