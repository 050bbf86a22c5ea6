package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.hl7.fhir.r4.model.DocumentReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.fhir.FhirNode.Reply;
import tools.jackson.databind.JsonNode;

/** Large data of Attachments over real HTTP: kept beside their resource, read in it. */
@Timeout(300)
class AttachedDataTest {
  private static final FhirNode NODE = new FhirNode();

  @AfterAll
  static void stop() {
    NODE.close();
  }

  private static byte[] data(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String name(byte[] bytes) {
    return "data-" + HexFormat.of().formatHex(sha1(bytes));
  }

  private static String json(String id, byte[] bytes) {
    return json(id, "\"contentType\" : \"image/png\", \"data\" : \"" + base64(bytes) + '"');
  }

  private static String json(String id, String attachment) {
    return "{\"resourceType\":\"DocumentReference\",\"id\":\""
        + id
        + "\",\"status\":\"current\",\"content\":[{\"attachment\":{"
        + attachment
        + "}}],\"description\":\"scan\"}";
  }

  private static Reply put(String id, byte[] bytes, String... headers) {
    Reply written = NODE.put("/DocumentReference/" + id, json(id, bytes), headers);
    assertThat(written.status()).as(written.diagnostics()).isLessThan(300);
    return written;
  }

  private static JsonNode attachment(JsonNode resource) {
    return resource.path("content").path(0).path("attachment");
  }

  private static String dataOf(Reply read) {
    assertThat(read.status()).as(read.text()).isLessThan(300);
    return attachment(read.json()).path("data").asString("none");
  }

  private static JsonNode document(String id) {
    return NODE.send("GET", "/clinic/DocumentReference%2F" + id, "").json();
  }

  private static Reply raw(String id, byte[] bytes, String... headers) {
    return NODE.get("/DocumentReference/" + id + "/$attachment/" + name(bytes), headers);
  }

  @Test
  void largeDataAreAnAttachmentOfTheDocumentAndAreReadInTheResource() {
    byte[] bytes = data(100_000, 1);
    Reply written = put("a", bytes);
    assertThat(dataOf(written)).isEqualTo(base64(bytes));
    Reply read = NODE.get("/DocumentReference/a");
    assertThat(dataOf(read)).isEqualTo(base64(bytes));
    assertThat(read.text()).endsWith("\"description\":\"scan\"}");
    assertThat(read.header("ETag")).isEqualTo(written.header("ETag"));
    assertThat(read.header("Content-Length")).isEqualTo("" + read.answer().body().length);
    JsonNode document = document("a");
    assertThat(document.toString()).hasSizeLessThan(2_000).doesNotContain("\"data\":");
    JsonNode kept = document.path("_attachments").path(name(bytes));
    assertThat(kept.path("content_type").asString()).isEqualTo("image/png");
    assertThat(kept.path("length").asInt()).isEqualTo(bytes.length);
    JsonNode stands =
        attachment(document).path("_data").path("extension").path(0).path("valueAttachment");
    assertThat(stands.path("url").asString()).isEqualTo(name(bytes));
    assertThat(stands.path("size").asInt()).isEqualTo(bytes.length);
    assertThat(stands.path("hash").asString()).isEqualTo(base64(sha1(bytes)));
    assertThat(NODE.hapi().read().resource(DocumentReference.class).withId("a").execute())
        .satisfies(
            found ->
                assertThat(found.getContentFirstRep().getAttachment().getData()).isEqualTo(bytes));
  }

  @Test
  void smallDataStayInTheDocumentAsTheyCame() {
    String attachment = "\"data\":\"aGkg\\n aGk=\",\"title\":\"t\"";
    NODE.put("/DocumentReference/small", json("small", attachment));
    assertThat(NODE.get("/DocumentReference/small").text()).contains(attachment);
    assertThat(document("small").has("_attachments")).isFalse();
  }

  @Test
  void theDataHaveAnAddressWithRangesAndATag() {
    byte[] bytes = data(50_000, 2);
    put("raw", bytes);
    Reply whole = raw("raw", bytes);
    assertThat(whole.answer().body()).isEqualTo(bytes);
    assertThat(whole.header("Content-Type")).isEqualTo("image/png");
    assertThat(whole.header("Content-Security-Policy")).isEqualTo("sandbox");
    Reply part = raw("raw", bytes, "Range", "bytes=100-199");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.answer().body()).isEqualTo(Arrays.copyOfRange(bytes, 100, 200));
    assertThat(raw("raw", bytes, "If-None-Match", whole.header("ETag")).status()).isEqualTo(304);
    assertThat(raw("raw", data(9, 9)).status()).isEqualTo(404);
    assertThat(raw("none", bytes).status()).isEqualTo(404);
    assertThat(NODE.get("/DocumentReference/raw/$attachment/x").status()).isEqualTo(404);
  }

