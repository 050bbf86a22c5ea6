package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.http.couch.SitesNode.ADMIN;
import static org.skerry.http.couch.SitesNode.HILL;
import static org.skerry.http.couch.SitesNode.SHORE;
import static org.skerry.http.couch.SitesNode.texts;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** CouchDB's own replicator as a site, request by request as it asks, in both directions. */
@Timeout(300)
class CouchAsSiteTest {
  private static final String CHECKPOINT = "/care/_local/4b6dd5e5a1d8d8d2a0b5dd1c1c2f2e11";
  private static final String CHANGES =
      "/care/_changes?feed=normal&style=all_docs&timeout=10000&since=";
  private static final String REV = "1-967a00dff5e02add41819138abb3284d";

  private final SitesNode sites = new SitesNode().filled();

  @AfterEach
  void stop() {
    sites.close();
  }

  private static String history(String seq) {
    return String.format(
        """
        {"session_id":"s1","source_last_seq":"%1$s","replication_id_version":4,
         "history":[{"session_id":"s1","recorded_seq":"%1$s","end_last_seq":"%1$s",
          "start_last_seq":0,"missing_checked":5,"missing_found":5,"docs_read":5,
          "docs_written":5,"doc_write_failures":0}]}\
        """,
        seq);
  }

  private HttpResponse<String> multipart(String id, String revs) {
    return sites.send(
        HILL,
        "GET",
        "/care/" + id + "?revs=true&open_revs=" + revs + "&latest=true",
        "",
        Map.of("Accept", "multipart/mixed"));
  }

  private static String quoted(String rev) {
    return "%5B%22" + rev + "%22%5D";
  }

  @Test
  void itPullsTheSubsetAndGoesOnFromItsCheckpoint() {
    assertThat(sites.json(HILL, "/care").path("instance_start_time").asString()).isEqualTo("0");
    assertThat(sites.json(HILL, CHECKPOINT).path("error").asString()).isEqualTo("not_found");
    JsonNode changes = sites.json(HILL, CHANGES + "0");
    JsonNode rows = changes.path("results");
    assertThat(texts(rows, "id"))
        .containsExactlyInAnyOrder("_design/desk", "n1", "p1", "p2", "word");
    for (JsonNode row : rows) {
      String id = row.path("id").asString();
      String rev = row.path("changes").get(0).path("rev").asString();
      assertThat(multipart(id, quoted(rev)).body()).contains("\"_rev\":\"" + rev + "\"");
      JsonNode bulk =
          sites.post(
              HILL,
              "/care/_bulk_get?latest=true&revs=true&attachments=false",
              "{\"docs\":[{\"id\":\"" + id + "\",\"rev\":\"" + rev + "\",\"atts_since\":[]}]}");
      JsonNode found = bulk.path("results").get(0).path("docs").get(0).path("ok");
      assertThat(found.path("_rev").asString()).isEqualTo(rev);
      assertThat(found.path("_revisions").path("ids").size()).isEqualTo(1);
    }
    String seq = changes.path("last_seq").asString();
    assertThat(sites.send(HILL, "POST", "/care/_ensure_full_commit", "").statusCode())
        .isEqualTo(201);
    assertThat(sites.send(HILL, "PUT", CHECKPOINT, history(seq)).statusCode()).isEqualTo(201);
    JsonNode known = sites.json(HILL, CHECKPOINT);
    assertThat(known.path("source_last_seq").asString()).isEqualTo(seq);
    assertThat(sites.get(SHORE, CHECKPOINT).statusCode()).as("a site's own").isEqualTo(404);
    assertThat(sites.get(HILL, CHECKPOINT).headers().firstValue("X-Skerry-Update-Seq"))
        .as("its feed may grow without a change behind it")
        .isEmpty();
    assertThat(sites.json(HILL, CHANGES + seq).path("results").size()).isZero();
    sites.put("/care/n2", "{\"type\":\"note\",\"patient\":\"p2\"}");
    sites.put("/care/m2", "{\"type\":\"note\",\"patient\":\"q1\"}");
    assertThat(texts(sites.json(HILL, CHANGES + seq).path("results"), "id")).containsExactly("n2");
  }

