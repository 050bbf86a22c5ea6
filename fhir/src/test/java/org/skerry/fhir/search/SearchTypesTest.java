package org.skerry.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.skerry.fhir.search.query.BadSearchException;

/** What each kind of parameter finds; most cases are the specification's (R4, 3.1.1.4). */
class SearchTypesTest extends SearchCase {
  @Test
  void stringsAreFoundByTheirBeginningWithoutCaseAndAccents() {
    put("Patient/a", "'name':[{'given':['Eve'],'family':'Sanchez'}]");
    put("Patient/b", "'name':[{'given':['Evelyn'],'family':'Sánchez Oña'}]");
    put("Patient/c", "'name':[{'given':['Steve'],'text':'Steve  the\\tOne'}]");
    assertThat(found("Patient?given=eve")).isEqualTo("a b");
    assertThat(found("Patient?given:contains=eve")).isEqualTo("a b c");
    assertThat(found("Patient?given:exact=Eve")).isEqualTo("a");
    assertThat(found("Patient?given:exact=eve")).isEmpty();
    assertThat(found("Patient?family=SANCHEZ")).isEqualTo("a b");
    assertThat(found("Patient?family:exact=S%C3%A1nchez%20O%C3%B1a")).isEqualTo("b");
    assertThat(found("Patient?name=steve%20THE%20one")).isEqualTo("c");
    assertThat(found("Patient?name=sanchez,steve")).isEqualTo("a b c");
    assertThat(found("Patient?name=eve&name=sanchez")).isEqualTo("a b");
    assertThat(found("Patient?name=eve&name=steve")).isEmpty();
  }

  @Test
  void longStringsAreComparedWhole() {
    String common = "x".repeat(250);
    put("Patient/a", "'name':[{'family':'" + common + "A'}]");
    put("Patient/b", "'name':[{'family':'" + common + "B'}]");
    assertThat(found("Patient?family=" + common)).isEqualTo("a b");
    assertThat(found("Patient?family=" + common + "a")).isEqualTo("a");
    assertThat(found("Patient?family:exact=" + common + "B")).isEqualTo("b");
    assertThat(found("Patient?family:contains=xb")).isEqualTo("b");
  }

  @Test
  void namesAreFoundByTheirSound() {
    put("Patient/a", "'name':[{'family':'Schmidt'}]");
    put("Patient/b", "'name':[{'family':'Jones'}]");
    assertThat(found("Patient?phonetic=Smith")).isEqualTo("a");
  }

  @Test
  void separatorsAreEscaped() {
    put("Patient/a", "'name':[{'text':'a,b'}]");
    put("Patient/b", "'name':[{'text':'a\\\\b'}]");
    put("Patient/c", "'identifier':[{'system':'urn:x','value':'p|q$r'}]");
    assertThat(found("Patient?name:exact=a%5C,b")).isEqualTo("a");
    assertThat(found("Patient?name:exact=a%5C%5Cb")).isEqualTo("b");
    assertThat(found("Patient?identifier=urn:x%7Cp%5C%7Cq%5C$r")).isEqualTo("c");
  }

  @Test
  void tokensAreFoundByCodeAndSystem() {
    put("Patient/a", "'identifier':[{'system':'http://acme.org/patient','value':'2345'}]");
    put("Patient/b", "'identifier':[{'system':'http://other.org','value':'2345'}]");
    put("Patient/c", "'identifier':[{'value':'2345'}],'gender':'male'");
    assertThat(found("Patient?identifier=2345")).isEqualTo("a b c");
    assertThat(found("Patient?identifier=http://acme.org/patient%7C2345")).isEqualTo("a");
    assertThat(found("Patient?identifier=%7C2345")).isEqualTo("c");
    assertThat(found("Patient?identifier=http://other.org%7C")).isEqualTo("b");
    assertThat(found("Patient?gender=MALE")).isEqualTo("c");
    assertThat(found("Patient?gender=http://hl7.org/fhir/administrative-gender%7Cmale"))
        .isEqualTo("c");
    assertThat(found("Patient?gender:not=male")).isEqualTo("a b");
    assertThat(found("Patient?gender:not=male,female")).isEqualTo("a b");
    assertThat(found("Patient?identifier:not=http://other.org%7C2345&gender:not=male"))
        .isEqualTo("a");
  }