  @Test
  void listsSayWhereTheDataAreAndWhoSendsThatBackKeepsThem() {
    byte[] bytes = data(30_000, 3);
    put("list", bytes);
    JsonNode found =
        NODE.get("/DocumentReference?_id=list").json().path("entry").path(0).path("resource");
    JsonNode shown = attachment(found);
    assertThat(shown.has("data") || shown.has("_data")).isFalse();
    assertThat(shown.path("size").asInt()).isEqualTo(bytes.length);
    assertThat(shown.path("hash").asString()).isEqualTo(base64(sha1(bytes)));
    String url = shown.path("url").asString();
    assertThat(url).isEqualTo(NODE.base() + "/DocumentReference/list/$attachment/" + name(bytes));
    Reply changed =
        NODE.put("/DocumentReference/list", found.toString().replace("scan", "changed"));
    assertThat(dataOf(changed)).isEqualTo(base64(bytes));
    assertThat(NODE.get("/DocumentReference/list").json().path("description").asString())
        .isEqualTo("changed");
    assertThat(document("list").path("_attachments").path(name(bytes)).path("revpos").asInt())
        .as("no copy was made")
        .isEqualTo(1);
    String escaped = found.toString().replace("scan", "escaped").replace("/", "\\/");
    assertThat(dataOf(NODE.put("/DocumentReference/list", escaped))).isEqualTo(base64(bytes));
    put("list", data(30_000, 33));
    Reply lost = NODE.put("/DocumentReference/list", escaped);
    assertThat(lost.status()).as("it would lose its data").isEqualTo(422);
    assertThat(lost.diagnostics()).contains(name(bytes));
    assertThat(NODE.get("/DocumentReference?location=" + url).json().path("total").asInt(0))
        .as("a place in this server is no location")
        .isZero();
  }

  @Test
  void versionsShareDataAndLetThemGo() {
    byte[] bytes = data(20_000, 4);
    String first = put("v", bytes).header("ETag").replaceAll("W/|\"", "");
    assertThat(put("v", bytes).header("ETag")).as("the same is no version").contains(first);
    byte[] other = data(20_000, 5);
    put("v", other, "If-Match", "W/\"" + first + '"');
    assertThat(document("v").path("_attachments").propertyNames()).containsExactly(name(other));
    assertThat(dataOf(NODE.get("/DocumentReference/v/_history/" + first))).isEqualTo(base64(bytes));
    JsonNode history = NODE.get("/DocumentReference/v/_history").json().path("entry");
    assertThat(history.size()).isEqualTo(2);
    String old = attachment(history.path(1).path("resource")).path("url").asString();
    assertThat(old).contains("/_history/" + first + "/$attachment/");
    assertThat(NODE.get(old.substring(NODE.base().length())).answer().body()).isEqualTo(bytes);
    assertThat(raw("v", bytes).status()).as("it is no data of the current version").isEqualTo(404);
    NODE.put("/DocumentReference/v", json("v", "\"title\":\"none\""));
    assertThat(document("v").has("_attachments")).isFalse();
    NODE.delete("/DocumentReference/v");
    assertThat(raw("v", other).status()).isEqualTo(404);
    assertThat(NODE.get("/DocumentReference/v").status()).isEqualTo(410);
  }

  @Test
  void partsOfAResourceComeWithoutData() {
    byte[] bytes = data(20_000, 6);
    put("parts", bytes);
    JsonNode part = NODE.get("/DocumentReference/parts?_elements=content").json();
    assertThat(attachment(part).has("data")).isFalse();
    Reply data = NODE.get(attachment(part).path("url").asString().substring(NODE.base().length()));
    assertThat(data.answer().body()).isEqualTo(bytes);
    Reply valid = NODE.get("/DocumentReference/parts/_history/1-0");
    assertThat(valid.status()).isEqualTo(404);
    assertThat(dataOf(NODE.get("/DocumentReference/parts?_pretty=true"))).isEqualTo(base64(bytes));
  }

  @Test
  void xmlHasTheDataToo() {
    byte[] bytes = data(20_000, 7);
    put("x", bytes);
    var parser = NODE.hapi().getFhirContext().newXmlParser();
    String xml = NODE.get("/DocumentReference/x?_format=xml").text();
    DocumentReference read = parser.parseResource(DocumentReference.class, xml);
    assertThat(read.getContentFirstRep().getAttachment().getData()).isEqualTo(bytes);
    Reply written = NODE.put("/DocumentReference/x", xml, "Content-Type", "application/fhir+xml");
    assertThat(written.status()).as(written.text()).isEqualTo(200);
    assertThat(dataOf(NODE.get("/DocumentReference/x"))).isEqualTo(base64(bytes));
    assertThat(document("x").path("_attachments").has(name(bytes))).isTrue();
  }

