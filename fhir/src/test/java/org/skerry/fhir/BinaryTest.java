package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.hl7.fhir.r4.model.Binary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.database.Security;
import org.skerry.fhir.FhirNode.Reply;

/** Contents of Binary resources over real HTTP. */
@Timeout(300)
class BinaryTest {
  private static final FhirNode NODE = new FhirNode();
  private static final String[] AS_RESOURCE = {"Accept", "application/fhir+json"};

  @AfterAll
  static void stop() {
    NODE.close();
  }

  private static byte[] content(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static Reply put(String id, byte[] content, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "image/png";
    return NODE.send("PUT", "/fhir/clinic/Binary/" + id, content, all);
  }

  @Test
  void aContentIsReadAsItWasSent() {
    byte[] content = content(300_000);
    Reply created = NODE.send("POST", "/fhir/clinic/Binary", content, "Content-Type", "image/png");
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.header("ETag")).startsWith("W/\"1-");
    String path = created.header("Location").replaceFirst(".*/fhir/clinic", "");
    Reply read = NODE.get(path.substring(0, path.indexOf("/_history")));
    assertThat(read.answer().body()).isEqualTo(content);
    assertThat(read.header("Content-Type")).isEqualTo("image/png");
    assertThat(read.header("Content-Security-Policy")).isEqualTo("sandbox");
    assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
    assertThat(NODE.get(path, "Accept", "image/*, */*;q=0.5").answer().body()).isEqualTo(content);
    assertThat(NODE.get(path, "If-None-Match", created.header("ETag")).status()).isEqualTo(304);
  }

  @Test
  void whoAsksForFhirGetsTheResourceInBothFormats() {
    for (int length : new int[] {0, 1, 2, 3, 100_001}) {
      byte[] content = content(length);
      put("r" + length, content, "X-Security-Context", "Patient/1");
      Reply read = NODE.get("/Binary/r" + length, AS_RESOURCE);
      assertThat(read.json().path("contentType").asString()).isEqualTo("image/png");
      assertThat(read.json().path("securityContext").path("reference").asString())
          .isEqualTo("Patient/1");
      assertThat(Base64.getDecoder().decode(read.json().path("data").asString()))
          .isEqualTo(content);
      Binary xml =
          NODE.hapi()
              .getFhirContext()
              .newXmlParser()
              .parseResource(Binary.class, NODE.get("/Binary/r" + length + "?_format=xml").text());
      assertThat(length == 0 ? new byte[0] : xml.getData()).isEqualTo(content);
    }
  }

  @Test
  void aRangeIsAPartAndOneThatIsNotThereIsRefused() {
    byte[] content = content(1_000);
    put("range", content);
    Reply part = NODE.get("/Binary/range", "Range", "bytes=10-19");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.answer().body()).isEqualTo(Arrays.copyOfRange(content, 10, 20));
    assertThat(part.header("Content-Range")).isEqualTo("bytes 10-19/1000");
    assertThat(NODE.get("/Binary/range", "Range", "bytes=-5").answer().body())
        .isEqualTo(Arrays.copyOfRange(content, 995, 1_000));
    assertThat(NODE.get("/Binary/range", "Range", "bytes=1000-").status()).isEqualTo(416);
    assertThat(NODE.get("/Binary/range").header("Accept-Ranges")).isEqualTo("bytes");
  }

  @Test
  void aNewContentIsANewVersionAndTheSameContentIsNone() {
    Reply first = put("v", content(10));
    Reply same = put("v", content(10));
    assertThat(same.status()).isEqualTo(200);
    assertThat(same.header("ETag")).isEqualTo(first.header("ETag"));
    Reply second = put("v", content(11), "If-Match", first.header("ETag"));
    assertThat(second.status()).isEqualTo(200);
    assertThat(put("v", content(12), "If-Match", first.header("ETag")).status()).isEqualTo(412);
    assertThat(NODE.get("/Binary/v").answer().body()).isEqualTo(content(11));
    String old = first.header("ETag").replaceAll("W/|\"", "");
    assertThat(NODE.get("/Binary/v/_history/" + old).answer().body()).isEqualTo(content(10));
    assertThat(NODE.get("/Binary/v/_history").json().path("total").asInt()).isEqualTo(2);
  }

  @Test
  void aResourceWithDataIsReadAsContentTooAndTakesThePlaceOfAContent() {
    put("j", content(10));
    String json =
        "{\"resourceType\":\"Binary\",\"id\":\"j\",\"contentType\":\"text/plain\",\"data\":\"aGk=\"}";
    assertThat(NODE.put("/Binary/j", json).status()).isEqualTo(200);
    Reply raw = NODE.get("/Binary/j");
    assertThat(raw.text()).isEqualTo("hi");
    assertThat(raw.header("Content-Type")).isEqualTo("text/plain");
    assertThat(NODE.get("/Binary/j", AS_RESOURCE).json().path("data").asString()).isEqualTo("aGk=");
    assertThat(put("j", content(7)).status()).isEqualTo(200);
    assertThat(NODE.get("/Binary/j").answer().body()).isEqualTo(content(7));
    Reply changed =
        NODE.put(
            "/Binary/j",
            "{\"resourceType\":\"Binary\",\"id\":\"j\",\"contentType\":\"image/gif\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(NODE.get("/Binary/j").answer().body())
        .as("what says nothing of the content leaves it")
        .isEqualTo(content(7));
  }

  @Test
  void hapisClientSendsAndReadsContents() {
    Binary binary = new Binary();
    binary.setContentType("application/pdf").setData(content(5_000));
    var created = NODE.hapi().create().resource(binary).execute();
    assertThat(created.getCreated()).isTrue();
    Binary read =
        NODE.hapi().read().resource(Binary.class).withId(created.getId().getIdPart()).execute();
    assertThat(read.getData()).isEqualTo(content(5_000));
    assertThat(read.getContentType()).isEqualTo("application/pdf");
  }

  @Test
  void theDatabasesRulesHoldForContents() {
    NODE.databases()
        .create("closed")
        .orElseThrow()
        .security(Security.parse("{\"members\":{\"names\":[\"ana\"]}}".getBytes()));
    String path = "/fhir/closed/Binary/x";
    String[] ana = {"Content-Type", "text/plain", "X-User", "ana"};
    assertThat(NODE.send("PUT", path, "secret", ana).status()).isEqualTo(201);
    assertThat(NODE.send("GET", path, "", "X-User", "ben").status()).isEqualTo(403);
    assertThat(NODE.send("GET", path, "", "X-User", "ana").text()).isEqualTo("secret");
    assertThat(NODE.send("GET", path, "", "X-User", "nobody").status()).isEqualTo(401);
  }

  @Test
  void unknownDeletedAndMisnamedOnesAreToldApart() {
    assertThat(NODE.get("/Binary/none").status()).isEqualTo(404);
    put("gone", content(3));
    NODE.delete("/Binary/gone");
    assertThat(NODE.get("/Binary/gone").status()).isEqualTo(410);
    assertThat(put("a_b", content(3)).status()).isEqualTo(400);
    assertThat(
            NODE.send("PUT", "/fhir/clinic/Patient/x", content(3), "Content-Type", "image/png")
                .status())
        .isEqualTo(415);
  }
}
