package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.fhir.FhirNode.Reply;
import org.skerry.fhir.resource.Rewriting;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * HL7's own examples of R4 go in and come out unchanged: as JSON to the last digit and in their
 * order, as XML to the last digit, too. The build takes one of each type, and some that are
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

  /** Large base64 with white space in it, which data that are kept beside a resource lose. */
  private static final String SPACED = "DiagnosticReport-gingival-mass";

  private static final FhirContext CONTEXT = FhirContext.forR4Cached();

  /** Keeps every digit, and the order of members. */
  private static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** HAPI writes exponents out. */
  private static final JsonMapper SORTED =
      EXACT
          .rebuild()
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

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
    boolean spaced = name.equals(SPACED);
    JsonNode found = read(path);
    compare(
        name + " written and read as JSON",
        spaced ? loose(bare(sent)) : bare(sent).toString(),
        spaced ? loose(found) : found.toString());
    byte[] xml = NODE.get(path + "?_format=xml").answer().body();
    Resource model = CONTEXT.newXmlParser().parseResource(model(json).getClass(), text(xml));
    compare(name + " read as XML", modelled(model(json)), modelled(model));
    NODE.delete(path);
    Reply asXml = put(path, xml, "application/fhir+xml");
    assertThat(asXml.status()).as(name + asXml).isEqualTo(201);
    compare(name + " written as XML", loose(bare(sent)), loose(read(path)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Reply put(String path, byte[] text, String format) {
    return NODE.send(
        "PUT", "/fhir/clinic" + path, text, "Content-Type", format, "Prefer", "return=minimal");
  }

  private static JsonNode read(String path) {
    Reply read = NODE.get(path, "Accept", "application/fhir+json");
    return bare(EXACT.readTree(read.answer().body()));
  }

  /** HAPI's parser overlooks extensions in arrays that have no values beside them. */
  private static Resource model(byte[] json) {
    return (Resource) CONTEXT.newJsonParser().parseResource(text(Rewriting.completed(json)));
  }

  /** What HAPI's models hold, but for narratives, whose attributes its printer does not escape. */
  private static String modelled(Resource resource) {
    String json = CONTEXT.newJsonParser().encodeResourceToString(resource);
    byte[] without =
        Rewriting.texts(json.getBytes(StandardCharsets.UTF_8), "div", div -> Optional.of("\"\""));
    return loose(bare(EXACT.readTree(without)));
  }

  /** White space in base64 says nothing, and XML has its own order: HAPI's parser keeps neither. */
  private static String loose(JsonNode resource) {
    return SORTED.writeValueAsString(resource).replaceAll("(\\\\[nrt]|\\s)+", "");
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