  @Test
  void patchesMoveDataReplaceThemAndLeaveThemAlone() {
    byte[] bytes = data(20_000, 8);
    put("p", bytes);
    String place = "/content/0/attachment/";
    Reply retitled =
        patch("p", "[{\"op\":\"add\",\"path\":\"" + place + "title\",\"value\":\"T\"}]");
    assertThat(dataOf(retitled)).isEqualTo(base64(bytes));
    byte[] other = data(20_000, 9);
    Reply replaced =
        patch(
            "p",
            "[{\"op\":\"replace\",\"path\":\""
                + place
                + "data\",\"value\":\""
                + base64(other)
                + "\"},{\"op\":\"add\",\"path\":\"/content/-\",\"value\":{\"attachment\":{\"title\":"
                + "\"second\"}}},{\"op\":\"copy\",\"from\":\""
                + place
                + "data\",\"path\":\"/content/1/attachment/data\"}]");
    assertThat(dataOf(replaced)).isEqualTo(base64(other));
    assertThat(document("p").path("_attachments").propertyNames()).containsExactly(name(other));
    String moved = "[{\"op\":\"copy\",\"from\":\"" + place + "data\",\"path\":\"/%s\"}]";
    assertThat(patch("p", moved.formatted("description")).status()).isEqualTo(422);
    String within =
        "[{\"op\":\"add\",\"path\":\"/contained\",\"value\":[{\"resourceType\":\"DocumentReference\","
            + "\"id\":\"c\",\"status\":\"current\",\"content\":[{\"attachment\":{\"title\":\"t\"}}]}]},"
            + moved.formatted("contained/0/content/0/attachment/data").substring(1);
    assertThat(patch("p", within).status()).isEqualTo(200);
    assertThat(NODE.get("/DocumentReference/p?_format=xml").text())
        .as("contained stands first in XML, and last in JSON")
        .contains("<data value=\"" + base64(other) + '"');
    Reply removed = patch("p", "[{\"op\":\"remove\",\"path\":\"" + place + "data\"}]");
    assertThat(removed.json().path("content").path(0).path("attachment").has("data")).isFalse();
  }

  private static Reply patch(String id, String json) {
    return NODE.patch(
        "/DocumentReference/" + id, json, "Content-Type", "application/json-patch+json");
  }

