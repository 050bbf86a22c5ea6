package org.skerry.fhir.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.rest.Resources;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;

/** What an entry of a bundle asks. */
class EntryTest {
  private static final String BASE = "http://node.example:5984/fhir/clinic";

  private static Entry entry(String json) {
    return Entry.of(3, json.getBytes(UTF_8), BASE);
  }

  private static Entry request(String method, String url, String more) {
    return entry(
        "{\"request\":{\"method\":\"" + method + "\",\"url\":\"" + url + "\"" + more + "}}");
  }

  @ParameterizedTest
  @CsvSource({
    "Patient/1, Patient/1, ''",
    "/Patient/1, Patient/1, ''",
    "Patient?name=a, Patient, name=a",
    "http://node.example:5984/fhir/clinic/Patient/1, Patient/1, ''",
    "http://node.example:5984/fhir/clinic?_type=Patient, '', _type=Patient",
    "http://node.example:5984/fhir/clinic, '', ''",
    "Patient?url=http://other.example/x, Patient, url=http://other.example/x"
  })
  void anUrlIsReadBelowTheServersBase(String url, String path, String query) {
    Entry entry = request("GET", url, "");
    assertThat(String.join("/", entry.segments())).isEqualTo(path);
    assertThat(entry.query()).isEqualTo(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://other.example/fhir/Patient/1",
        "https://node.example:5984/fhir/clinic/Patient/1",
        "http://node.example:5984/fhir/clinics/Patient/1"
      })
  void anotherServerIsNotAsked(String url) {
    Entry entry = request("GET", url, "");
    assertThatThrownBy(entry::segments)
        .isInstanceOf(HttpProblem.class)
        .hasMessageContaining("Bundle.entry[3] asks " + url);
  }

  @Test
  void whatIsMissingIsNamedWithItsEntry() {
    for (String json : new String[] {"{}", "1", "{\"request\":{}}"}) {
      assertThatThrownBy(() -> entry(json))
          .isInstanceOf(OutcomeException.class)
          .hasMessageContaining("Bundle.entry[3]");
    }
    assertThatThrownBy(() -> request("BREW", "Patient", "")).hasMessageContaining("\"BREW\"");
  }

  @Test
  void headIsAskedAsGet() {
    assertThat(request("HEAD", "Patient/1", "").method()).isEqualTo(Method.GET);
  }

  @Test
  void aVersionToMatchHasNoQuotesAndNoneIsForPutAlone() {
    assertThat(request("PUT", "Patient/1", ",\"ifMatch\":\"W/\\\"2-ab\\\"\"").ifMatch())
        .contains("2-ab");
    assertThat(request("PUT", "Patient/1", ",\"ifNoneMatch\":\"*\"").ifMatch())
        .contains(Resources.NONE);
    assertThat(request("GET", "Patient/1", ",\"ifNoneMatch\":\"*\"").ifMatch()).isEmpty();
    assertThat(request("PUT", "Patient/1", "").ifMatch()).isEmpty();
  }

  @Test
  void aFullUrlOfAServerSaysWhereTheResourceWouldBe() {
    String full = "\"fullUrl\":\"http://other.example/a/Patient/7\"";
    Entry entry = entry("{" + full + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}");
    assertThat(entry.literal("Patient")).contains("Patient/7");
    assertThat(entry.server("Patient")).contains("http://other.example/a");
    assertThat(entry.literal("Observation")).isEmpty();
    String odd = full.replace("7", "{7}|%zz");
    assertThat(
            entry("{" + odd + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}")
                .literal("Patient"))
        .contains("Patient/{7}|%zz");
  }
}
