package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.fhir.FhirNode.Reply;

/** Resources that XML, or HAPI's models on the way to it, cannot hold: they keep no others back. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddXmlTest {
  private static final String WHOLE = "{\"resourceType\":\"Device\",\"id\":\"whole\"}";
  private static final String XML = "application/fhir+xml";

  private final FhirNode node = new FhirNode();

  @AfterAll
  void stop() {
    node.close();
  }

  private static String odd(String members) {
    return "{\"resourceType\":\"Device\",\"id\":\"odd\"," + members + "}";
  }

  private static Resource parsed(Reply reply) {
    assertThat(reply.header("Content-Type")).as(reply.text()).startsWith(XML);
    return (Resource) FhirContext.forR4Cached().newXmlParser().parseResource(reply.text());
  }

  private static Bundle bundle(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return (Bundle) parsed(reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"text\":{\"div\":\"<div><script></div>\"}",
        "\"status\":\"shiny\"",
        "\"manufactureDate\":\"soon\"",
        "\"lotNumber\":\"a\\u0001b\"",
        "\"lotNumber\":\"a\\uffffb\""
      })
  void isNamedInItsPlace(String members) {
    node.send("PUT", "/clinic/Device%2Fwhole", WHOLE);
    Reply before = node.send("GET", "/clinic/Device%2Fodd", "");
    String rev = before.status() == 200 ? "?rev=" + before.json().path("_rev").asString() : "";
    assertThat(node.send("PUT", "/clinic/Device%2Fodd" + rev, odd(members)).status())
        .isEqualTo(201);
    assertThat(node.get("/Device/odd").text()).contains(members);

    Bundle found = bundle(node.get("/Device?_format=xml&nonsense=1"));
    assertThat(PatientsCase.matches(found)).isEqualTo("whole");
    List<Resource> outcomes =
        found.getEntry().stream()
            .filter(one -> one.getSearch().getMode() == SearchEntryMode.OUTCOME)
            .map(Bundle.BundleEntryComponent::getResource)
            .toList();
    assertThat(outcomes).hasSize(1);
    List<String> said =
        ((OperationOutcome) outcomes.getFirst())
            .getIssue().stream().map(issue -> issue.getDiagnostics()).toList();
    assertThat(said).hasSize(2);
    assertThat(said.get(0)).contains("nonsense");
    assertThat(said.get(1)).contains("Device/odd", "cannot be shown as XML");

    Bundle history = bundle(node.get("/_history?_format=xml"));
    Bundle.BundleEntryComponent version =
        history.getEntry().stream()
            .filter(one -> one.getFullUrl().endsWith("/Device/odd"))
            .findFirst()
            .orElseThrow();
    assertThat(version.hasResource()).isFalse();
    assertThat(version.getResponse().getOutcome()).isInstanceOf(OperationOutcome.class);

    Reply alone = node.get("/Device/odd?_format=xml");
    assertThat(alone.status()).isEqualTo(406);
    assertThat(((OperationOutcome) parsed(alone)).getIssueFirstRep().getDiagnostics())
        .contains("Device/odd cannot be shown as XML", "application/fhir+json");
  }

  @Test
  void isWrittenThoughItCannotBeShown() {
    String device = odd("\"text\":{\"div\":\"<div><script></div>\"}").replace("odd", "written");
    Reply written = node.put("/Device/written", device, "Accept", XML);
    assertThat(written.status()).isEqualTo(201);
    assertThat(written.header("ETag")).startsWith("W/\"1-");
    OperationOutcome said = (OperationOutcome) parsed(written);
    assertThat(said.getIssueFirstRep().getSeverity())
        .isEqualTo(OperationOutcome.IssueSeverity.WARNING);
    assertThat(said.getIssueFirstRep().getDiagnostics())
        .startsWith("Device/written was created. Device/written cannot be shown as XML");
    Reply pdf = node.put("/Device/written", device, "Accept", "application/pdf");
    assertThat(pdf.status()).isEqualTo(200);
    assertThat(pdf.text()).contains("application/pdf is not offered");

    String entry = "{\"request\":{\"method\":\"PUT\",\"url\":\"Device/%s\"},\"resource\":%s}";
    String entries = entry.formatted("written", device) + "," + entry.formatted("whole", WHOLE);
    for (String type : List.of("batch", "transaction")) {
      Reply both =
          node.post(
              "",
              "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + entries + "]}",
              "Accept",
              XML,
              "Prefer",
              "return=representation");
      List<Bundle.BundleEntryComponent> answers = bundle(both).getEntry();
      assertThat(answers.get(0).hasResource()).isFalse();
      assertThat(answers.get(0).getResponse().getStatus()).startsWith("200");
      assertThat(answers.get(0).getResponse().getEtag()).startsWith("W/");
      assertThat(answers.get(0).getResponse().getOutcome()).isInstanceOf(OperationOutcome.class);
      assertThat(answers.get(1).getResource().getIdPart()).isEqualTo("whole");
    }
  }
}