  @Test
  void tokensAreFoundByTheirTexts() {
    put(
        "Condition/a",
        "'code':{'coding':[{'system':'s','code':'1','display':'Severe headache'}],'text':'Bad'}");
    put("Condition/b", "'code':{'text':'Headache'}");
    assertThat(found("Condition?code:text=headache")).isEqualTo("b");
    assertThat(found("Condition?code:text=severe")).isEqualTo("a");
    assertThat(found("Condition?code:text=BAD")).isEqualTo("a");
    assertThat(found("Condition?code=headache")).as("a text is no code").isEmpty();
  }

  @Test
  void identifiersAreFoundByTheirType() {
    String type = "'type':{'coding':[{'system':'http://v2','code':'MR','display':'Record'}]}";
    put("Patient/a", "'identifier':[{" + type + ",'system':'x','value':'446053'}]");
    put("Patient/b", "'identifier':[{'system':'http://v2','value':'446053'}]");
    assertThat(found("Patient?identifier:of-type=http://v2%7CMR%7C446053")).isEqualTo("a");
    assertThat(found("Patient?identifier:of-type=http://v2%7CMR%7C446054")).isEmpty();
    assertThatThrownBy(() -> ask("Patient?identifier:of-type=MR%7C446053"))
        .isInstanceOf(BadSearchException.class);
  }

  @Test
  void booleansAndContactPointsAreTokens() {
    put("Patient/a", "'active':true,'telecom':[{'system':'phone','value':'555-1'}]");
    put("Patient/b", "'active':false,'telecom':[{'system':'email','value':'a@b.c'}]");
    assertThat(found("Patient?active=true")).isEqualTo("a");
    assertThat(found("Patient?phone=555-1")).isEqualTo("a");
    assertThat(found("Patient?email=a@b.c")).isEqualTo("b");
    assertThat(found("Patient?phone=a@b.c")).isEmpty();
    assertThat(found("Patient?telecom=a@b.c")).isEqualTo("b");
  }

  @Test
  void whoeverDiedInWhateverWayIsDeceased() {
    put("Patient/a", "'deceasedBoolean':true");
    put("Patient/b", "'deceasedDateTime':'2001-01-01'");
    put("Patient/c", "'deceasedBoolean':false");
    put("Patient/d", "");
    assertThat(found("Patient?deceased=true")).isEqualTo("a b");
    assertThat(found("Patient?deceased=false")).isEqualTo("c d");
    assertThat(found("Patient?death-date=ge2000")).isEqualTo("b");
  }

  @Test
  void terminologyIsRefusedClearly() {
    assertThatThrownBy(() -> ask("Condition?code:in=http://snomed.info/sct"))
        .isInstanceOf(BadSearchException.class)
        .hasMessageContaining("Condition.code:in: the ValueSet http://snomed.info/sct");
    assertThatThrownBy(() -> ask("Patient?name:nonsense=x"))
        .isInstanceOf(BadSearchException.class)
        .hasMessageContaining(":nonsense");
  }

  @Test
  void referencesAreFoundInAllTheirForms() {
    put("Observation/a", "'subject':{'reference':'Patient/23'}");
    put("Observation/b", "'subject':{'reference':'" + BASE + "/Patient/23'}");
    put("Observation/c", "'subject':{'reference':'Group/23'}");
    put("Observation/d", "'subject':{'reference':'http://there.example/Patient/23/_history/4'}");
    put("Observation/e", "'subject':{'identifier':{'system':'http://mrn','value':'X-7'}}");
    put("Observation/f", "'subject':{'reference':'#inside'}");
    assertThat(found("Observation?subject=Patient/23")).isEqualTo("a b");
    assertThat(found("Observation?subject:Patient=23")).isEqualTo("a b");
    assertThat(found("Observation?subject=23")).isEqualTo("a c");
    assertThat(found("Observation?subject=" + BASE + "/Patient/23")).isEqualTo("a b");
    assertThat(found("Observation?subject=http://there.example/Patient/23")).isEqualTo("d");
    assertThat(found("Observation?patient=23")).as("only patients").isEqualTo("a");
    assertThat(found("Observation?subject:identifier=http://mrn%7Cx-7")).isEqualTo("e");
    assertThat(found("Observation?subject:identifier=X-7")).isEqualTo("e");
  }

