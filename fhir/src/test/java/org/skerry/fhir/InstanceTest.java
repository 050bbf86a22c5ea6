package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.database.ForeignRevision;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.fhir.FhirNode.Reply;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import tools.jackson.databind.JsonNode;

/** The interactions on one resource, over real HTTP. */
@Timeout(300)
class InstanceTest {
  private static final FhirNode NODE = new FhirNode();

  @AfterAll
  static void stop() {
    NODE.close();
  }

  private static String patient(String id, String more) {
    return "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\"" + more + "}";
  }

  @Test
  void aPatientLivesThroughHapisClient() {
    IGenericClient client = NODE.hapi();
    Patient patient = new Patient();
    patient.addName().setFamily("Ola").addGiven("Nordmann");
    MethodOutcome created = client.create().resource(patient).execute();
    assertThat(created.getCreated()).isTrue();
    IdType id = (IdType) created.getId();

    Patient read = client.read().resource(Patient.class).withId(id.getIdPart()).execute();
    assertThat(read.getNameFirstRep().getFamily()).isEqualTo("Ola");
    assertThat(read.getMeta().getVersionId()).isEqualTo(id.getVersionIdPart()).startsWith("1-");
    assertThat(read.getMeta().getLastUpdated()).isNotNull();

    read.setActive(true);
    MethodOutcome updated = client.update().resource(read).execute();
    assertThat(updated.getId().getVersionIdPart()).startsWith("2-");
    Patient first =
        client
            .read()
            .resource(Patient.class)
            .withIdAndVersion(id.getIdPart(), id.getVersionIdPart())
            .execute();
    assertThat(first.hasActive()).isFalse();

    client.delete().resourceById("Patient", id.getIdPart()).execute();
    assertThatThrownBy(() -> client.read().resource(Patient.class).withId(id.getIdPart()).execute())
        .isInstanceOf(ResourceGoneException.class);
  }

  @Test
  void anUpdateOfAnotherVersionThanTheCurrentOneIsRefused() {
    NODE.put("/Patient/if", patient("if", ""));
    IGenericClient client = NODE.hapi();
    Patient read = client.read().resource(Patient.class).withId("if").execute();
    read.setActive(true);
    client
        .update()
        .resource(read)
        .withAdditionalHeader("If-Match", "W/\"" + read.getMeta().getVersionId() + "\"")
        .execute();
    read.setActive(false);
    assertThatThrownBy(
            () ->
                client
                    .update()
                    .resource(read)
                    .withAdditionalHeader("If-Match", "W/\"" + read.getMeta().getVersionId() + "\"")
                    .execute())
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessageContaining("its current version is W/\"2-");
    assertThat(NODE.delete("/Patient/if", "If-Match", "W/\"1-00\"").status()).isEqualTo(412);
    assertThat(NODE.put("/Patient/absent", patient("absent", ""), "If-Match", "*").status())
        .isEqualTo(412);
  }

  @Test
  void digitsOrderAndSpacesOfAResourceStayAsTheyWere() {
    String json =
        """
        {"resourceType": "Observation", "id":"digits",
          "status":"final","code":{"text":"w"}, "valueQuantity":{"value": 1.2300e2, "unit":"kg"},
          "component":[{"valueQuantity":{"value":100.0},"code":{"text":"\\u00e9"}}]}\
        """;
    assertThat(NODE.put("/Observation/digits", json).status()).isEqualTo(201);
    String read = NODE.get("/Observation/digits").text();
    String meta = read.substring(read.indexOf(",\"meta\""), read.indexOf("},") + 1);
    assertThat(read.replace(meta, "")).isEqualTo(json);
  }

