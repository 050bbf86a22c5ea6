package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.SearchStyleEnum;
import ca.uhn.fhir.rest.api.SearchTotalModeEnum;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.gclient.StringClientParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.fhir.FhirNode.Reply;
import tools.jackson.databind.JsonNode;

/** Searches over real HTTP, most by HAPI's client. */
@Timeout(300)
class SearchOverHttpTest {
  private static final FhirNode NODE = new FhirNode();

  @BeforeAll
  static void write() {
    put("Organization/o", "'name':'Acme'");
    for (int i = 1; i <= 5; i++) {
      put(
          "Patient/p" + i,
          "'name':[{'family':'Okafor','given':['Ada"
              + i
              + "']}],'gender':'"
              + (i % 2 == 0 ? "male" : "female")
              + "','birthDate':'198"
              + (9 - i)
              + "-01-01','text':{'status':'generated','div':'<div"
              + " xmlns=\\'http://www.w3.org/1999/xhtml\\'>x</div>'},"
              + "'managingOrganization':{'reference':'Organization/o'}");
      put(
          "Observation/w" + i,
          "'status':'final','code':{'coding':[{'system':'http://loinc.org','code':'3141-9'}]},"
              + "'subject':{'reference':'Patient/p"
              + i
              + "'},'valueQuantity':{'value':6"
              + i
              + ".0,'unit':'kg'}");
    }
  }

  @AfterAll
  static void stop() {
    NODE.close();
  }

  private static void put(String id, String members) {
    String[] parts = id.split("/");
    String json = "{'resourceType':'" + parts[0] + "','id':'" + parts[1] + "'," + members + "}";
    String quoted = json.replace("\\'", "\\\"").replace('\'', '"');
    assertThat(NODE.put("/" + id, quoted).status()).isEqualTo(201);
  }

  private static String ids(Bundle bundle, SearchEntryMode mode) {
    return String.join(
        " ",
        bundle.getEntry().stream()
            .filter(entry -> entry.getSearch().getMode() == mode)
            .map(entry -> entry.getResource().getIdElement().getIdPart())
            .toList());
  }

  private static String matches(Bundle bundle) {
    return ids(bundle, SearchEntryMode.MATCH);
  }

  @Test
  void hapisClientSearchesSortsAndPages() {
    IGenericClient client = NODE.hapi();
    Bundle first =
        client
            .search()
            .forResource(Patient.class)
            .where(Patient.FAMILY.matches().value("oka"))
            .and(Patient.BIRTHDATE.after().day("1980-06-01"))
            .sort()
            .ascending(Patient.BIRTHDATE)
            .count(2)
            .returnBundle(Bundle.class)
            .execute();
    assertThat(matches(first)).isEqualTo("p5 p4");
    assertThat(first.getTotal()).isEqualTo(5);
    assertThat(first.getEntryFirstRep().getFullUrl()).isEqualTo(NODE.base() + "/Patient/p5");
    assertThat(first.getEntryFirstRep().getResource().getMeta().getVersionId()).startsWith("1-");
    Bundle second = client.loadPage().next(first).execute();
    assertThat(matches(second)).isEqualTo("p3 p2");
    Bundle third = client.loadPage().next(second).execute();
    assertThat(matches(third)).isEqualTo("p1");
    assertThat(third.getLink(Bundle.LINK_NEXT)).isNull();
    assertThat(
            matches(
                client
                    .loadPage()
                    .byUrl(third.getLink("self").getUrl())
                    .andReturnBundle(Bundle.class)
                    .execute()))
        .isEqualTo("p1");
  }

  @Test
  void hapisClientLooksForWords() {
    IGenericClient client = NODE.hapi();
    Bundle first =
        client
            .search()
            .forResource(Patient.class)
            .where(new StringClientParam("_text").matches().value("x"))
            .and(Patient.BIRTHDATE.beforeOrEquals().day("1987-12-31"))
            .and(new StringClientParam("_content").matches().value("okafor NOT ada3"))
            .sort()
            .ascending(Patient.BIRTHDATE)
            .count(2)
            .returnBundle(Bundle.class)
            .execute();
    assertThat(matches(first)).isEqualTo("p5 p4");
    assertThat(first.getTotal()).isEqualTo(3);
    assertThat(matches(client.loadPage().next(first).execute())).isEqualTo("p2");
    assertThat(
            matches(
                client
                    .search()
                    .forResource(Observation.class)
                    .where(new StringClientParam("subject:Patient._content").matches().value("ad*"))
                    .and(Observation.SUBJECT.hasId("Patient/p2"))
                    .returnBundle(Bundle.class)
                    .execute()))
        .isEqualTo("w2");
  }