  @Test
  void canonicalsAreFoundWithAndWithoutVersion() {
    put("Questionnaire/x", "'derivedFrom':['http://q/1|2.0']");
    put("Questionnaire/y", "'derivedFrom':['http://q/1']");
    put("Questionnaire/z", "'derivedFrom':['http://q/12']");
    put("QuestionnaireResponse/r", "'questionnaire':'http://q/1|2.0'");
    assertThat(found("QuestionnaireResponse?questionnaire=http://q/1")).isEqualTo("r");
    assertThat(found("QuestionnaireResponse?questionnaire=http://q/1%7C2.0")).isEqualTo("r");
    assertThat(found("QuestionnaireResponse?questionnaire=http://q/1%7C3.0")).isEmpty();
  }

  @Test
  void urisAreFoundWholeBelowAndAbove() {
    put("ValueSet/a", "'url':'http://acme.org/fhir/ValueSet/123'");
    put("ValueSet/b", "'url':'http://acme.org/fhir/ValueSet/123/_history/5'");
    put("ValueSet/c", "'url':'http://acme.org/fhir'");
    put("ValueSet/d", "'url':'urn:oid:1.2.3'");
    assertThat(found("ValueSet?url=http://acme.org/fhir/ValueSet/123")).isEqualTo("a");
    assertThat(found("ValueSet?url:below=http://acme.org/fhir/")).isEqualTo("a b");
    assertThat(found("ValueSet?url:below=http://acme.org/fhir")).isEqualTo("a b c");
    assertThat(found("ValueSet?url:below=http://acme.org/fh")).isEmpty();
    assertThat(found("ValueSet?url:above=http://acme.org/fhir/ValueSet/123/_history/5"))
        .isEqualTo("a b c");
    assertThat(found("ValueSet?url=urn:oid:1.2.3")).isEqualTo("d");
  }

  @Test
  void numbersAreComparedByTheirPrecision() {
    put("RiskAssessment/a", "'prediction':[{'probabilityDecimal':100}]");
    put("RiskAssessment/b", "'prediction':[{'probabilityDecimal':99.6}]");
    put("RiskAssessment/c", "'prediction':[{'probabilityDecimal':104.9}]");
    put("RiskAssessment/d", "'prediction':[{'probabilityDecimal':100.00001}]");
    put("RiskAssessment/e", "'prediction':[{'probabilityDecimal':-3}]");
    assertThat(found("RiskAssessment?probability=100")).isEqualTo("a b d");
    assertThat(found("RiskAssessment?probability=100.00")).isEqualTo("a d");
    assertThat(found("RiskAssessment?probability=1e2")).isEqualTo("a b c d");
    assertThat(found("RiskAssessment?probability=lt100")).isEqualTo("b e");
    assertThat(found("RiskAssessment?probability=le100")).isEqualTo("a b e");
    assertThat(found("RiskAssessment?probability=gt100")).isEqualTo("c d");
    assertThat(found("RiskAssessment?probability=ge100")).isEqualTo("a c d");
    assertThat(found("RiskAssessment?probability=ne100")).isEqualTo("c e");
    assertThat(found("RiskAssessment?probability=ap110")).isEqualTo("a b c d");
    assertThat(found("RiskAssessment?probability=-3")).isEqualTo("e");
    assertThatThrownBy(() -> ask("RiskAssessment?probability=much"))
        .isInstanceOf(BadSearchException.class);
  }

  @Test
  void rangesAreFoundByBothTheirEnds() {
    put(
        "RiskAssessment/a",
        "'prediction':[{'probabilityRange':{'low':{'value':10},'high':{'value':20}}}]");
    put("RiskAssessment/b", "'prediction':[{'probabilityRange':{'low':{'value':30}}}]");
    assertThat(found("RiskAssessment?probability=gt15")).isEqualTo("a b");
    assertThat(found("RiskAssessment?probability=sa15")).isEqualTo("b");
    assertThat(found("RiskAssessment?probability=eb25")).isEqualTo("a");
    assertThat(found("RiskAssessment?probability=lt15")).isEqualTo("a");
    assertThat(found("RiskAssessment?probability=gt1000")).isEqualTo("b");
    assertThat(found("RiskAssessment?probability=15")).isEmpty();
  }

