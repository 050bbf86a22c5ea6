package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.SearchTotalModeEnum;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.skerry.fhir.FhirNode.Reply;
import tools.jackson.databind.JsonNode;

/** What searches over real HTTP show, and what is refused. */
class SearchOverHttpTest extends PatientsCase {
  @Test
  void aFilterIsNeverUsedInPart() {
    for (String handling : List.of("strict", "lenient")) {
      Reply reply =
          node.get(
              "/Patient?_filter=gender+eq+male+and+colour+eq+blue",
              "Prefer",
              "handling=" + handling);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).contains("_filter, character 20: Patient has no search parameter");
      assertThat(node.get("/Patient?_text=(x", "Prefer", "handling=" + handling).text())
          .contains("_text, character 1: this bracket is not closed");
    }
  }

  @Test
  void partsAreShown() {
    IGenericClient client = node.hapi();
    Bundle summary = shown(client, SummaryEnum.TRUE);
    Patient patient = (Patient) summary.getEntryFirstRep().getResource();
    assertThat(patient.hasText()).isFalse();
    assertThat(patient.getNameFirstRep().getFamily()).isEqualTo("Okafor");
    assertThat(patient.getMeta().getTag(Constants.TAG_SUBSETTED_SYSTEM_R4, "SUBSETTED"))
        .isNotNull();
    Patient text = (Patient) shown(client, SummaryEnum.TEXT).getEntryFirstRep().getResource();
    assertThat(text.hasText()).isTrue();
    assertThat(text.hasName()).isFalse();
    Patient data = (Patient) shown(client, SummaryEnum.DATA).getEntryFirstRep().getResource();
    assertThat(data.hasText()).isFalse();
    assertThat(data.hasName()).isTrue();
    Bundle count = shown(client, SummaryEnum.COUNT);
    assertThat(count.getTotal()).isEqualTo(5);
    assertThat(count.getEntry()).isEmpty();
    Reply elements = node.get("/Patient?_id=p1&_elements=gender");
    assertThat(elements.json().at("/entry/0/resource/gender").asString()).isEqualTo("female");
    assertThat(elements.json().at("/entry/0/resource/name").isMissingNode()).isTrue();
    assertThat(node.get("/Patient?_summary=much").status()).isEqualTo(400);
  }

  @Test
  void oneOfWhichNoPartCanBeShownKeepsNoOthersBack() {
    String device = "{\"resourceType\":\"Device\",\"id\":\"%s\",\"text\":{\"div\":\"<div>%s\"}}";
    node.put("/Device/broken", device.formatted("broken", "<script></div>"));
    node.put("/Device/whole", device.formatted("whole", "</div>"));
    for (String parts : List.of("_summary=true", "_elements=status")) {
      Reply reply = node.get("/Device?" + parts);
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThat(reply.text()).contains("\"id\":\"whole\"", "Device/broken is not shown in part");
      assertThat(node.get("/Device/broken?" + parts).code()).isEqualTo("structure");
    }
    assertThat(node.get("/Device").text()).contains("\"id\":\"broken\"");
  }

  private static Bundle shown(IGenericClient client, SummaryEnum summary) {
    return client
        .search()
        .forResource(Patient.class)
        .summaryMode(summary)
        .returnBundle(Bundle.class)
        .execute();
  }

  @Test
  void whatIsKeptIsShownDigitByDigit() {
    Reply found = node.get("/Observation?_id=w1");
    assertThat(found.text()).contains("\"value\":61.0,").contains("\"mode\":\"match\"");
    assertThat(found.json().path("total").asInt()).isEqualTo(1);
    assertThat(node.get("/Observation?_id=w1&_format=xml").text())
        .startsWith("<Bundle")
        .contains("<value value=\"61.0\"");
  }

  @Test
  void theSystemIsSearched() {
    Reply found = node.get("?_type=Patient,Organization&_count=2");
    assertThat(found.json().at("/entry/0/resource/id").asString()).isEqualTo("o");
    assertThat(found.json().at("/total").asInt()).isEqualTo(6);
    assertThat(node.get("?_type=Nonsense").status()).isEqualTo(400);
    Reply posted =
        node.post(
            "/_search",
            "_type=Patient&_id=p1,p2",
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(posted.json().path("total").asInt()).isEqualTo(2);
    assertThat(node.post("/_search", "{}").status()).isEqualTo(415);
  }

  @Test
  void whatOneTypeUnderstandsHoldsOnTheNextPageToo() {
    List<String> all = new ArrayList<>();
    Reply page = node.get("?_type=Observation,Patient&_sort=code&_count=3");
    while (true) {
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      page.json().path("entry").forEach(one -> all.add(one.at("/resource/id").asString()));
      Optional<String> next = link(page, "next");
      if (next.isEmpty()) {
        break;
      }
      assertThat(next.get()).contains("_sort=code");
      page = node.get(next.get().substring(node.base().length()));
    }
    assertThat(all).hasSizeGreaterThan(5).doesNotHaveDuplicates();
    Reply coded = node.get("?_type=Observation,Patient&code=3141-9&_count=1");
    assertThat(link(coded, "next").orElseThrow()).contains("&code=3141-9");
    assertThat(coded.text()).contains("The parameter code is unknown here");
  }

  private static Optional<String> link(Reply page, String relation) {
    for (JsonNode link : page.json().path("link")) {
      if (link.path("relation").asString().equals(relation)) {
        return Optional.of(link.path("url").asString());
      }
    }
    return Optional.empty();
  }

  @Test
  void aCompartmentIsSearched() {
    assertThat(node.get("/Patient/p1/Observation?code=3141-9").json().path("total").asInt())
        .isEqualTo(1);
    assertThat(node.get("/Patient/p1/*").json().path("total").asInt()).isEqualTo(2);
    assertThat(node.get("/Patient/p1/Nonsense").status()).isEqualTo(404);
    assertThat(node.get("/Organization/o/Observation").status()).isEqualTo(400);
  }

  @Test
  void everythingOfAPatientIsThere() {
    Parameters answer =
        node.hapi()
            .operation()
            .onInstance(new IdType("Patient/p1"))
            .named("$everything")
            .withNoParameters(Parameters.class)
            .useHttpGet()
            .execute();
    Bundle all = (Bundle) answer.getParameterFirstRep().getResource();
    assertThat(matches(all)).isEqualTo("w1 p1");
    assertThat(ids(all, SearchEntryMode.INCLUDE)).isEqualTo("o");
    assertThat(node.get("/Patient/p1/$everything?_type=Observation").json().path("total").asInt())
        .isEqualTo(1);
    assertThat(node.get("/Patient/p1/$everything?_since=2999-01-01").json().path("total").asInt())
        .isZero();
    assertThat(node.get("/Patient/nobody/$everything").status()).isEqualTo(404);
    assertThat(node.get("/Patient/p1/$everything?start=2020").code()).isEqualTo("not-supported");
  }

  @Test
  void whatIsWrongIsAnOutcome() {
    IGenericClient client = node.hapi();
    assertThatThrownBy(
            () ->
                client
                    .search()
                    .byUrl("Patient?birthdate=soon")
                    .returnBundle(Bundle.class)
                    .execute())
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("soon");
    assertThatThrownBy(
            () -> client.search().byUrl("Nonsense?x=y").returnBundle(Bundle.class).execute())
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(node.get("/Condition?code:in=http://vs").code()).isEqualTo("not-supported");
  }

  @Test
  void unknownParametersAreToldAndStrictlyRefused() {
    Bundle lenient =
        node.hapi()
            .search()
            .byUrl("Patient?_id=p1&colour=blue")
            .returnBundle(Bundle.class)
            .execute();
    assertThat(matches(lenient)).isEqualTo("p1");
    List<BundleEntryComponent> outcomes =
        lenient.getEntry().stream()
            .filter(entry -> entry.getSearch().getMode() == SearchEntryMode.OUTCOME)
            .toList();
    assertThat(
            ((OperationOutcome) outcomes.getFirst().getResource())
                .getIssueFirstRep()
                .getDiagnostics())
        .contains("colour");
    assertThat(lenient.getLink("self").getUrl()).contains("_id=p1").doesNotContain("colour");
    assertThat(node.get("/Patient?_sort=-colour,name&_count=1").json().path("link").toString())
        .contains("_sort=name")
        .doesNotContain("colour");
    assertThat(node.get("/Patient?_sort=colour").json().path("link").toString())
        .doesNotContain("_sort");
    String keys = "name,".repeat(20) + "name";
    assertThat(node.get("/Patient?_sort=" + keys).status()).isEqualTo(400);
    assertThat(node.get("/Patient?colour=blue", "Prefer", "handling=strict").status())
        .isEqualTo(400);
  }

  @Test
  void theStatementNamesWhatIsSearched() {
    CapabilityStatement statement =
        node.hapi().capabilities().ofType(CapabilityStatement.class).execute();
    var patient =
        statement.getRestFirstRep().getResource().stream()
            .filter(resource -> resource.getType().equals("Patient"))
            .findFirst()
            .orElseThrow();
    assertThat(patient.getSearchParam())
        .extracting(one -> one.getName())
        .contains("name", "birthdate", "_id", "_lastUpdated", "phonetic", "_text", "_content")
        .doesNotContain("_list", "_query", "_filter");
    assertThat(statement.getRestFirstRep().getSearchParam())
        .extracting(one -> one.getName())
        .containsExactly("_filter");
    assertThat(patient.getInteraction())
        .extracting(one -> one.getCode().toCode())
        .contains("search-type");
    assertThat(patient.getOperation()).extracting(one -> one.getName()).contains("everything");
    assertThat(statement.getRestFirstRep().getCompartment()).hasSize(5);
  }

  @Test
  void aResourceInConflictIsFoundByItsTag() {
    assertThat(
            node.hapi()
                .search()
                .forResource(Patient.class)
                .totalMode(SearchTotalModeEnum.ACCURATE)
                .withTag("http://skerry.org/fhir/CodeSystem/state", "conflicted")
                .returnBundle(Bundle.class)
                .execute()
                .getTotal())
        .isZero();
    Reply other =
        node.send(
            "PUT",
            "/clinic/Practitioner%2Fc?new_edits=false",
            "{\"_id\":\"Practitioner/c\",\"_rev\":\"1-0000000000000000000000000000000a\",\"resourceType\":\"Practitioner\"}");
    assertThat(other.status()).isEqualTo(201);
    node.send(
        "PUT",
        "/clinic/Practitioner%2Fc?new_edits=false",
        "{\"_id\":\"Practitioner/c\",\"_rev\":\"1-0000000000000000000000000000000b\",\"resourceType\":\"Practitioner\"}");
    Reply found = node.get("/Practitioner?_tag=conflicted");
    assertThat(found.json().path("total").asInt()).isEqualTo(1);
    assertThat(found.text()).contains("\"code\":\"conflicted\"");
  }
}
