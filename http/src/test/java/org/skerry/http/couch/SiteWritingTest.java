package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.http.couch.SitesNode.ADMIN;
import static org.skerry.http.couch.SitesNode.HILL;
import static org.skerry.http.couch.SitesNode.SHORE;
import static org.skerry.http.couch.SitesNode.texts;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What a site may write, and what becomes of it. */
@Timeout(300)
class SiteWritingTest {
  private static final String OWN = "{\"type\":\"patient\",\"at\":\"hill\"}";
  private static final String THEIRS = "{\"type\":\"patient\",\"at\":\"shore\"}";

  private final SitesNode sites = new SitesNode().filled();

  @AfterEach
  void stop() {
    sites.close();
  }

  private void assertForbidden(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(SitesNode.json(answer).path("error").asString()).isEqualTo("forbidden");
  }

  @Test
  void aSiteWritesItsOwn() {
    assertThat(sites.send(HILL, "PUT", "/care/p9", OWN).statusCode()).isEqualTo(201);
    assertThat(
            sites
                .send(HILL, "POST", "/care", "{\"type\":\"note\",\"patient\":\"p9\"}")
                .statusCode())
        .isEqualTo(201);
    assertThat(
            sites.send(HILL, "PUT", "/care/p9/photo?rev=" + sites.rev("p9"), "bytes").statusCode())
        .isEqualTo(201);
    assertThat(sites.get(HILL, "/care/p9/photo").body()).isEqualTo("bytes");
    assertThat(sites.get(SHORE, "/care/p9").statusCode()).isEqualTo(404);
    assertThat(sites.send(HILL, "COPY", "/care/p9", "", Map.of("Destination", "p10")).statusCode())
        .isEqualTo(201);
    assertThat(sites.send(HILL, "DELETE", "/care/p10?rev=" + sites.rev("p10"), "").statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatIsOutsideIsRefusedOnEveryWay() {
    assertForbidden(sites.send(HILL, "PUT", "/care/new", THEIRS));
    assertForbidden(sites.send(HILL, "POST", "/care", THEIRS));
    assertForbidden(sites.send(HILL, "PUT", "/care/new", "{\"type\":\"nothing\"}"));
    assertForbidden(sites.send(HILL, "PUT", "/care/q1", OWN));
    assertForbidden(sites.send(HILL, "PUT", "/care/new/file", "bytes"));
    assertForbidden(sites.send(HILL, "PUT", "/care/new?new_edits=false", "{\"_rev\":\"1-a\"}"));
    for (String edits : new String[] {"true", "false"}) {
      JsonNode rows =
          sites.post(
              HILL,
              "/care/_bulk_docs",
              "{\"new_edits\":"
                  + edits
                  + ",\"docs\":[{\"_id\":\"a"
                  + edits
                  + "\",\"_rev\":\"1-967a00dff5e02add41819138abb3284d\",\"type\":\"nothing\"},"
                  + "{\"_id\":\"b"
                  + edits
                  + "\""
                  + (edits.equals("false")
                      ? ",\"_rev\":\"1-967a00dff5e02add41819138abb3284d\""
                      : "")
                  + ",\"type\":\"patient\",\"at\":\"shore\"}]}");
      assertThat(texts(rows, "error")).contains("forbidden");
    }
    assertThat(sites.json(ADMIN, "/care").path("doc_count").asInt()).isEqualTo(8);
  }

  @Test
  void aDocumentInPartsIsRefusedLikeAnyOther() {
    String related =
        """
        --zz\r
        Content-Type: application/json\r
        \r
        {"type":"patient","at":"shore","_attachments":{"f":{"follows":true,"length":3,\
        "content_type":"text/plain"}}}\r
        --zz\r
        \r
        abc\r
        --zz--\
        """;
    Map<String, String> parts = Map.of("Content-Type", "multipart/related; boundary=zz");
    assertForbidden(sites.send(HILL, "PUT", "/care/new", related, parts));
    assertThat(
            sites
                .send(HILL, "PUT", "/care/own", related.replace("shore", "hill"), parts)
                .statusCode())
        .isEqualTo(201);
  }

  @Test
  void aSiteHandsAPatientOn() {
    HttpResponse<String> handed =
        sites.send(HILL, "PUT", "/care/p1?rev=" + sites.rev("p1"), THEIRS);
    assertThat(handed.statusCode()).isEqualTo(201);
    sites.settle();
    assertThat(sites.get(HILL, "/care/p1").statusCode()).isEqualTo(404);
    assertThat(sites.get(HILL, "/care/n1").statusCode()).isEqualTo(404);
    assertThat(sites.get(SHORE, "/care/n1").statusCode()).isEqualTo(200);
    assertThat(sites.json(ADMIN, "/care/p1").path("_conflicts").isMissingNode()).isTrue();
  }

  @Test
  void aLateEditIsTakenAndKept() {
    String before = sites.rev("n1");
    sites.put("/care/p1", THEIRS);
    sites.settle();
    String late =
        "{\"new_edits\":false,\"docs\":[{\"_id\":\"n1\",\"type\":\"note\",\"patient\":\"p1\","
            + "\"text\":\"written without a line\",\"_rev\":\"2-967a00dff5e02add41819138abb3284d\","
            + "\"_revisions\":{\"start\":2,\"ids\":[\"967a00dff5e02add41819138abb3284d\",\""
            + before.substring(2)
            + "\"]}}]}";
    assertThat(sites.send(HILL, "POST", "/care/_bulk_docs", late).body()).startsWith("[]");
    sites.settle();
    assertThat(sites.json(ADMIN, "/care/n1").path("text").asString())
        .isEqualTo("written without a line");
    assertThat(sites.get(HILL, "/care/n1").statusCode()).isEqualTo(404);
  }

  @Test
  void designDocumentsStayForAdministrators() {
    assertThat(sites.send(HILL, "PUT", "/care/_design/mine", "{}").statusCode()).isEqualTo(403);
    assertThat(
            sites
                .send(HILL, "POST", "/care/_index", "{\"index\":{\"fields\":[\"a\"]}}")
                .statusCode())
        .isEqualTo(403);
  }
}