  @Test
  void quantitiesAreComparedWithinTheirUnit() {
    String ucum = "'system':'http://unitsofmeasure.org'";
    put(
        "Observation/a",
        "'valueQuantity':{'value':5.4,'unit':'milligram','code':'mg'," + ucum + "}");
    put("Observation/b", "'valueQuantity':{'value':5.40,'unit':'mg'}");
    put("Observation/c", "'valueQuantity':{'value':5.43,'code':'kg'," + ucum + "}");
    put("Observation/d", "'valueQuantity':{'value':5.4,'comparator':'>','unit':'mg'}");
    assertThat(found("Observation?value-quantity=5.4")).isEqualTo("a b c");
    assertThat(found("Observation?value-quantity=5.40")).isEqualTo("a b");
    assertThat(found("Observation?value-quantity=5.4%7Chttp://unitsofmeasure.org%7Cmg"))
        .isEqualTo("a");
    assertThat(found("Observation?value-quantity=5.4%7C%7Cmg")).isEqualTo("a b");
    assertThat(found("Observation?value-quantity=5.4%7C%7Cmilligram")).isEqualTo("a");
    assertThat(found("Observation?value-quantity=gt100%7C%7Cmg")).isEqualTo("d");
    assertThat(found("Observation?value-quantity=le5.4%7C%7Cmg")).isEqualTo("a b d");
  }

  @Test
  void quantitiesOfUcumAreFoundInOtherUnits() {
    String ucum = "'system':'http://unitsofmeasure.org'";
    put("Observation/a", "'valueQuantity':{'value':5400,'code':'mg'," + ucum + "}");
    put("Observation/b", "'valueQuantity':{'value':5.4,'code':'g'," + ucum + "}");
    put("Observation/c", "'valueQuantity':{'value':5.4,'code':'mL'," + ucum + "}");
    put("Observation/d", "'valueQuantity':{'value':5,'comparator':'<','code':'g'," + ucum + "}");
    put("Observation/e", "'valueQuantity':{'value':37.0,'code':'Cel'," + ucum + "}");
    put("Observation/f", "'valueQuantity':{'value':5.4,'code':'[IU]'," + ucum + "}");
    put("Observation/g", "'valueQuantity':{'value':60,'code':'/min'," + ucum + "}");
    assertThat(measured("5.4", "g")).isEqualTo("a b");
    assertThat(measured("5400", "mg")).isEqualTo("a b");
    assertThat(measured("5.5", "g")).isEmpty();
    assertThat(measured("0.0054", "kg")).isEqualTo("a b");
    assertThat(measured("lt5400", "mg")).isEqualTo("d");
    assertThat(measured("le5400", "mg")).isEqualTo("a b d");
    assertThat(measured("gt5", "g")).isEqualTo("a b");
    assertThat(measured("ne5.4", "g")).isEqualTo("d");
    assertThat(measured("98.6", "[degF]")).isEqualTo("e");
    assertThat(measured("310.15", "K")).isEqualTo("e");
    assertThat(measured("1", "s-1")).isEqualTo("g");
    assertThat(measured("5.4", "[IU]")).as("comparable with nothing else").isEqualTo("f");
    assertThat(measured("5.4", "{score}")).isEmpty();
    assertThat(measured("5400", "uL")).isEqualTo("c");
  }

  private String measured(String number, String code) {
    return found(
        "Observation?value-quantity="
            + number
            + "%7Chttp://unitsofmeasure.org%7C"
            + URLEncoder.encode(code, StandardCharsets.UTF_8));
  }

