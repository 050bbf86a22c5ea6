package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.fhir.FhirNode.Reply;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * HL7's own examples of R4 go in and come out unchanged: as JSON to the last digit and in their
 * order, as XML by what HAPI's models hold. The build takes one of each type, and some that are
 * strange; {@code -Dskerry.examples=all} takes all 5,305.
 */
@Timeout(1_800)
class ExamplesIT {
  private static final boolean ALL = System.getProperty("skerry.examples", "").equals("all");
  private static final int SMALL = 40_000;

  /** Digits, extensions without values, extensions before their names, members in odd orders. */
  private static final Set<String> STRANGE =
      Set.of(
          "Observation-decimal",
          "Questionnaire-bb",
          "ActivityDefinition-serum-dengue-virus-igm",
          "CodeSystem-v2-0003");

  /** Larger than a document may be, unless an administrator says otherwise; an id of 68 letters. */
  private static final List<String> REFUSED =
      List.of(
          "Bundle-dataelements",
          "Bundle-resources",
          "Bundle-valueset-expansions",
          "Bundle-valuesets",
          "SearchParameter-questionnaireresponse-extensions-QuestionnaireResponse-item-subject");

  /**
   * HAPI's XML printer turns attributes of their narratives that have "&gt;" in them into others.
   */
  private static final Set<String> MANGLED_BY_HAPI =
      Set.of(
          "Bundle-types",
          "StructureDefinition-CoverageEligibilityResponse",
          "StructureDefinition-ElementDefinition",
          "StructureDefinition-ExplanationOfBenefit",
          "StructureDefinition-Immunization",
          "StructureDefinition-ImmunizationEvaluation",
          "StructureDefinition-ImmunizationRecommendation",
          "StructureDefinition-Observation");

  private static final FhirContext CONTEXT = FhirContext.forR4Cached();

  /** Keeps every digit, and the order of members. */
  private static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final FhirNode NODE = new FhirNode();

  private final Set<String> types = new HashSet<>();
  private final List<String> refused = new ArrayList<>();
  private final List<String> differing = new ArrayList<>();
  private int taken;

  @AfterAll
  static void stop() {
    NODE.close();
  }

  @Test
  void examplesComeOutAsTheyWent() throws Exception {
    Hl7Examples.forEach(this::consider);
    assertThat(taken).isGreaterThan(ALL ? 5_000 : 130);
    assertThat(differing).isEmpty();
    assertThat(refused.stream().sorted().toList()).isEqualTo(ALL ? REFUSED : List.of());
  }

  private void consider(String name, byte[] json) {
    boolean first = json.length < SMALL && types.add(name.split("-")[0]);
    if (ALL || STRANGE.contains(name) || first) {
      taken++;
      check(name, json);
    }
  }

  private void check(String name, byte[] json) {
    JsonNode sent = EXACT.readTree(json);
    String path = "/" + sent.path("resourceType").asString() + "/" + sent.path("id").asString();
    Reply written = put(path, json, "application/fhir+json");
    if (written.status() > 201) {
      refused.add(name);
      return;
    }
    compare(name + " written and read as JSON", bare(sent).toString(), read(path).toString());
    Resource model = model(json);
    String xml = CONTEXT.newXmlParser().encodeResourceToString(model);
    NODE.delete(path);
    Reply asXml = put(path, xml.getBytes(StandardCharsets.UTF_8), "application/fhir+xml");
    assertThat(asXml.status()).as(name + asXml).isEqualTo(201);
    Resource asJson = model(read(path).toString().getBytes(StandardCharsets.UTF_8));
    compare(name + " written as XML", loose(model), loose(asJson));
    if (!MANGLED_BY_HAPI.contains(name)) {
      Reply inXml = NODE.get(path + "?_format=xml");
      Resource readBack = CONTEXT.newXmlParser().parseResource(model.getClass(), inXml.text());
      compare(name + " read as XML", loose(model), loose(readBack));
    }
  }

  private static Reply put(String path, byte[] text, String format) {
    return NODE.send(
        "PUT", "/fhir/clinic" + path, text, "Content-Type", format, "Prefer", "return=minimal");
  }

  private static JsonNode read(String path) {
    Reply read = NODE.get(path, "Accept", "application/fhir+json");
    return bare(EXACT.readTree(read.answer().body()));
  }

  private static Resource model(byte[] json) {
    return (Resource)
        CONTEXT.newJsonParser().parseResource(new String(json, StandardCharsets.UTF_8));
  }

  private static String loose(Resource resource) {
    String json = CONTEXT.newJsonParser().encodeResourceToString(resource);
    return loose(bare(EXACT.readTree(json)));
  }

  /**
   * White space in narratives and in base64 says nothing, and HAPI's XML parser and printer do not
   * keep it.
   */
  private static String loose(JsonNode resource) {
    return resource.toString().replaceAll("(\\\\[nrt]|\\s)+", "");
  }

  private void compare(String what, String expected, String found) {
    if (expected.equals(found)) {
      return;
    }
    int at = 0;
    while (at < expected.length()
        && at < found.length()
        && expected.charAt(at) == found.charAt(at)) {
      at++;
    }
    differing.add(what + "\n  " + around(expected, at) + "\n  " + around(found, at));
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 80), Math.min(at + 80, text.length()));
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
    if (copy.path("resourceType").asString().equals("Subscription")) {
      // The server runs it, and says how that goes.
      copy.remove(List.of("status", "error"));
    }
    return copy;
  }
}
