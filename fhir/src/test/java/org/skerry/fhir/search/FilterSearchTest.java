package org.skerry.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.fhir.search.query.BadSearchException;

/** Expressions of {@code _filter}. */
class FilterSearchTest extends SearchCase {
  @BeforeEach
  void write() {
    put("Organization/o", "'name':'Acme Hospital'");
    put("Practitioner/d", "'name':[{'family':'Dee'}]");
    patient("a", "'name':[{'family':'Okafor','given':['Peter','Álan']}],'birthDate':'1980-05-05'");
    patient("b", "'name':[{'family':'Oka'}],'birthDate':'1990','gender':'female'");
    patient("c", "'gender':'male','managingOrganization':{'reference':'Organization/o'}");
    observation("x", "a", "5.4", "1234-5", "'effectiveDateTime':'2020-02-02'");
    observation(
        "y", "b", "70", "9999-9", "'effectivePeriod':{'start':'2020-01-01','end':'2020-06-30'}");
    put("Observation/z", "'subject':{'reference':'Group/g'},'status':'final'");
    put("ValueSet/v", "'url':'http://v/1','name':'Vital signs'");
    put("ValueSet/w", "'url':'http://v/1/2'");
  }

  private void patient(String id, String members) {
    put("Patient/" + id, members);
  }

  private void observation(String id, String patient, String value, String code, String time) {
    put(
        "Observation/" + id,
        "'subject':{'reference':'Patient/"
            + patient
            + "'},'code':{'coding':[{'system':'http://loinc.org','code':'"
            + code
            + "'}]},'valueQuantity':{'value':"
            + value
            + ",'unit':'kg','system':'http://unitsofmeasure.org','code':'kg'},"
            + time);
  }

