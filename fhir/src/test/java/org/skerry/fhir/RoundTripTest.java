package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.fhir.FhirNode.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * HL7's own R4 resources go in and come out unchanged: all search parameters as JSON, and the
 * profiles of all data types as XML, with elements of nearly every kind in them.
 */
@Timeout(300)
class RoundTripTest {
  private static final FhirNode NODE = new FhirNode();
  private static final JsonMapper MAPPER = new JsonMapper();

  @AfterAll
  static void stop() {
    NODE.close();
  }

  private static String hl7(String path) throws Exception {
    try (InputStream in =
        RoundTripTest.class.getResourceAsStream("/org/hl7/fhir/r4/model/" + path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Without what the server adds. */
  private static JsonNode bare(JsonNode resource) {
    ObjectNode copy = (ObjectNode) resource.deepCopy();
    if (copy.path("meta") instanceof ObjectNode meta) {
      meta.remove(List.of("versionId", "lastUpdated"));
      if (meta.isEmpty()) {
        copy.remove("meta");
      }
    }
    return copy;
  }

  @Test
  void everySearchParameterOfR4ComesOutAsItWas() throws Exception {
    JsonNode bundle = MAPPER.readTree(hl7("sp/search-parameters.json"));
    List<String> entries = new ArrayList<>();
    for (JsonNode entry : bundle.path("entry")) {
      JsonNode resource = entry.path("resource");
      entries.add(
          "{\"request\":{\"method\":\"PUT\",\"url\":\"SearchParameter/"
              + resource.path("id").asString()
              + "\"},\"resource\":"
              + resource
              + "}");
    }
    Reply loaded =
        NODE.post(
            "",
            "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
                + String.join(",", entries)
                + "]}");
    assertThat(loaded.status()).as(loaded.diagnostics()).isEqualTo(200);
    assertThat(entries).hasSizeGreaterThan(1_300);
    for (JsonNode entry : bundle.path("entry")) {
      JsonNode resource = entry.path("resource");
      JsonNode read = NODE.get("/SearchParameter/" + resource.path("id").asString()).json();
      assertThat(bare(read)).isEqualTo(bare(resource));
    }
  }

  @Test
  void theProfilesOfDataTypesGoThroughXml() throws Exception {
    var context = ca.uhn.fhir.context.FhirContext.forR4Cached();
    Bundle bundle =
        context.newXmlParser().parseResource(Bundle.class, hl7("profile/profiles-types.xml"));
    int count = 0;
    for (BundleEntryComponent entry : bundle.getEntry()) {
      Resource resource = entry.getResource();
      String xml = context.newXmlParser().encodeResourceToString(resource);
      String path = "/" + resource.fhirType() + "/" + resource.getIdElement().getIdPart();
      Reply written =
          NODE.put(path, xml, "Content-Type", "application/fhir+xml", "Prefer", "return=minimal");
      assertThat(written.status()).as(path + written.text()).isEqualTo(201);
      Resource read =
          context
              .newXmlParser()
              .parseResource(resource.getClass(), NODE.get(path + "?_format=xml").text());
      read.getMeta().setVersionId(null).setLastUpdated(null);
      resource.getMeta().setVersionId(null).setLastUpdated(null);
      read.setId(resource.getIdElement().toUnqualifiedVersionless());
      resource.setId(resource.getIdElement().toUnqualifiedVersionless());
      assertThat(read.equalsDeep(resource)).as(path).isTrue();
      count++;
    }
    assertThat(count).isGreaterThan(50);
  }
}
