package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.fhir.FhirNode.Reply;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** FHIRPath Patch over real HTTP; the cases are those of HL7's test suite, and some more. */
@Timeout(300)
class FhirPathPatchTest {
  private static final FhirNode NODE = new FhirNode();
  private static final JsonMapper MAPPER = new JsonMapper();

  @AfterAll
  static void stop() {
    NODE.close();
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }

  /** An operation: type, path, and parts as they are, parted by commas. */
  private static String operation(String type, String path, String parts) {
    return "{'name':'operation','part':[{'name':'type','valueCode':'"
        + type
        + "'},{'name':'path','valueString':\""
        + path.replace("'", "\\u0027")
        + "\"}"
        + (parts.isEmpty() ? "" : "," + parts)
        + "]}";
  }

  private static String parameters(String operations) {
    return quoted("{'resourceType':'Parameters','parameter':[" + operations + "]}");
  }

  private static void put(String id, String content) {
    Reply reply =
        NODE.put(
            "/Patient/" + id,
            quoted(
                "{'resourceType':'Patient','id':'"
                    + id
                    + "'"
                    + (content.isEmpty() ? "" : "," + content)
                    + "}"));
    assertThat(reply.status()).as(reply.text()).isIn(200, 201);
  }

  private static Reply patch(String path, String body) {
    return NODE.patch(path, body, "Content-Type", "application/fhir+json");
  }

  /** What a patient says besides what all say. */
  private static String content(Reply reply) {
    ObjectNode json = (ObjectNode) MAPPER.readTree(reply.text());
    json.remove(List.of("resourceType", "id", "meta"));
    return json.toString();
  }

