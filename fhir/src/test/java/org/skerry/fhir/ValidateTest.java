package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.fhir.FhirNode.Reply;

/** {@code $validate} over real HTTP. */
@Timeout(300)
class ValidateTest {
  @Test
  void whatAProfileDoesNotAllowIsSaid() {
    try (FhirNode node = new FhirNode()) {
      String observation = "{\"resourceType\":\"Observation\",\"status\":\"done\"}";
      Reply sent = node.post("/Observation/$validate", observation);
      assertThat(sent.status()).as(sent.text()).isEqualTo(200);
      assertThat(sent.text()).contains("\"error\"", "Observation.code");
      Reply wrapped =
          node.post(
              "/Observation/$validate",
              "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"resource\":"
                  + observation
                  + "}]}");
      assertThat(wrapped.text()).contains("Observation.code");
      node.put("/Patient/a", "{\"resourceType\":\"Patient\",\"id\":\"a\",\"active\":true}");
      Reply stored = node.get("/Patient/a/$validate");
      assertThat(stored.status()).isEqualTo(200);
      assertThat(stored.text()).doesNotContain("\"error\"");
      assertThat(node.get("/Patient/none/$validate").status()).isEqualTo(404);
    }
  }
}
