package org.skerry.server.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The FHIR bundles of {@code demo/fhir}, which the build puts beside the classes: hospitals and
 * practitioners, whom the others name, then the record of one patient each.
 */
final class Bundles {
  private static final List<String> NAMES =
      List.of(
          "00-hospitals",
          "01-practitioners",
          "02-royal",
          "03-kraig",
          "04-james",
          "05-tobias",
          "06-kum",
          "07-agustin",
          "08-corinne",
          "09-wes",
          "10-shelly",
          "11-stanley",
          "12-winfred",
          "13-gregorio");

  private final References references = new References();

  /** Hands over all resources, one bundle in memory at a time. */
  void read(Consumer<FhirDocument> documents) {
    for (String name : NAMES) {
      JsonNode entries = bundle(name).path("entry");
      entries.forEach(references::learn);
      for (JsonNode entry : entries) {
        if (entry.path("resource") instanceof ObjectNode resource) {
          references.resolve(resource);
          documents.accept(FhirDocument.of(resource));
        }
      }
    }
  }

  private static JsonNode bundle(String name) {
    String file = "/fhir/" + name + ".json.gz";
    try (InputStream packed = Bundles.class.getResourceAsStream(file)) {
      if (packed == null) {
        throw new DemoException("this program was packaged without " + file);
      }
      return Json.MAPPER.readTree(new GZIPInputStream(packed));
    } catch (IOException e) {
      throw new DemoException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
