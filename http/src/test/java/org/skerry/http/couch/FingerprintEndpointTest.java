package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.http.couch.SitesNode.ADMIN;
import static org.skerry.http.couch.SitesNode.HILL;
import static org.skerry.http.couch.SitesNode.SHORE;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a database and its subsets are, in few bytes. */
@Timeout(300)
class FingerprintEndpointTest {
  private final SitesNode sites = new SitesNode().filled();

  @AfterEach
  void stop() {
    sites.close();
  }

  private JsonNode all(String user) {
    return sites
        .post(user, "/care/_fingerprint", "{\"ranges\":[\"\"]}")
        .path("fingerprints")
        .get(0);
  }

  @Test
  void eachSiteIsToldOfItsSubsetWithoutDesignDocuments() {
    assertThat(all(HILL).path("count").asInt()).isEqualTo(4);
    assertThat(all(ADMIN).path("count").asInt()).isGreaterThan(4);
    assertThat(all(HILL).path("sum")).isNotEqualTo(all(SHORE).path("sum"));
    assertThat(sites.post(HILL, "/care/_fingerprint", "{\"list\":\"\"}").path("documents"))
        .hasSize(4);
  }

  @Test
  void whatCameBackIsWhatItWas() {
    String before = all(HILL).toString();
    String granted = all(SHORE).toString();
    for (String at : new String[] {"shore", "hill"}) {
      sites.put("/care/p2", "{\"type\":\"patient\",\"at\":\"" + at + "\"}");
      sites.settle();
      assertThat(all(HILL).path("count").asInt()).isEqualTo(at.equals("hill") ? 4 : 3);
    }
    assertThat(all(HILL).toString()).isNotEqualTo(before);
    assertThat(all(SHORE).toString()).isEqualTo(granted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ranges\":7}",
        "{\"ranges\":[7]}",
        "{\"ranges\":[\"0g\"]}",
        "{\"ranges\":[\"00000000000000000\"]}",
        "{\"list\":[]}",
        "{"
      })
  void whatIsNoRangeIsRefused(String question) {
    assertThat(sites.send(ADMIN, "POST", "/care/_fingerprint", question).statusCode())
        .isEqualTo(400);
  }
}
