package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A node with five patients, an observation of each, and their organization. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PatientsCase {
  final FhirNode node = new FhirNode();

  @BeforeAll
  void write() {
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
  void stop() {
    node.close();
  }

  private void put(String id, String members) {
    String[] parts = id.split("/");
    String json = "{'resourceType':'" + parts[0] + "','id':'" + parts[1] + "'," + members + "}";
    String quoted = json.replace("\\'", "\\\"").replace('\'', '"');
    assertThat(node.put("/" + id, quoted).status()).isEqualTo(201);
  }

  static String ids(Bundle bundle, SearchEntryMode mode) {
    return String.join(
        " ",
        bundle.getEntry().stream()
            .filter(entry -> entry.getSearch().getMode() == mode)
            .map(entry -> entry.getResource().getIdElement().getIdPart())
            .toList());
  }

  static String matches(Bundle bundle) {
    return ids(bundle, SearchEntryMode.MATCH);
  }
}