  @Test
  void hapisClientFilters() {
    IGenericClient client = NODE.hapi();
    Bundle found =
        client
            .search()
            .forResource(Patient.class)
            .whereMap(
                Map.of("_filter", List.of("given eq \"ada2\" or not (birthdate lt 1988-01-01)")))
            .returnBundle(Bundle.class)
            .execute();
    assertThat(matches(found)).isEqualTo("p1 p2");
    assertThat(
            matches(
                client
                    .search()
                    .byUrl(found.getLink("self").getUrl())
                    .returnBundle(Bundle.class)
                    .execute()))
        .isEqualTo("p1 p2");
    assertThatThrownBy(
            () ->
                client
                    .search()
                    .forResource(Patient.class)
                    .whereMap(Map.of("_filter", List.of("gender eq male and name sa x")))
                    .returnBundle(Bundle.class)
                    .execute())
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> {
              OperationOutcome outcome = (OperationOutcome) e.getOperationOutcome();
              assertThat(outcome.getIssueFirstRep().getCode())
                  .isEqualTo(OperationOutcome.IssueType.NOTSUPPORTED);
              assertThat(outcome.getIssueFirstRep().getDiagnostics())
                  .startsWith("_filter, character 20: ")
                  .contains("Patient.name of type string does not support the operator sa");
            });
  }

  @Test
  void aFilterIsNeverUsedInPart() {
    for (String handling : List.of("strict", "lenient")) {
      Reply reply =
          NODE.get(
              "/Patient?_filter=gender+eq+male+and+colour+eq+blue",
              "Prefer",
              "handling=" + handling);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).contains("_filter, character 20: Patient has no search parameter");
      assertThat(NODE.get("/Patient?_text=(x", "Prefer", "handling=" + handling).text())
          .contains("_text, character 1: this bracket is not closed");
    }
  }

  @Test
  void hapisClientPostsSearches() {
    Bundle found =
        NODE.hapi()
            .search()
            .forResource(Patient.class)
            .where(
                Patient.GENDER
                    .exactly()
                    .systemAndCode("http://hl7.org/fhir/administrative-gender", "male"))
            .usingStyle(SearchStyleEnum.POST)
            .returnBundle(Bundle.class)
            .execute();
    assertThat(matches(found)).isEqualTo("p2 p4");
  }

  @Test
  void hapisClientChainsAndIncludes() {
    Bundle found =
        NODE.hapi()
            .search()
            .forResource(Observation.class)
            .where(Observation.PATIENT.hasChainedProperty(Patient.GIVEN.matches().value("ada3")))
            .include(Observation.INCLUDE_PATIENT)
            .include(Patient.INCLUDE_ORGANIZATION.asRecursive())
            .returnBundle(Bundle.class)
            .execute();
    assertThat(matches(found)).isEqualTo("w3");
    assertThat(ids(found, SearchEntryMode.INCLUDE)).isEqualTo("p3 o");
    Bundle back =
        NODE.hapi()
            .search()
            .forResource(Patient.class)
            .where(Patient.RES_ID.exactly().code("p1"))
            .revInclude(Observation.INCLUDE_SUBJECT)
            .returnBundle(Bundle.class)
            .execute();
    assertThat(ids(back, SearchEntryMode.INCLUDE)).isEqualTo("w1");
    Bundle has =
        NODE.hapi()
            .search()
            .forResource(Patient.class)
            .where(Patient.GENDER.exactly().code("female"))
            .and(
                new ca.uhn.fhir.rest.gclient.StringClientParam(
                        "_has:Observation:patient:value-quantity")
                    .matches()
                    .value("gt62"))
            .returnBundle(Bundle.class)
            .execute();
    assertThat(matches(has)).isEqualTo("p3 p5");
  }

  @Test
  void partsAreShown() {
    IGenericClient client = NODE.hapi();
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
    Reply elements = NODE.get("/Patient?_id=p1&_elements=gender");
    assertThat(elements.json().at("/entry/0/resource/gender").asString()).isEqualTo("female");
    assertThat(elements.json().at("/entry/0/resource/name").isMissingNode()).isTrue();
    assertThat(NODE.get("/Patient?_summary=much").status()).isEqualTo(400);
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
    Reply found = NODE.get("/Observation?_id=w1");
    assertThat(found.text()).contains("\"value\":61.0,").contains("\"mode\":\"match\"");
    assertThat(found.json().path("total").asInt()).isEqualTo(1);
    assertThat(NODE.get("/Observation?_id=w1&_format=xml").text())
        .startsWith("<Bundle")
        .contains("<value value=\"61.0\"");
  }

  @Test
  void theSystemIsSearched() {
    Reply found = NODE.get("?_type=Patient,Organization&_count=2");
    assertThat(found.json().at("/entry/0/resource/id").asString()).isEqualTo("o");
    assertThat(found.json().at("/total").asInt()).isEqualTo(6);
    assertThat(NODE.get("?_type=Nonsense").status()).isEqualTo(400);
    Reply posted =
        NODE.post(
            "/_search",
            "_type=Patient&_id=p1,p2",
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(posted.json().path("total").asInt()).isEqualTo(2);
    assertThat(NODE.post("/_search", "{}").status()).isEqualTo(415);
  }

  @Test
  void whatOneTypeUnderstandsHoldsOnTheNextPageToo() {
    List<String> all = new ArrayList<>();
    Reply page = NODE.get("?_type=Observation,Patient&_sort=code&_count=3");
    while (true) {
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      page.json().path("entry").forEach(one -> all.add(one.at("/resource/id").asString()));
      Optional<String> next = link(page, "next");
      if (next.isEmpty()) {
        break;
      }
      assertThat(next.get()).contains("_sort=code");
      page = NODE.get(next.get().substring(NODE.base().length()));
    }
    assertThat(all).hasSizeGreaterThan(5).doesNotHaveDuplicates();
    Reply coded = NODE.get("?_type=Observation,Patient&code=3141-9&_count=1");
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
    assertThat(NODE.get("/Patient/p1/Observation?code=3141-9").json().path("total").asInt())
        .isEqualTo(1);
    assertThat(NODE.get("/Patient/p1/*").json().path("total").asInt()).isEqualTo(2);
    assertThat(NODE.get("/Patient/p1/Nonsense").status()).isEqualTo(404);
    assertThat(NODE.get("/Organization/o/Observation").status()).isEqualTo(400);
  }

  @Test
  void everythingOfAPatientIsThere() {
    Parameters answer =
        NODE.hapi()
            .operation()
            .onInstance(new IdType("Patient/p1"))
            .named("$everything")
            .withNoParameters(Parameters.class)
            .useHttpGet()
            .execute();
    Bundle all = (Bundle) answer.getParameterFirstRep().getResource();
    assertThat(matches(all)).isEqualTo("w1 p1");
    assertThat(ids(all, SearchEntryMode.INCLUDE)).isEqualTo("o");
    assertThat(NODE.get("/Patient/p1/$everything?_type=Observation").json().path("total").asInt())
        .isEqualTo(1);
    assertThat(NODE.get("/Patient/p1/$everything?_since=2999-01-01").json().path("total").asInt())
        .isZero();
    assertThat(NODE.get("/Patient/nobody/$everything").status()).isEqualTo(404);
    assertThat(NODE.get("/Patient/p1/$everything?start=2020").code()).isEqualTo("not-supported");
  }

  @Test
  void whatIsWrongIsAnOutcome() {
    IGenericClient client = NODE.hapi();
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
    assertThat(NODE.get("/Condition?code:in=http://vs").code()).isEqualTo("not-supported");
  }

  @Test
  void unknownParametersAreToldAndStrictlyRefused() {
    Bundle lenient =
        NODE.hapi()
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
    assertThat(NODE.get("/Patient?_sort=-colour,name&_count=1").json().path("link").toString())
        .contains("_sort=name")
        .doesNotContain("colour");
    assertThat(NODE.get("/Patient?_sort=colour").json().path("link").toString())
        .doesNotContain("_sort");
    assertThat(NODE.get("/Patient?colour=blue", "Prefer", "handling=strict").status())
        .isEqualTo(400);
  }

  @Test
  void theStatementNamesWhatIsSearched() {
    CapabilityStatement statement =
        NODE.hapi().capabilities().ofType(CapabilityStatement.class).execute();
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
            NODE.hapi()
                .search()
                .forResource(Patient.class)
                .totalMode(SearchTotalModeEnum.ACCURATE)
                .withTag("http://skerry.org/fhir/CodeSystem/state", "conflicted")
                .returnBundle(Bundle.class)
                .execute()
                .getTotal())
        .isZero();
    Reply other =
        NODE.send(
            "PUT",
            "/clinic/Practitioner%2Fc?new_edits=false",
            "{\"_id\":\"Practitioner/c\",\"_rev\":\"1-0000000000000000000000000000000a\",\"resourceType\":\"Practitioner\"}");
    assertThat(other.status()).isEqualTo(201);
    NODE.send(
        "PUT",
        "/clinic/Practitioner%2Fc?new_edits=false",
        "{\"_id\":\"Practitioner/c\",\"_rev\":\"1-0000000000000000000000000000000b\",\"resourceType\":\"Practitioner\"}");
    Reply found = NODE.get("/Practitioner?_tag=conflicted");
    assertThat(found.json().path("total").asInt()).isEqualTo(1);
    assertThat(found.text()).contains("\"code\":\"conflicted\"");
  }
}
