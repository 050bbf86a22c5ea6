package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.api.SearchStyleEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.gclient.StringClientParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

/** Searches over real HTTP, by HAPI's client. */
class HapiSearchTest extends PatientsCase {
  @Test
  void hapisClientSearchesSortsAndPages() {
    IGenericClient client = node.hapi();
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
    assertThat(first.getEntryFirstRep().getFullUrl()).isEqualTo(node.base() + "/Patient/p5");
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
    IGenericClient client = node.hapi();
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
    IGenericClient client = node.hapi();
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
  void hapisClientPostsSearches() {
    Bundle found =
        node.hapi()
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
        node.hapi()
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
        node.hapi()
            .search()
            .forResource(Patient.class)
            .where(Patient.RES_ID.exactly().code("p1"))
            .revInclude(Observation.INCLUDE_SUBJECT)
            .returnBundle(Bundle.class)
            .execute();
    assertThat(ids(back, SearchEntryMode.INCLUDE)).isEqualTo("w1");
    Bundle has =
        node.hapi()
            .search()
            .forResource(Patient.class)
            .where(Patient.GENDER.exactly().code("female"))
            .and(
                new StringClientParam("_has:Observation:patient:value-quantity")
                    .matches()
                    .value("gt62"))
            .returnBundle(Bundle.class)
            .execute();
    assertThat(matches(has)).isEqualTo("p3 p5");
  }
}
