package org.skerry.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.fhir.search.query.BadSearchException;

class ChainSearchTest extends SearchCase {
  @BeforeEach
  void write() {
    put("Organization/o1", "'name':'Acme Hospital'");
    put("Organization/o2", "'name':'Other'");
    patient("p1", "Peter", "o1");
    patient("p2", "Petra", "o2");
    patient("p3", "Paul", "o1");
    put("Group/p1", "'name':'Peter'");
    observation("a", "Patient/p1", "1234-5");
    observation("b", "Patient/p2", "1234-5");
    observation("c", "Patient/p3", "9999-9");
    observation("d", "Group/p1", "1234-5");
  }

  private void patient(String id, String name, String organization) {
    put(
        "Patient/" + id,
        "'name':[{'given':['"
            + name
            + "']}],'managingOrganization':{'reference':'Organization/"
            + organization
            + "'}");
  }

  private void observation(String id, String subject, String code) {
    put(
        "Observation/" + id,
        "'subject':{'reference':'"
            + subject
            + "'},'code':{'coding':[{'system':'l','code':'"
            + code
            + "'}]}");
  }

  @Test
  void aChainAsksWhatIsReferredTo() {
    assertThat(found("Observation?subject:Patient.name=pet")).isEqualTo("a b");
    assertThat(found("Observation?patient.name=peter")).isEqualTo("a");
    assertThat(found("Observation?subject:Patient.name=pet&code=1234-5")).isEqualTo("a b");
    assertThat(found("Observation?subject:Patient.name:exact=Paul")).isEqualTo("c");
    assertThat(found("Observation?subject:Patient.organization.name=acme")).isEqualTo("a c");
    assertThat(found("Observation?subject:Patient._id=p2")).isEqualTo("b");
    assertThat(found("Observation?subject:Patient.name=nobody")).isEmpty();
  }

  @Test
  void aChainWithoutATypeAsksAllThatMayBeReferredTo() {
    assertThat(found("Observation?subject.identifier=x")).isEmpty();
    put("Location/l", "'name':'Ward'");
    observation("e", "Location/l", "1");
    assertThat(found("Observation?subject.name=ward")).isEqualTo("e");
  }

  @Test
  void aChainThatCannotBeIsRefused() {
    assertThatThrownBy(() -> ask("Observation?code.name=x"))
        .isInstanceOf(BadSearchException.class)
        .hasMessageContaining("no reference");
    assertThatThrownBy(() -> ask("Observation?subject:Nothing.name=x"))
        .isInstanceOf(BadSearchException.class);
    assertThatThrownBy(() -> ask("Observation?subject:Patient.nonsense=x"))
        .isInstanceOf(BadSearchException.class);
  }

  @Test
  void hasAsksWhatRefersToIt() {
    assertThat(found("Patient?_has:Observation:patient:code=1234-5")).isEqualTo("p1 p2");
    assertThat(found("Patient?_has:Observation:subject:code=9999-9")).isEqualTo("p3");
    assertThat(found("Patient?_has:Observation:patient:code=1234-5&organization.name=acme"))
        .isEqualTo("p1");
    assertThat(found("Organization?_has:Patient:organization:_has:Observation:patient:code=9999-9"))
        .isEqualTo("o1");
    assertThat(found("Patient?_has:Observation:patient:code:not=1234-5")).isEqualTo("p3");
    assertThat(found("Observation?subject:Patient._has:Observation:patient:code=9999-9"))
        .isEqualTo("c");
  }

  @Test
  void aHasThatCannotBeIsRefused() {
    for (String bad :
        new String[] {"_has:Observation:code:code", "_has:Observation:patient", "_has:X:y:z"}) {
      assertThatThrownBy(() -> ask("Patient?" + bad + "=x"))
          .as(bad)
          .isInstanceOf(BadSearchException.class);
    }
  }

  @Test
  void includesComeWithWhatIsFound() {
    assertThat(included("Observation?_id=a&_include=Observation:subject")).isEqualTo("p1");
    assertThat(included("Observation?_include=Observation:subject:Patient")).isEqualTo("p1 p2 p3");
    assertThat(
            included(
                "Observation?_id=a&_include=Observation:subject&_include=Patient:organization"))
        .as("without iterate only from what was found")
        .isEqualTo("p1");
    assertThat(
            included(
                "Observation?_id=a&_include=Observation:subject&_include:iterate=Patient:organization"))
        .isEqualTo("p1 o1");
    assertThat(included("Patient?_id=p1&_revinclude=Observation:subject")).isEqualTo("a");
    assertThat(included("Patient?_id=p1&_revinclude=Observation:subject:Group")).isEmpty();
    assertThat(included("Patient?_id=p1&_include=*")).isEqualTo("o1");
    assertThat(
            included(
                "Organization?_id=o1&_revinclude=Patient:organization&_revinclude:iterate=Observation:patient"))
        .isEqualTo("p1 p3 a c");
    assertThat(included("Observation?code=1234-5&_include=Observation:patient&_count=1"))
        .as("of the page alone")
        .isEqualTo("p1");
    assertThatThrownBy(() -> ask("Patient?_include=Patient:name"))
        .isInstanceOf(BadSearchException.class);
  }

  @Test
  void whatIsGoneIsNotIncluded() {
    write("Patient/p1", "");
    assertThat(included("Observation?_id=a&_include=Observation:subject")).isEmpty();
  }

  private String included(String url) {
    return ids(ask(url).page().included());
  }

  @Test
  void aCompartmentIsSearched() {
    assertThat(inCompartment("Observation", "Patient/p1", "")).isEqualTo("a");
    assertThat(inCompartment("Observation", "Patient/p1", "code=nothing")).isEmpty();
    assertThat(inCompartment("Organization", "Patient/p1", "")).isEmpty();
  }

  private String inCompartment(String type, String resource, String query) {
    SearchRequest request =
        new SearchRequest(
            java.util.List.of(type),
            parameters(query),
            java.util.Optional.of(resource),
            true,
            java.util.Optional.empty());
    return ids(search.of(database).search(request).page().matches());
  }

  @Test
  void everythingOfAPatientComesWithWhatItRefersTo() {
    SearchAnswer all =
        search.of(database).everything("Patient/p1", java.util.List.of(), parameters(""));
    assertThat(ids(all.page().matches())).isEqualTo("a p1");
    assertThat(ids(all.page().included())).isEqualTo("o1");
  }

  @Test
  void conditionsOfInteractionsAreStrict() {
    SearchIndex index = search.of(database);
    assertThat(index.matches("Patient", parameters("name=pet"), java.util.Optional.empty(), 10))
        .extracting(Object::toString)
        .containsExactly("Patient/p1", "Patient/p2");
    assertThat(index.matches("Patient", parameters("name=pet"), java.util.Optional.empty(), 1))
        .hasSize(1);
    assertThatThrownBy(
            () -> index.matches("Patient", parameters("nm=x"), java.util.Optional.empty(), 1))
        .isInstanceOf(BadSearchException.class);
    assertThatThrownBy(
            () -> index.matches("Patient", parameters("_count=1"), java.util.Optional.empty(), 1))
        .isInstanceOf(BadSearchException.class)
        .hasMessageContaining("condition");
  }
}