  @Test
  void moneyAndSamplesAreQuantities() {
    put("Invoice/a", "'totalNet':{'value':12.50,'currency':'EUR'}");
    put(
        "Observation/a",
        "'valueSampledData':{'origin':{'value':2,'unit':'mV'},'factor':2,'data':'1 E 3"
            + " 2','period':1,'dimensions':1}");
    assertThat(found("Invoice?totalnet=12.50%7Curn:iso:std:iso:4217%7CEUR")).isEqualTo("a");
    assertThat(found("Observation?value-quantity=ge8%7C%7CmV")).isEqualTo("a");
    assertThat(found("Observation?value-quantity=gt8%7C%7CmV")).isEmpty();
  }

  @Test
  void compositesHoldOfOneElement() {
    String systolic =
        "{'code':{'coding':[{'system':'l','code':'sys'}]},'valueQuantity':{'value':120,'unit':'mm'}}";
    String diastolic =
        "{'code':{'coding':[{'system':'l','code':'dia'}]},'valueQuantity':{'value':80,'unit':'mm'}}";
    put("Observation/a", "'component':[" + systolic + "," + diastolic + "]");
    put(
        "Observation/b",
        "'code':{'coding':[{'system':'l','code':'dia'}]},'valueQuantity':{'value':120,'unit':'mm'}");
    assertThat(found("Observation?component-code-value-quantity=sys$120")).isEqualTo("a");
    assertThat(found("Observation?component-code-value-quantity=dia$120")).isEmpty();
    assertThat(found("Observation?component-code-value-quantity=l%7Cdia$lt100%7C%7Cmm"))
        .isEqualTo("a");
    assertThat(found("Observation?combo-code-value-quantity=dia$gt70")).isEqualTo("a b");
    assertThat(found("Observation?code-value-quantity=dia$gt70")).isEqualTo("b");
    assertThat(found("Observation?code-value-quantity=dia$gt70,sys$1")).isEqualTo("b");
    assertThatThrownBy(() -> ask("Observation?code-value-quantity=dia"))
        .isInstanceOf(BadSearchException.class);
  }

  @Test
  void placesAreFoundByTheirDistance() {
    put("Location/paris", "'position':{'latitude':48.8566,'longitude':2.3522}");
    put("Location/london", "'position':{'latitude':51.5074,'longitude':-0.1278}");
    assertThat(found("Location?near=48.85%7C2.35%7C5%7Ckm")).isEqualTo("paris");
    assertThat(found("Location?near=48.85%7C2.35%7C400%7Ckm")).isEqualTo("london paris");
    assertThat(found("Location?near=48.85%7C2.35%7C100%7C%5Bmi_i%5D")).isEqualTo("paris");
  }

  @Test
  void whatIsMissingIsFound() {
    put("Patient/a", "'gender':'male'");
    put("Patient/b", "'name':[{'family':'X'}]");
    assertThat(found("Patient?gender:missing=true")).isEqualTo("b");
    assertThat(found("Patient?gender:missing=false")).isEqualTo("a");
    assertThat(found("Patient?name:missing=true")).isEqualTo("a");
    assertThatThrownBy(() -> ask("Patient?name:missing=maybe"))
        .isInstanceOf(BadSearchException.class);
  }

  @Test
  void whatAllResourcesHaveIsSearched() {
    put(
        "Patient/a",
        "'meta':{'profile':['http://p/1'],'tag':[{'system':'t','code':'x'}],"
            + "'security':[{'system':'s','code':'R'}],'lastUpdated':'2020-05-01T10:00:00Z'}");
    put("Patient/b", "'meta':{'lastUpdated':'2021-05-01T10:00:00Z'}");
    assertThat(found("Patient?_id=a")).isEqualTo("a");
    assertThat(found("Patient?_id=b,a,zzz")).isEqualTo("a b");
    assertThat(found("Patient?_id:not=a")).isEqualTo("b");
    assertThat(found("Patient?_profile=http://p/1")).isEqualTo("a");
    assertThat(found("Patient?_tag=t%7Cx")).isEqualTo("a");
    assertThat(found("Patient?_security=s%7CR")).isEqualTo("a");
    assertThat(found("Patient?_lastUpdated=gt2020-12-31")).isEqualTo("b");
    assertThat(found("Patient?_tag:not=t%7Cx")).isEqualTo("b");
  }
}