  private static final String THREE = "'identifier':[{'value':'1'},{'value':'2'},{'value':'3'}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'birthDate':'1920-01-01'|replace|Patient.birthDate|{'name':'value','valueDate':'1930-01-01'}"
            + "|{'birthDate':'1930-01-01'}",
        "'birthDate':'1920-01-01','gender':'male'|delete|Patient.birthDate|~~|{'gender':'male'}",
        "'gender':'male'|delete|Patient.birthDate|~~|{'gender':'male'}",
        "'gender':'male'|add|Patient|{'name':'name','valueString':'birthDate'},"
            + "{'name':'value','valueDate':'1930-01-01'}|{'gender':'male','birthDate':'1930-01-01'}",
        "'contact':[{'name':{'text':'a'},'gender':'male'}]|replace|Patient.contact[0].gender|"
            + "{'name':'value','valueCode':'female'}|{'contact':[{'name':{'text':'a'},'gender':'female'}]}",
        "'contact':[{'name':{'text':'a'},'gender':'male'}]|replace|Patient.contact[0].name.text|"
            + "{'name':'value','valueString':'b'}|{'contact':[{'name':{'text':'b'},'gender':'male'}]}",
        "'contact':[{'name':{'text':'a'},'gender':'male'}]|delete|Patient.contact[0].name.text|~~|"
            + "{'contact':[{'gender':'male'}]}",
        "'contact':[{'name':{'text':'a'}}]|add|Patient.contact[0]|{'name':'name','valueString':'gender'},"
            + "{'name':'value','valueCode':'male'}|{'contact':[{'name':{'text':'a'},'gender':'male'}]}",
        "'active':true|add|Patient|{'name':'name','valueString':'maritalStatus'},"
            + "{'name':'value','valueCodeableConcept':{'text':'m'}}|{'active':true,'maritalStatus':{'text':'m'}}",
        "'maritalStatus':{'id':'1','text':'m'}|replace|Patient.maritalStatus|"
            + "{'name':'value','valueCodeableConcept':{'id':'2','text':'n'}}|{'maritalStatus':{'id':'2','text':'n'}}",
        "'active':true|add|Patient|{'name':'name','valueString':'contact'},{'name':'value','part':["
            + "{'name':'name','valueHumanName':{'text':'a'}},{'name':'telecom','valueContactPoint':{'value':'1'}}]}"
            + "|{'active':true,'contact':[{'name':{'text':'a'},'telecom':[{'value':'1'}]}]}",
        "'active':true,'contact':[{'name':{'text':'a'}}]|delete|Patient.contact[0]|~~|{'active':true}",
        "THREE|insert|Patient.identifier|{'name':'index','valueInteger':3},"
            + "{'name':'value','valueIdentifier':{'value':'4'}}"
            + "|{'identifier':[{'value':'1'},{'value':'2'},{'value':'3'},{'value':'4'}]}",
        "THREE|insert|Patient.identifier|{'name':'index','valueInteger':0},"
            + "{'name':'value','valueIdentifier':{'value':'4'}}"
            + "|{'identifier':[{'value':'4'},{'value':'1'},{'value':'2'},{'value':'3'}]}",
        "THREE|delete|Patient.identifier[1]|~~|{'identifier':[{'value':'1'},{'value':'3'}]}",
        "THREE|delete|Patient.identifier.where(value ="
            + " '2')|~~|{'identifier':[{'value':'1'},{'value':'3'}]}",
        "THREE|move|Patient.identifier|{'name':'source','valueInteger':2},{'name':'destination','valueInteger':0}"
            + "|{'identifier':[{'value':'3'},{'value':'1'},{'value':'2'}]}",
        "THREE|move|Patient.identifier|{'name':'source','valueInteger':0},{'name':'destination','valueInteger':1}"
            + "|{'identifier':[{'value':'2'},{'value':'1'},{'value':'3'}]}",
        "'active':true|insert|Patient.identifier|{'name':'index','valueInteger':0},"
            + "{'name':'value','valueIdentifier':{'value':'4'}}|{'active':true,'identifier':[{'value':'4'}]}",
        "'name':[{'given':['a','b']}]|insert|Patient.name[0].given|{'name':'index','valueInteger':1},"
            + "{'name':'value','valueString':'x'}|{'name':[{'given':['a','x','b']}]}",
        "'name':[{'given':['a','b']}]|replace|Patient.name[0].given[1]|{'name':'value','valueString':'x'}"
            + "|{'name':[{'given':['a','x']}]}",
        "'deceasedBoolean':true|replace|Patient.deceased|{'name':'value','valueDateTime':'2026'}"
            + "|{'deceasedDateTime':'2026'}",
        "'active':true|add|Patient|{'name':'name','valueString':'deceased'},{'name':'value','valueBoolean':true}"
            + "|{'active':true,'deceasedBoolean':true}",
        "'birthDate':'1920'|add|Patient.birthDate|{'name':'name','valueString':'extension'},"
            + "{'name':'value','valueExtension':{'url':'http://x','valueCode':'y'}}"
            + "|{'birthDate':'1920','_birthDate':{'extension':[{'url':'http://x','valueCode':'y'}]}}",
        "'active':true,'extension':[{'url':'http://x','valueDecimal':1.10}]|delete|"
            + "Patient.extension('http://x')|~~|{'active':true}"
      })
  void anOperationDoesWhatTheSpecificationSays(
      String before, String type, String path, String parts, String after) {
    put("x", before.equals("THREE") ? THREE : before);
    Reply reply = patch("/Patient/x", parameters(operation(type, path, parts)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(MAPPER.readTree(content(reply))).isEqualTo(MAPPER.readTree(quoted(after)));
    assertThat(content(NODE.get("/Patient/x"))).isEqualTo(content(reply));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "422|delete|Patient.identifier|~~",
        "422|replace|Patient.birthDate|{'name':'value','valueDate':'1930-01-01'}",
        "422|add|Patient|{'name':'name','valueString':'active'},{'name':'value','valueBoolean':false}",
        "422|add|Patient|{'name':'name','valueString':'nonsense'},{'name':'value','valueBoolean':false}",
        "422|insert|Patient.identifier|{'name':'index','valueInteger':9},{'name':'value','valueIdentifier':{'value':'4'}}",
        "422|move|Patient.identifier|{'name':'source','valueInteger':2},{'name':'destination','valueInteger':9}",
        "400|grow|Patient.identifier|~~",
        "400|delete|Patient.identifier.repeat(value)|~~",
        "400|delete|Patient..identifier|~~",
        "400|delete|~~|~~",
        "400|insert|Patient.identifier|{'name':'value','valueIdentifier':{'value':'4'}}",
        "400|add|Patient|{'name':'name','valueString':'birthDate'}",
        "400|replace|Patient.active|{'name':'value','valueString':'yes'}"
      })
  void whatDoesNotFitChangesNothing(int status, String type, String path, String parts) {
    put("y", "'active':true," + THREE);
    String before = NODE.get("/Patient/y").text();
    Reply reply = patch("/Patient/y", parameters(operation(type, path, parts)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(NODE.get("/Patient/y").text()).isEqualTo(before);
  }

  @Test
  void operationsFollowEachOtherAndDigitsStay() {
    put("z", "'extension':[{'url':'http://x','valueDecimal':1.10}],'birthDate':'1920'");
    Reply reply =
        patch(
            "/Patient/z",
            parameters(
                operation("delete", "Patient.birthDate", "")
                    + ","
                    + operation(
                        "add",
                        "Patient",
                        "{'name':'name','valueString':'birthDate'},"
                            + "{'name':'value','valueDate':'1930'}")));
    assertThat(reply.text()).contains("1.10", "\"birthDate\":\"1930\"");
    assertThat(patch("/Patient/z", parameters("")).header("ETag"))
        .as("a patch without operations makes no version")
        .isEqualTo(reply.header("ETag"));
  }

  @Test
  void hapisClientPatchesInJsonAndXml() {
    put("client", "'active':true");
    Parameters patch = new Parameters();
    ParametersParameterComponent operation = patch.addParameter().setName("operation");
    operation.addPart().setName("type").setValue(new CodeType("add"));
    operation.addPart().setName("path").setValue(new StringType("Patient"));
    operation.addPart().setName("name").setValue(new StringType("birthDate"));
    operation.addPart().setName("value").setValue(new DateType("1930-01-01"));
    NODE.hapi().patch().withFhirPatch(patch).withId("Patient/client").execute();
    Patient read = NODE.hapi().read().resource(Patient.class).withId("client").execute();
    assertThat(read.getBirthDateElement().getValueAsString()).isEqualTo("1930-01-01");
    operation.getPartFirstRep().setValue(new CodeType("delete"));
    operation.getPart().get(1).setValue(new StringType("Patient.birthDate"));
    String xml = NODE.hapi().getFhirContext().newXmlParser().encodeResourceToString(patch);
    assertThat(NODE.patch("/Patient/client", xml, "Content-Type", "application/fhir+xml").status())
        .isEqualTo(200);
    read = NODE.hapi().read().resource(Patient.class).withId("client").execute();
    assertThat(read.hasBirthDate()).isFalse();
  }

  private static String bundle(String type, String entries) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + entries + "]}";
  }

  private static String entry(String url, String resource) {
    return "{\"request\":{\"method\":\"PATCH\",\"url\":\""
        + url
        + "\"},\"resource\":"
        + resource
        + "}";
  }

  @Test
  void bundlesTakePatchesOfBothKinds() {
    for (String type : List.of("batch", "transaction")) {
      put("b1", "'active':false");
      put("b2", "'active':false");
      String data =
          Base64.getEncoder()
              .encodeToString(
                  "[{\"op\":\"replace\",\"path\":\"/active\",\"value\":true}]".getBytes());
      String binary =
          "{\"resourceType\":\"Binary\",\"contentType\":\"application/json-patch+json\",\"data\":\""
              + data
              + "\"}";
      String byPath =
          parameters(
              operation("replace", "Patient.active", "{'name':'value','valueBoolean':true}"));
      Reply reply =
          NODE.post(
              "",
              bundle(type, entry("Patient/b1", binary) + "," + entry("Patient?_id=b2", byPath)));
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThat(reply.text()).as(type).doesNotContain("\"outcome\"");
      assertThat(content(NODE.get("/Patient/b1"))).isEqualTo("{\"active\":true}");
      assertThat(content(NODE.get("/Patient/b2"))).isEqualTo("{\"active\":true}");
    }
  }

  @Test
  void aTransactionWithAPatchThatDoesNotFitWritesNothing() {
    put("t", "'active':false");
    String misfit =
        parameters(
            operation("delete", "Patient.identifier[0]", "")
                + ","
                + operation("replace", "Patient.birthDate", "{'name':'value','valueDate':'1930'}"));
    String create =
        "{\"request\":{\"method\":\"PUT\",\"url\":\"Patient/t2\"},"
            + "\"resource\":{\"resourceType\":\"Patient\",\"id\":\"t2\"}}";
    Reply reply = NODE.post("", bundle("transaction", create + "," + entry("Patient/t", misfit)));
    assertThat(reply.status()).isEqualTo(422);
    assertThat(NODE.get("/Patient/t2").status()).isEqualTo(404);
    assertThat(NODE.post("", bundle("transaction", entry("Patient/none", misfit))).status())
        .isEqualTo(404);
    assertThat(
            NODE.post(
                    "", bundle("transaction", entry("Patient/t", "{\"resourceType\":\"Patient\"}")))
                .status())
        .isEqualTo(400);
  }

  @Test
  void dataThatAreKeptBesideAResourceStayThroughAPatch() {
    String data = "AAAA".repeat(2_000);
    NODE.put(
        "/Media/m",
        "{\"resourceType\":\"Media\",\"id\":\"m\",\"status\":\"completed\",\"content\":{\"data\":\""
            + data
            + "\"}}");
    Reply patched =
        NODE.patch(
            "/Media/m",
            "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"operation\",\"part\":["
                + "{\"name\":\"type\",\"valueCode\":\"replace\"},{\"name\":\"path\",\"valueString\":"
                + "\"Media.status\"},{\"name\":\"value\",\"valueCode\":\"stopped\"}]}]}");
    assertThat(patched.status()).as(patched.text()).isEqualTo(200);
    assertThat(patched.json().path("status").asString()).isEqualTo("stopped");
    assertThat(patched.json().path("content").path("data").asString()).isEqualTo(data);
    assertThat(NODE.send("GET", "/clinic/Media%2Fm", "").text()).doesNotContain("AAAA");
  }
}
