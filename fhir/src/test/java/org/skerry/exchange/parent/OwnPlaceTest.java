package org.skerry.exchange.parent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.http.HttpProblem;

/** Where a wrapped request may lead. */
class OwnPlaceTest {
  private static final String BASE = "http://parent.example:5984";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      textBlock =
          """
          http://parent.example:5984/fhir/clinic/Patient/1 | /fhir/clinic/Patient/1
          HTTP://PARENT.example:5984/fhir/clinic?name=a%26b&_id=1 | /fhir/clinic?name=a%26b&_id=1
          /fhir/clinic/Patient?name=%C3%A4 | /fhir/clinic/Patient?name=%C3%A4
          /ws/rest/v1/patient/1#part | /ws/rest/v1/patient/1
          /ws//rest/v1/ | /ws//rest/v1/
          http:/fhir/clinic | /fhir/clinic
          /fhir/clinic? | /fhir/clinic?
          /ws/rest/sync2/x | /ws/rest/sync2/x
          """)
  void whatLeadsToRecordsIsTaken(String url, String target) {
    assertThat(OwnPlace.target(url, BASE)).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      textBlock =
          """
          403 | http://other.example:5984/fhir/clinic
          403 | http://parent.example/fhir/clinic
          403 | https://parent.example/fhir/clinic
          403 | http://parent.example:5985/fhir/clinic
          403 | http://parent.example:5984@other.example/fhir/clinic
          403 | http://user@parent.example:5984/fhir/clinic
          403 | http://bad_name:5984/fhir/clinic
          403 | //fhir/clinic
          403 | //other.example/fhir/clinic
          403 | ///other.example/fhir/clinic
          403 | file:///etc/passwd
          403 | mailto:somebody@example.org
          403 | javascript:alert(1)
          403 | ~~
          403 | /
          403 | /fhir
          403 | /fhir/
          403 | ?fhir/clinic
          403 | /_config
          403 | /_node/_local/_config
          403 | /clinic/_all_docs
          403 | /../fhir/clinic
          403 | /x/fhir/clinic
          403 | /FHIR/clinic
          403 | /fhir%2Fclinic
          403 | /ws/rest
          403 | /ws/rest/
          403 | /ws/rest/sync2
          403 | /ws/rest/sync2/
          403 | /ws//rest//sync2?x
          403 | /ws/rest/%73ync2
          403 | /%77s/rest/sync2
          400 | http://[/fhir/clinic
          400 | /fhir/cli nic
          400 | /fhir/%zz
          400 | /fhir/%
          400 | ht tp://parent.example:5984/fhir/clinic
          """)
  void whatLeadsElsewhereIsRefused(int status, String url) {
    HttpProblem refused = catchThrowableOfType(HttpProblem.class, () -> OwnPlace.target(url, BASE));
    assertThat(refused).as("taken: " + url).isNotNull();
    assertThat(refused.status()).isEqualTo(status);
  }
}