  @Test
  void transactionsAndBatchesKeepDataAndSayWhereTheyAre() {
    byte[] bytes = data(20_000, 10);
    for (String type : new String[] {"transaction", "batch"}) {
      String id = "in-" + type;
      String entries = entry("PUT", id, json(id, bytes)) + "," + entry("GET", id, "");
      Reply done =
          NODE.post(
              "",
              "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + entries + "]}",
              "Prefer",
              "return=representation");
      assertThat(done.status()).as(done.text()).isEqualTo(200);
      for (int i = 0; i < 2; i++) {
        JsonNode shown = attachment(done.json().path("entry").path(i).path("resource"));
        assertThat(shown.path("size").asInt()).as(done.text()).isEqualTo(bytes.length);
        assertThat(shown.has("data")).isFalse();
      }
      assertThat(dataOf(NODE.get("/DocumentReference/" + id))).isEqualTo(base64(bytes));
    }
  }

  private static String entry(String method, String id, String resource) {
    return "{\"request\":{\"method\":\""
        + method
        + "\",\"url\":\"DocumentReference/"
        + id
        + "\"}"
        + (resource.isEmpty() ? "" : ",\"resource\":" + resource)
        + "}";
  }

  @Test
  void otherResourcesAboutDocumentsDoTheSame() {
    byte[] bytes = data(20_000, 11);
    String attachment = "{\"data\":\"" + base64(bytes) + "\"}";
    NODE.put(
        "/Media/m",
        "{\"content\":"
            + attachment
            + ",\"id\":\"m\",\"resourceType\":\"Media\",\"status\":\"completed\"}");
    NODE.put(
        "/DiagnosticReport/d",
        "{\"resourceType\":\"DiagnosticReport\",\"id\":\"d\",\"status\":\"final\",\"code\":{\"text\":"
            + "\"c\"},\"presentedForm\":[{\"title\":\"none\"},"
            + attachment
            + "]}");
    assertThat(NODE.get("/Media/m").json().path("content").path("data").asString())
        .isEqualTo(base64(bytes));
    assertThat(
            NODE.get("/DiagnosticReport/d")
                .json()
                .path("presentedForm")
                .path(1)
                .path("data")
                .asString())
        .isEqualTo(base64(bytes));
    assertThat(NODE.get("/Media/m/$attachment/" + name(bytes)).answer().body()).isEqualTo(bytes);
    assertThat(NODE.get("/DiagnosticReport/d/$attachment/" + name(bytes)).status()).isEqualTo(200);
  }

  @Test
  void conditionsHoldForResourcesWithData() {
    byte[] bytes = data(20_000, 12);
    String json = json("c", bytes).replace("\"id\":\"c\",", "");
    String identified =
        json.replace("\"status\"", "\"identifier\":[{\"value\":\"only-one\"}],\"status\"");
    Reply created =
        NODE.post("/DocumentReference", identified, "If-None-Exist", "identifier=only-one");
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(dataOf(created)).isEqualTo(base64(bytes));
    Reply again =
        NODE.post("/DocumentReference", identified, "If-None-Exist", "identifier=only-one");
    assertThat(again.status()).isEqualTo(200);
    byte[] other = data(20_000, 13);
    Reply updated =
        NODE.put(
            "/DocumentReference?identifier=only-one",
            identified.replace(base64(bytes), base64(other)));
    assertThat(dataOf(updated)).isEqualTo(base64(other));
    put("m", bytes);
    assertThat(NODE.put("/DocumentReference/m", json("m", other), "If-Match", "W/\"1-0\"").status())
        .isEqualTo(412);
    assertThat(dataOf(NODE.get("/DocumentReference/m"))).isEqualTo(base64(bytes));
  }

  @Test
  void whatIsNoBase64OrTooLargeIsRefusedAndNothingIsKept() {
    String broken = base64(data(20_000, 14)).replace('A', '*');
    Reply refused = NODE.put("/DocumentReference/n", json("n", "\"data\":\"" + broken + '"'));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("resourceType").asString()).isEqualTo("OperationOutcome");
    String cut = json("n", data(20_000, 14)).substring(0, 20_000);
    assertThat(NODE.put("/DocumentReference/n", cut).status()).isEqualTo(400);
    Reply unshaped =
        NODE.put(
            "/DocumentReference/n",
            json("n", "\"data\":\"" + base64(data(20_000, 14)) + "\",\"dada\":1"));
    assertThat(unshaped.status()).isEqualTo(400);
    assertThat(unshaped.diagnostics()).contains("dada");
    NODE.attachmentBytes(19_999);
    try {
      Reply large = NODE.put("/DocumentReference/n", json("n", data(20_000, 14)));
      assertThat(large.status()).isEqualTo(413);
      assertThat(large.json().path("resourceType").asString()).isEqualTo("OperationOutcome");
    } finally {
      NODE.attachmentBytes(Long.MAX_VALUE);
    }
    String long1 = json("n", "\"title\":\"" + "x".repeat(9_000_000) + '"');
    assertThat(NODE.put("/DocumentReference/n", long1).status()).isEqualTo(413);
    assertThat(NODE.get("/DocumentReference/n").status()).isEqualTo(404);
  }

  @Test
  void aConflictKeepsTheDataOfBothVersions() {
    byte[] ours = data(20_000, 15);
    byte[] theirs = data(20_000, 16);
    put("both", ours);
    put("other", theirs);
    String other =
        NODE.send(
                "GET",
                "/clinic/DocumentReference%2Fother?attachments=true",
                "",
                "Accept",
                "application/json")
            .text();
    String rev = "1-ffffffffffffffffffffffffffffffff";
    String foreign =
        other
            .replaceFirst("\"_rev\":\"[^\"]*\"", "\"_rev\":\"" + rev + '"')
            .replace("DocumentReference/other", "DocumentReference/both")
            .replace("\"id\":\"other\"", "\"id\":\"both\"");
    Reply replicated =
        NODE.send(
            "PUT",
            "/clinic/DocumentReference%2Fboth?new_edits=false",
            foreign,
            "Content-Type",
            "application/json");
    assertThat(replicated.status()).as(replicated.text()).isEqualTo(201);
    Reply winner = NODE.get("/DocumentReference/both");
    assertThat(dataOf(winner)).isEqualTo(base64(theirs));
    assertThat(winner.text()).contains("conflicting-version");
    String losing =
        winner.json().path("meta").path("extension").path(0).path("valueString").asString();
    assertThat(dataOf(NODE.get("/DocumentReference/both/_history/" + losing)))
        .isEqualTo(base64(ours));
  }

  @Test
  void whatOnlyClaimsToHaveDataIsShownAsItIs() {
    String claim =
        "\"_data\":{\"extension\":[{\"url\":\"http://skerry.org/fhir/StructureDefinition/attached-data\","
            + "\"valueAttachment\":{\"url\":\""
            + name(data(1, 1))
            + "\",\"size\":1}}]}";
    Reply written = NODE.put("/DocumentReference/claim", json("claim", claim));
    assertThat(written.status()).as(written.text()).isEqualTo(201);
    assertThat(NODE.get("/DocumentReference/claim").text()).contains(claim);
  }
}