  @Test
  void latestBringsWhatFollowedAndRevisionsOfOthersAreMissing() {
    String first = sites.rev("p1");
    String second = sites.put("/care/p1", "{\"type\":\"patient\",\"at\":\"hill\",\"v\":2}");
    assertThat(multipart("p1", quoted(first)).body())
        .contains("\"_rev\":\"" + second + "\"")
        .doesNotContain("\"_rev\":\"" + first + "\"");
    String theirs = quoted(sites.rev("q1"));
    HttpResponse<String> hidden = multipart("q1", theirs);
    HttpResponse<String> unknown = multipart("zz", theirs);
    assertThat(hidden.statusCode()).isEqualTo(unknown.statusCode());
    assertThat(withoutBoundary(hidden)).isEqualTo(withoutBoundary(unknown)).contains("missing");
    assertThat(multipart("m1", "all").body()).doesNotContain("measles", "secret");
  }

  private static String withoutBoundary(HttpResponse<String> answer) {
    String type = answer.headers().firstValue("Content-Type").orElseThrow();
    String boundary = type.substring(type.indexOf('"') + 1, type.lastIndexOf('"'));
    return answer.body().replace(boundary, "");
  }

  @Test
  void aPatientWhoMovesAwayIsPulledAsATombstoneWithItsHistory() {
    String had = sites.rev("p1");
    String seq = sites.json(HILL, CHANGES + "0").path("last_seq").asString();
    sites.put("/care/p1", "{\"type\":\"patient\",\"at\":\"shore\"}");
    sites.settle();
    JsonNode rows = sites.json(HILL, CHANGES + seq).path("results");
    assertThat(texts(rows, "id")).containsExactlyInAnyOrder("p1", "n1");
    for (JsonNode row : rows) {
      assertThat(row.path("deleted").asBoolean()).isTrue();
      String rev = row.path("changes").get(0).path("rev").asString();
      String body = multipart(row.path("id").asString(), quoted(rev)).body();
      assertThat(body).contains("\"_deleted\":true", "\"_revisions\"").doesNotContain("shore");
      if (row.path("id").asString().equals("p1")) {
        assertThat(body).contains(had.substring(2));
      }
    }
    assertThat(sites.json(SHORE, "/care/p1").path("at").asString()).isEqualTo("shore");
  }

  @Test
  void itPushesWhatIsInsideAndIsToldWhatIsNot() {
    JsonNode missing =
        sites.post(
            HILL,
            "/care/_revs_diff",
            "{\"n9\":[\""
                + REV
                + "\"],\"q1\":[\""
                + REV
                + "\"],\"p1\":[\""
                + sites.rev("p1")
                + "\"]}");
    assertThat(List.copyOf(missing.propertyNames())).containsExactlyInAnyOrder("n9", "q1");
    String revisions =
        "\"_rev\":\""
            + REV
            + "\",\"_revisions\":{\"start\":1,\"ids\":[\""
            + REV.substring(2)
            + "\"]}";
    JsonNode refused =
        sites.post(
            HILL,
            "/care/_bulk_docs",
            "{\"new_edits\":false,\"docs\":[{\"_id\":\"n8\","
                + revisions
                + ",\"type\":\"note\",\"patient\":\"p1\"},{\"_id\":\"m8\","
                + revisions
                + ",\"type\":\"note\",\"patient\":\"q1\"}]}");
    assertThat(texts(refused, "id")).containsExactly("m8");
    assertThat(texts(refused, "error")).containsExactly("forbidden");
    String document =
        "{\"_id\":\"n9\","
            + revisions
            + ",\"type\":\"note\",\"patient\":\"p2\",\"_attachments\":"
            + "{\"scan.txt\":{\"content_type\":\"text/plain\",\"length\":5,\"revpos\":1,"
            + "\"follows\":true}}}";
    HttpResponse<String> written =
        sites.send(
            HILL,
            "PUT",
            "/care/n9?new_edits=false",
            "--xyz\r\nContent-Type: application/json\r\n\r\n"
                + document
                + "\r\n--xyz\r\nContent-Disposition: attachment; filename=\"scan.txt\"\r\n"
                + "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nfever\r\n--xyz--",
            Map.of("Content-Type", "multipart/related; boundary=\"xyz\""));
    assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
    assertThat(sites.get(HILL, "/care/n9/scan.txt").body()).isEqualTo("fever");
    assertThat(sites.rev("n9")).isEqualTo(REV);
    assertThat(sites.get(ADMIN, "/care/m8").statusCode()).isEqualTo(404);
    assertThat(sites.get(SHORE, "/care/n9/scan.txt").statusCode()).isEqualTo(404);
    JsonNode again = sites.post(HILL, "/care/_revs_diff", "{\"n9\":[\"" + REV + "\"]}");
    assertThat(again.size()).isZero();
  }
}