  @Test
  void extensionsOfPrimitiveElementsAtTheTopAreKept() {
    String json =
        patient(
            "ext",
            ",\"birthDate\":\"1970-03-30\",\"_birthDate\":{\"extension\":[{\"url\":\"http://t\","
                + "\"valueDateTime\":\"1970-03-30T08:15:00+01:00\"}]}");
    assertThat(NODE.put("/Patient/ext", json).status()).isEqualTo(201);
    assertThat(NODE.get("/Patient/ext").json().path("_birthDate").path("extension").size())
        .isEqualTo(1);
    assertThat(NODE.send("GET", "/clinic/Patient%2Fext", "").json().has("birthDate_")).isTrue();
    Patient read = NODE.hapi().read().resource(Patient.class).withId("ext").execute();
    assertThat(read.getBirthDateElement().getExtension()).hasSize(1);
  }

  @Test
  void writingWhatIsThereAlreadyMakesNoVersion() {
    Reply first = NODE.put("/Patient/same", patient("same", ",\"active\":true"));
    Reply again = NODE.put("/Patient/same", patient("same", ",\"active\":true"));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    Reply read = NODE.get("/Patient/same");
    assertThat(NODE.put("/Patient/same", read.text()).header("ETag"))
        .isEqualTo(first.header("ETag"));
  }

  @Test
  void aWriteAnswersAsItsClientPrefers() {
    Reply minimal = NODE.post("/Patient", patient("x", ""), "Prefer", "return=minimal");
    assertThat(minimal.status()).isEqualTo(201);
    assertThat(minimal.text()).isEmpty();
    assertThat(minimal.header("Location"))
        .matches(NODE.base() + "/Patient/[0-9a-f-]{36}/_history/1-[0-9a-f]{32}");
    Reply outcome = NODE.post("/Patient", patient("x", ""), "Prefer", "return=OperationOutcome");
    assertThat(outcome.json().path("issue").path(0).path("severity").asString())
        .isEqualTo("information");
    assertThat(outcome.header("Last-Modified")).endsWith("GMT");
  }

  @Test
  void whoHasTheVersionIsNotSentItAgain() {
    NODE.put("/Patient/known", patient("known", ""));
    Reply read = NODE.get("/Patient/known");
    assertThat(NODE.get("/Patient/known", "If-None-Match", read.header("ETag")).status())
        .isEqualTo(304);
    assertThat(NODE.get("/Patient/known", "If-None-Match", "W/\"1-other\"").status())
        .isEqualTo(200);
    assertThat(
            NODE.get("/Patient/known", "If-Modified-Since", read.header("Last-Modified")).status())
        .isEqualTo(304);
    String version = "/Patient/known/_history/" + read.header("ETag").replaceAll("W/|\"", "");
    Reply known = NODE.get(version, "If-None-Match", read.header("ETag"));
    assertThat(known.status()).isEqualTo(304);
    assertThat(known.header("ETag")).isEqualTo(read.header("ETag"));
    assertThat(NODE.get(version, "If-None-Match", "W/\"1-other\"").status()).isEqualTo(200);
  }