  private String filtered(String type, String filter) {
    return found(type + "?_filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "name eq \"okafor\";a",
        "name eq oka;b",
        "name ne oka;a",
        "given ne peter;a",
        "name co KAF;a",
        "given eq alan;a",
        "name sw oka;a b",
        "name ew for;a",
        "family gt oka;a",
        "family ge oka;a b",
        "family lt okafor;b",
        "family le okafor;a b",
        "name pr true;a b",
        "name pr false;c",
        "birthdate eq 1980-05-05;a",
        "birthdate ne 1990;a",
        "birthdate ge 1985;b",
        "birthdate lt 1985;a",
        "birthdate sa 1980-05-05;b",
        "birthdate eb 1990;a",
        "birthdate po 1980-05;a",
        "birthdate co 1990-07-01;b",
        "birthdate co 1980;-",
        "gender eq male;c",
        "gender ne male;b",
        "_id eq b;b",
        "id ne b;a c",
        "organization re Organization/o;c",
        "organization eq o;c",
        "organization ne Organization/other;c",
        "organization.name sw acme;c",
        "gender eq male or gender eq female;b c",
        "gender eq male and name pr true;-",
        "not (gender eq male);a b",
        "not (gender eq male or birthdate ge 1985);a",
        "gender pr true and (name sw oka or organization re o);b c",
        "name sw oka and not (gender pr true);a",
        "_has:Observation:patient:code eq loinc|1234-5;a",
        "_has:Observation:patient:value-quantity gt 50;b",
        "phonetic eq okafer;a",
      })
  void patientsAreFiltered(String filter, String ids) {
    assertThat(filtered("Patient", filter)).isEqualTo(ids == null ? "" : ids);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      value = {
        "code eq http://loinc.org|1234-5;x",
        "code eq loinc|1234-5;x",
        "code eq 1234-5;x",
        "code ne 1234-5;y",
        "code ne loinc|;-",
        "code ne other|;x y",
        "value-quantity gt 5.4;y",
        "value-quantity le 5.4|ucum|kg;x",
        "value-quantity eq 5400|ucum|g;x",
        "value-quantity ne 70;x",
        "value-quantity ap 5.5;x",
        "code-value-quantity eq 1234-5$gt5;x",
        "code-value-quantity ne 1234-5$gt5;y",
        "date po 2020-02;x y",
        "date po 2020-03;y",
        "date co 2020-02-02;x y",
        "subject.name co okaf;x",
        "subject:Patient.gender eq female;y",
        "subject[name sw ok].birthdate lt 1985;x",
        "subject:Patient[gender eq female and birthdate ge 1985].name pr true;y",
        "subject:Patient[gender eq male].name pr true;-",
        "patient._has:Observation:patient:code eq 9999-9;y",
      })
  void observationsAreFiltered(String filter, String ids) {
    assertThat(filtered("Observation", filter)).isEqualTo(ids == null ? "" : ids);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "url eq http://v/1;v",
        "url ne http://v/1;w",
        "url sw http://v/1;v w",
        "url ew /2;w",
        "url co v/1/;w",
      })
  void urisAreCompared(String filter, String ids) {
    assertThat(filtered("ValueSet", filter)).isEqualTo(ids);
  }

  @Test
  void terminologyIsAsked() {
    put(
        "CodeSystem/s",
        "'url':'http://s','content':'complete','concept':[{'code':'up','concept':[{'code':'down'}]}]");
    put(
        "ValueSet/in",
        "'url':'http://in','compose':{'include':[{'system':'http://s','concept':[{'code':'up'}]}]}");
    put("Condition/u", "'code':{'coding':[{'system':'http://s','code':'up'}]}");
    put("Condition/d", "'code':{'coding':[{'system':'http://s','code':'down'}]}");
    put("Condition/n", "");
    assertThat(filtered("Condition", "code ss http://s|up")).isEqualTo("d u");
    assertThat(filtered("Condition", "code sb http://s|up")).isEqualTo("u");
    assertThat(filtered("Condition", "code in http://in")).isEqualTo("u");
    assertThat(filtered("Condition", "code ni http://in")).isEqualTo("d n");
    assertThatThrownBy(() -> filtered("Condition", "code in http://unknown"))
        .isInstanceOf(BadSearchException.class)
        .hasMessageStartingWith("_filter, character 1: Condition.code:in");
  }

  @Test
  void wordsAreFoundByFiltersToo() {
    put("Condition/a", "'text':{'div':'<div>bone of the heart</div>'},'code':{'text':'x'}");
    put("Condition/b", "'text':{'div':'<div>heart bone</div>'}");
    assertThat(filtered("Condition", "_text co \"heart and bone\" and code pr false"))
        .isEqualTo("b");
    assertThat(filtered("Condition", "_content co \"\\\"heart bone\\\"\"")).isEqualTo("b");
  }

  @Test
  void filtersGoWithOtherParametersAndEachOther() {
    assertThat(found("Patient?_filter=name+sw+oka&gender=female")).isEqualTo("b");
    assertThat(found("Patient?_filter=name+sw+oka&_filter=gender+pr+false")).isEqualTo("a");
    assertThat(found("Patient?_filter=name+pr+true&_sort=-birthdate")).isEqualTo("b a");
    assertThat(found("Patient,Observation?_filter=_lastUpdated+pr+false&_count=2"))
        .isEqualTo("x y");
    assertThat(ask("Patient?_filter=name+sw+oka&_total=accurate").page().total()).hasValue(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "name eq a and colour eq b;15;Patient has no search parameter colour",
        "(gender sw m);2;Patient.gender of type token does not support the operator sw, but eq, ne,"
            + " pr, ss, sb, in, ni",
        "birthdate in x;1;does not support the operator in",
        "name ap x;1;does not support the operator ap",
        "name pr perhaps;1;pr true or false",
        "birthdate eq soon;1;no date: ",
        "birthdate eq ge1980;1;no date: ",
        "organization.colour eq x;1;has no search parameter colour",
        "name.x eq y;1;no reference",
        "organization[colour eq x].name eq y;1;has no search parameter name",
        "organization[name ap x].name eq y;14;does not support the operator ap",
        "_has:Observation:code:x eq y;1;no reference",
        "_has:Observation eq y;1;_has needs",
        "organization.partof.partof.partof.partof.partof.name eq x;1;more than 5 links",
        "name;5;an operator",
        "name eq a b;11;the end is expected",
        "_query eq x;1;has no search parameter _query",
        "_text co \"(bone\";1;_text",
      })
  void whatCannotBeAskedIsRefusedWithItsPlace(String filter, int character, String reason) {
    assertThatThrownBy(() -> filtered("Patient", filter))
        .isInstanceOf(BadSearchException.class)
        .hasMessageContaining(reason)
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .matches("_(filter|text), character " + character + ": .*"));
  }

  @Test
  void whatIsTooLongOrHasAModifierIsRefused() {
    for (String bad : List.of("_filter:not=name+eq+a", "_filter=name+eq+" + "a".repeat(8_000))) {
      assertThatThrownBy(() -> ask("Patient?" + bad)).isInstanceOf(BadSearchException.class);
    }
  }
}