  @Test
  void anUpdateThatIsMeantToCreateOverwritesNothing() {
    assertThat(NODE.put("/Patient/mine", patient("mine", ""), "If-None-Match", "*").status())
        .isEqualTo(201);
    Reply refused = NODE.put("/Patient/mine", patient("mine", ""), "If-None-Match", "*");
    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.text()).contains("Patient/mine is there, with the version W/");
    NODE.delete("/Patient/mine");
    String entry =
        "{\"resource\":"
            + patient("mine", "")
            + ",\"request\":{\"method\":\"PUT\",\"url\":\"Patient/mine\",\"ifNoneMatch\":\"*\"}}";
    String transaction =
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + entry + "]}";
    assertThat(NODE.post("", transaction).status()).as("it was deleted").isEqualTo(200);
    assertThat(NODE.post("", transaction).status()).isEqualTo(412);
  }

  @Test
  void aVersionWithoutANameIsNobodysAndNotTheWishForNone() {
    assertThat(NODE.put("/Patient/lost", patient("lost", "")).status()).isEqualTo(201);
    assertThat(NODE.delete("/Patient/lost").status()).isEqualTo(200);
    Reply refused = NODE.put("/Patient/lost", patient("lost", ""), "If-Match", "W/\"\"");
    assertThat(refused.status()).as(refused.text()).isEqualTo(412);
    assertThat(NODE.get("/Patient/lost").status()).isEqualTo(410);
  }

  @Test
  void xmlGoesInAndComesOut() {
    String xml =
        "<Observation xmlns=\"http://hl7.org/fhir\"><id value=\"x1\"/><status value=\"final\"/>"
            + "<code><text value=\"&lt;é\"/></code>"
            + "<valueQuantity><value value=\"1.10\"/></valueQuantity></Observation>";
    Reply written =
        NODE.put(
            "/Observation/x1",
            xml,
            "Content-Type",
            "application/fhir+xml",
            "Accept",
            "application/fhir+xml");
    assertThat(written.status()).as(written.text()).isEqualTo(201);
    assertThat(written.header("Content-Type")).startsWith("application/fhir+xml");
    assertThat(NODE.get("/Observation/x1").text()).contains("\"value\":1.10");
    assertThat(NODE.get("/Observation/x1?_format=xml").text())
        .contains("<value value=\"1.10\"/>", "<versionId value=\"1-");
    Observation read = NODE.hapi().read().resource(Observation.class).withId("x1").execute();
    assertThat(read.getValueQuantity().getValue()).isEqualTo("1.10");
    Reply broken = NODE.put("/Observation/x2", "<Observation", "Content-Type", "application/xml");
    assertThat(broken.status()).isEqualTo(400);
    Reply evil =
        NODE.put(
            "/Patient/x3",
            "<!DOCTYPE p [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><Patient"
                + " xmlns=\"http://hl7.org/fhir\"><id value=\"x3\"/><name><text"
                + " value=\"&e;\"/></name></Patient>",
            "Content-Type",
            "application/fhir+xml");
    assertThat(evil.status()).as(evil.text()).isEqualTo(400);
  }

  @Test
  void whatIsWrongWithAResourceIsSaidAllAtOnce() {
    Reply refused =
        NODE.put(
            "/Patient/bad",
            patient(
                "bad",
                ",\"nmae\":[],\"active\":\"yes\",\"birthDate\":\"12.3.1970\",\"name\":[{\"given\":\"A\"},{}],"
                    + "\"contained\":[{\"resourceType\":\"Nope\"}],\"_active\":{\"url\":1}"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("structure");
    assertThat(refused.diagnostics())
        .contains(
            "Patient.nmae Patient has no element nmae",
            "Patient.active Found \"yes\", expected true or false",
            "Patient.birthDate Found another text than expected here: a text (date)",
            "Patient.name[0].given Found \"A\", expected an array",
            "Patient.name[1] An object without members",
            "Patient.contained[0] R4 has no resource Nope",
            "Patient._active.url Element has no element url");
    assertThat(NODE.get("/Patient/bad").status()).isEqualTo(404);
  }

  @Test
  void aServerSaysByWhichReferencesItFindsWhatRefers() {
    JsonNode patient =
        NODE.get("/metadata")
            .json()
            .path("rest")
            .path(0)
            .path("resource")
            .valueStream()
            .filter(one -> one.path("type").asString().equals("Patient"))
            .findFirst()
            .orElseThrow();
    assertThat(patient.path("searchRevInclude").valueStream().map(JsonNode::asString))
        .contains("Observation:subject", "Encounter:patient", "Provenance:target")
        .doesNotContain("Encounter:location", "Observation:code")
        .doesNotHaveDuplicates();
    assertThat(patient.path("searchInclude").valueStream().map(JsonNode::asString))
        .contains("Patient:general-practitioner");
  }

  @Test
  void badRequestsGetAnOutcome() {
    assertThat(NODE.put("/Patient/a", "{").code()).isEqualTo("structure");
    assertThat(NODE.put("/Patient/a", "[]").status()).isEqualTo(400);
    assertThat(NODE.put("/Patient/a", "{}").status()).isEqualTo(400);
    assertThat(NODE.put("/Patient/a", patient("b", "")).diagnostics())
        .contains("the id of the path");
    assertThat(NODE.put("/Patient/a", "{\"resourceType\":\"Patient\"}").status()).isEqualTo(400);
    assertThat(NODE.put("/Observation/a", patient("a", "")).status()).isEqualTo(400);
    assertThat(NODE.put("/Patient/a_b", patient("a_b", "")).status()).isEqualTo(400);
    assertThat(NODE.put("/Patient/a", "x", "Content-Type", "text/plain").status()).isEqualTo(415);
    assertThat(NODE.get("/Patient/nobody").code()).isEqualTo("not-found");
    assertThat(NODE.get("/Pation/x").code()).isEqualTo("not-supported");
    assertThat(NODE.get("/Patient/nobody/_history/1-00").status()).isEqualTo(404);
    assertThat(NODE.get("/Patient/nobody/_history/x").status()).isEqualTo(404);
    assertThat(NODE.get("/metadata", "Accept", "text/turtle").status()).isEqualTo(406);
    assertThat(NODE.send("COPY", "/fhir/clinic/Patient/a", "").code()).isEqualTo("not-supported");
    assertThat(NODE.send("GET", "/fhir/nowhere/Patient/a", "").code()).isEqualTo("not-found");
    assertThat(NODE.get("/Patient/nobody?_format=xml").text())
        .startsWith("<OperationOutcome xmlns=\"http://hl7.org/fhir\">");
  }

  @Test
  void strangersAndOthersAreTurnedAwayAsByTheDocumentApi() {
    NODE.send("PUT", "/closed", "");
    NODE.send(
        "PUT",
        "/closed/_security",
        "{\"admins\":{\"names\":[],\"roles\":[]},\"members\":{\"names\":[\"ana\"],\"roles\":[]}}");
    Reply stranger = NODE.send("GET", "/fhir/closed/Patient/1", "", "X-User", "nobody");
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(stranger.code()).isEqualTo("login");
    Reply other = NODE.send("GET", "/fhir/closed/Patient/1", "", "X-User", "bob");
    assertThat(other.status()).isEqualTo(403);
    assertThat(other.code()).isEqualTo("forbidden");
    assertThat(NODE.send("GET", "/fhir/closed/Patient/1", "", "X-User", "ana").status())
        .isEqualTo(404);
    NODE.send("PUT", "/_users", "");
    assertThat(NODE.send("GET", "/fhir/_users/Patient/1", "").status()).isEqualTo(404);
  }

  @Test
  void whatTheDocumentApiWroteIsServed() {
    NODE.send(
        "PUT", "/clinic/Patient%2Fcouch", "{\"resourceType\":\"Patient\",\"gender\":\"other\"}");
    Reply read = NODE.get("/Patient/couch");
    assertThat(read.json().path("id").asString()).isEqualTo("couch");
    assertThat(read.json().path("meta").path("versionId").asString()).startsWith("1-");
    assertThat(read.json().path("meta").has("lastUpdated")).isFalse();
    NODE.send("PUT", "/clinic/Patient%2Fodd", "{\"type\":\"patient\"}");
    Reply odd = NODE.get("/Patient/odd");
    assertThat(odd.status()).isEqualTo(422);
    assertThat(odd.diagnostics()).contains("The document Patient/odd is no Patient");
  }

  @Test
  void attachmentsOfTheDocumentStayWhenTheResourceIsUpdated() {
    NODE.put("/Patient/att", patient("att", ""));
    String rev = NODE.get("/Patient/att").json().path("meta").path("versionId").asString();
    NODE.send(
        "PUT", "/clinic/Patient%2Fatt/scan.txt?rev=" + rev, "hello", "Content-Type", "text/plain");
    assertThat(NODE.put("/Patient/att", patient("att", ",\"active\":true")).status())
        .isEqualTo(200);
    assertThat(NODE.send("GET", "/clinic/Patient%2Fatt/scan.txt", "").text()).isEqualTo("hello");
  }

  @Test
  void aConflictIsMarkedUntilItIsSettled() {
    NODE.put("/Patient/twice", patient("twice", ",\"gender\":\"male\""));
    RevId first =
        NODE.clinic()
                    .update(
                        new NewRevision(
                            DocId.of("Patient/other"),
                            Optional.empty(),
                            false,
                            Body.parse("{}"),
                            List.of()))
                == null
            ? null
            : RevId.parse(
                NODE.get("/Patient/twice").json().path("meta").path("versionId").asString());
    for (String hash : List.of("a".repeat(32), "b".repeat(32))) {
      NODE.clinic()
          .merge(
              List.of(
                  new ForeignRevision(
                      DocId.of("Patient/twice"),
                      RevPath.of(RevId.of(2, hash), first),
                      false,
                      Body.parse(
                          "{\"resourceType\":\"Patient\",\"id\":\"twice\",\"meta\":{\"tag\":[{\"code\":\"own\"}]}}"),
                      List.of())));
    }
    JsonNode meta = NODE.get("/Patient/twice").json().path("meta");
    assertThat(meta.path("versionId").asString()).isEqualTo("2-" + "b".repeat(32));
    assertThat(meta.path("tag").toString()).contains("\"own\"", "\"conflicted\"");
    assertThat(meta.path("extension").toString()).contains("2-" + "a".repeat(32));
    assertThat(NODE.get("/Patient/twice/_history/2-" + "a".repeat(32)).status()).isEqualTo(200);
    // Who writes back what was read does not write the marks.
    Reply read = NODE.get("/Patient/twice");
    NODE.put("/Patient/twice", read.text().replace("\"id\"", "\"active\":true,\"id\""));
    String document = NODE.send("GET", "/clinic/Patient%2Ftwice", "").text();
    assertThat(document).contains("\"own\"").doesNotContain("conflict");
    assertThat(NODE.get("/Patient/twice").json().path("meta").path("tag").size()).isEqualTo(2);
  }

  @Test
  void theStatementSaysWhatThereIs() {
    CapabilityStatement statement =
        NODE.hapi().capabilities().ofType(CapabilityStatement.class).execute();
    assertThat(statement.getFhirVersion().toCode()).isEqualTo("4.0.1");
    assertThat(statement.getRestFirstRep().getResource()).hasSizeGreaterThan(140);
    assertThat(statement.getImplementation().getUrl()).isEqualTo(NODE.base());
  }

  @Test
  void prettyIsForPeople() {
    NODE.put("/Patient/pretty", patient("pretty", ",\"name\":[{\"text\":\"a, \\\"b\\\": {\"}]"));
    String text = NODE.get("/Patient/pretty?_pretty=true").text();
    assertThat(text).contains("\n  \"id\": \"pretty\",\n", "\"a, \\\"b\\\": {\"");
  }

  @Test
  void readsShowAsMuchAsIsAskedFor() {
    String patient =
        "{\"resourceType\":\"Patient\",\"id\":\"part\",\"active\":true,\"birthDate\":\"1920\",\"text\":{\"status\":\"generated\",\"div\":\"<div"
            + " xmlns=\\\"http://www.w3.org/1999/xhtml\\\">x</div>\"}}";
    Reply written = NODE.put("/Patient/part", patient);
    assertThat(written.status()).as(written.text()).isEqualTo(201);
    Reply elements = NODE.get("/Patient/part?_elements=birthDate");
    assertThat(elements.json().path("birthDate").asString()).isEqualTo("1920");
    assertThat(elements.json().has("active")).isFalse();
    assertThat(elements.text()).contains("SUBSETTED");
    assertThat(NODE.get("/Patient/part?_summary=true").json().has("text")).isFalse();
    String version = written.header("ETag").replaceAll("W/|\"", "");
    assertThat(NODE.get("/Patient/part/_history/" + version + "?_summary=data").json().has("text"))
        .isFalse();
    assertThat(NODE.get("/Patient/part?_summary=count").status()).isEqualTo(400);
    assertThat(NODE.get("/Patient/part?_summary=some").status()).isEqualTo(400);
  }
}
