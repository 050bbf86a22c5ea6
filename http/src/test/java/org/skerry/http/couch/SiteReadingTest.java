package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.http.couch.SitesNode.ALL;
import static org.skerry.http.couch.SitesNode.HILL;
import static org.skerry.http.couch.SitesNode.SHORE;
import static org.skerry.http.couch.SitesNode.texts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What a site reads through the whole API: its part, and all of that. */
@Timeout(300)
class SiteReadingTest {
  private final SitesNode sites = new SitesNode().filled();

  @AfterEach
  void stop() {
    sites.close();
  }

  private List<String> ids(String user, String path, String rows, String member) {
    return texts(sites.json(user, path).path(rows), member);
  }

  @Test
  void listingsHoldTheSubset() {
    assertThat(ids(HILL, "/care/_all_docs", "rows", "id"))
        .containsExactly("_design/desk", "n1", "p1", "p2", "word");
    assertThat(ids(SHORE, "/care/_all_docs", "rows", "id"))
        .containsExactly("_design/desk", "m1", "q1", "word");
    assertThat(ids(ALL, "/care/_all_docs", "rows", "id")).hasSize(8);
    assertThat(ids(HILL, "/care/_all_docs?startkey=%22p%22&endkey=%22q9%22", "rows", "id"))
        .containsExactly("p1", "p2");
    assertThat(ids(HILL, "/care/_all_docs?descending=true&limit=2", "rows", "id"))
        .containsExactly("word", "p2");
    assertThat(sites.json(HILL, "/care/_all_docs?limit=0").path("total_rows").asInt()).isEqualTo(5);
  }

  @Test
  void keysThatAreOthersAreUnknown() {
    JsonNode rows =
        sites.post(
            HILL, "/care/_all_docs?include_docs=true", "{\"keys\":[\"p1\",\"q1\",\"m1\",\"no\"]}");
    assertThat(texts(rows.path("rows"), "error"))
        .containsExactly("", "not_found", "not_found", "not_found");
    JsonNode several =
        sites.post(HILL, "/care/_all_docs/queries", "{\"queries\":[{\"keys\":[\"q1\"]},{}]}");
    assertThat(several.path("results").get(0).path("rows").get(0).path("error").asString(""))
        .isEqualTo("not_found");
    assertThat(several.path("results").get(1).path("rows").size()).isEqualTo(5);
  }

  @Test
  void theFeedHoldsTheSubset() {
    assertThat(ids(HILL, "/care/_changes", "results", "id"))
        .containsExactlyInAnyOrder("_design/desk", "n1", "p1", "p2", "word");
    JsonNode page = sites.json(HILL, "/care/_changes?limit=2&include_docs=true");
    assertThat(page.path("results").size()).isEqualTo(2);
    assertThat(page.path("pending").asInt()).isEqualTo(3);
    String since = page.path("last_seq").asString();
    assertThat(ids(HILL, "/care/_changes?since=" + since, "results", "id")).hasSize(3);
    JsonNode end = sites.json(HILL, "/care/_changes?since=now");
    assertThat(end.path("results").size()).isZero();
    assertThat(
            texts(
                sites
                    .post(
                        HILL,
                        "/care/_changes?filter=_doc_ids",
                        "{\"doc_ids\":[\"p1\",\"q1\",\"no\"]}")
                    .path("results"),
                "id"))
        .containsExactly("p1");
    assertThat(ids(HILL, "/care/_changes?filter=desk/all", "results", "id")).hasSize(5);
  }

  @Test
  void aDeviceThatHasNothingGetsTheMostUrgentFirst() {
    for (int i = 0; i < 6; i++) {
      sites.put("/care/x" + i, "{\"type\":\"note\",\"patient\":\"p1\"}");
    }
    List<String> all = ids(HILL, "/care/_changes", "results", "id");
    assertThat(all.subList(0, 8)).containsExactly("p2", "p1", "x5", "x4", "x3", "x2", "x1", "x0");
    List<String> byPages = new ArrayList<>();
    String since = "0";
    while (byPages.size() < all.size()) {
      JsonNode page = sites.json(HILL, "/care/_changes?limit=3&since=" + since);
      byPages.addAll(texts(page.path("results"), "id"));
      since = page.path("last_seq").asString();
      assertThat(page.path("pending").asInt()).isEqualTo(all.size() - byPages.size());
    }
    assertThat(byPages).isEqualTo(all);
    sites.put("/care/x6", "{\"type\":\"note\",\"patient\":\"p1\"}");
    assertThat(ids(HILL, "/care/_changes?since=" + since, "results", "id")).containsExactly("x6");
    assertThat(ids(HILL, "/care/_changes?since=0-" + "A".repeat(40), "results", "id"))
        .as("a position of nobody's begins again")
        .hasSize(12);
  }

  @Test
  void aPositionOfOneSiteSaysNothingToAnother() {
    String since = sites.json(HILL, "/care").path("update_seq").asString();
    assertThat(ids(SHORE, "/care/_changes?since=" + since, "results", "id"))
        .containsExactlyInAnyOrder("_design/desk", "m1", "q1", "word");
  }

  @Test
  void aLongPollIsAnsweredByTheSitesOwnChanges() throws Exception {
    String since = sites.json(HILL, "/care").path("update_seq").asString();
    try (BufferedReader lines = lines("/care/_changes?feed=longpoll&heartbeat=50&since=" + since)) {
      sites.put("/care/q2", "{\"type\":\"patient\",\"at\":\"shore\"}");
      sites.put("/care/p3", "{\"type\":\"patient\",\"at\":\"hill\"}");
      String answer = lines.lines().reduce("", String::concat);
      assertThat(answer).contains("\"p3\"").doesNotContain("\"q2\"");
    }
  }

  @Test
  void aLiveFeedTellsOfMoves() throws Exception {
    String since = sites.json(HILL, "/care").path("update_seq").asString();
    try (BufferedReader lines =
        lines("/care/_changes?feed=continuous&heartbeat=50&since=" + since)) {
      sites.put("/care/q1", "{\"type\":\"patient\",\"at\":\"hill\"}");
      assertThat(next(lines) + next(lines)).contains("\"q1\"", "\"m1\"").doesNotContain("deleted");
      sites.put("/care/q1", "{\"type\":\"patient\",\"at\":\"shore\"}");
      assertThat(next(lines)).contains("\"deleted\":true");
      assertThat(next(lines)).contains("\"deleted\":true");
    }
  }

  private BufferedReader lines(String path) throws Exception {
    return new BufferedReader(
        new InputStreamReader(sites.stream(HILL, path).body(), StandardCharsets.UTF_8));
  }

  private static String next(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && line.isEmpty()) {
      line = lines.readLine();
    }
    return String.valueOf(line);
  }

  @Test
  void queriesAreAnsweredFromTheSubset() {
    String selector = "{\"selector\":{\"type\":\"patient\"},\"fields\":[\"_id\"]}";
    assertThat(texts(sites.post(HILL, "/care/_find", selector).path("docs"), "_id"))
        .containsExactly("p1", "p2");
    sites.send(
        SitesNode.ADMIN, "POST", "/care/_index", "{\"index\":{\"fields\":[\"type\",\"name\"]}}");
    assertThat(texts(sites.post(HILL, "/care/_find", selector).path("docs"), "_id"))
        .containsExactly("p1", "p2");
    assertThat(texts(sites.post(SHORE, "/care/_find", selector).path("docs"), "_id"))
        .containsExactly("q1");
    assertThat(sites.post(HILL, "/care/_explain", selector).path("dbname").asString())
        .endsWith("care");
  }

  @Test
  void viewsAndTheirReductionsAreOfTheSubset() {
    String view = "/care/_design/desk/_view/";
    assertThat(ids(HILL, view + "names", "rows", "key")).containsExactly("Okafor", "Rahman");
    assertThat(ids(SHORE, view + "names", "rows", "key")).containsExactly("Castillo");
    assertThat(ids(ALL, view + "names", "rows", "key"))
        .containsExactly("Castillo", "Okafor", "Rahman");
    assertThat(sites.get(HILL, view + "kinds?group=true").body())
        .contains("{\"key\":\"patient\",\"value\":2}")
        .doesNotContain("nothing");
    assertThat(sites.json(SHORE, view + "kinds").path("rows").get(0).path("value").asInt())
        .isEqualTo(3);
    JsonNode keyed = sites.post(HILL, view + "names", "{\"keys\":[\"Castillo\",\"Okafor\"]}");
    assertThat(texts(keyed.path("rows"), "id")).containsExactly("p1");
  }

  @Test
  void aViewForgetsWhatLeft() {
    String view = "/care/_design/desk/_view/";
    assertThat(ids(HILL, view + "names", "rows", "id")).containsExactly("p1", "p2");
    sites.put("/care/p1", "{\"type\":\"patient\",\"at\":\"shore\",\"name\":\"Okafor\"}");
    sites.settle();
    assertThat(ids(HILL, view + "names", "rows", "id")).containsExactly("p2");
    assertThat(sites.get(HILL, view + "kinds?group=true").body()).doesNotContain("note");
    assertThat(ids(SHORE, view + "names", "rows", "id")).containsExactly("q1", "p1");
    assertThat(
            texts(
                sites
                    .post(HILL, "/care/_find", "{\"selector\":{\"name\":{\"$gt\":null}}}")
                    .path("docs"),
                "_id"))
        .containsExactly("p2");
  }

  @Test
  void countsAreOfTheSubset() {
    JsonNode hill = sites.json(HILL, "/care");
    assertThat(hill.path("doc_count").asInt()).isEqualTo(5);
    assertThat(hill.path("doc_del_count").asInt()).isZero();
    sites.send(SitesNode.ADMIN, "POST", "/care/_purge", "{\"q1\":[\"" + sites.rev("q1") + "\"]}");
    assertThat(sites.json(HILL, "/care").path("purge_seq").asString()).startsWith("0-");
    assertThat(sites.get(HILL, "/care/_purged_infos").statusCode()).isEqualTo(403);
    assertThat(sites.get(ALL, "/care/_purged_infos").body()).contains("q1");
  }

  @Test
  void designDocumentsAreEveryones() {
    assertThat(ids(SHORE, "/care/_design_docs", "rows", "id")).containsExactly("_design/desk");
    assertThat(sites.get(SHORE, "/care/_design/desk").statusCode()).isEqualTo(200);
    assertThat(sites.get(SHORE, "/care/_design/desk/_info").statusCode()).isEqualTo(200);
  }

  @Test
  void localDocumentsAreEachSitesOwn() {
    assertThat(sites.send(HILL, "PUT", "/care/_local/mine", "{\"at\":1}").statusCode())
        .isEqualTo(201);
    assertThat(sites.get(SHORE, "/care/_local/mine").statusCode()).isEqualTo(404);
    assertThat(sites.get(ALL, "/care/_local/mine").statusCode()).isEqualTo(404);
    assertThat(ids(SHORE, "/care/_local_docs", "rows", "id")).isEmpty();
    assertThat(ids(HILL, "/care/_local_docs", "rows", "id")).containsExactly("_local/mine");
    assertThat(sites.json(HILL, "/care/_local/mine").path("at").asInt()).isEqualTo(1);
  }

  @Test
  void whoeverIsNeitherSiteNorMemberSeesNothing() {
    assertThat(sites.get("mallory", "/care").statusCode()).isEqualTo(403);
    assertThat(sites.get(HILL, "/care").statusCode()).isEqualTo(200);
    String rev = sites.json(SitesNode.ADMIN, "/_sites/hill").path("_rev").asString();
    sites.send(SitesNode.ADMIN, "DELETE", "/_sites/hill?rev=" + rev, "");
    assertThat(sites.get(HILL, "/care/_all_docs").statusCode())
        .as("a site that is no more sees nothing, and not everything")
        .isEqualTo(403);
  }

  @Test
  void sitesAreForAdministratorsAlone() {
    assertThat(sites.get(HILL, "/_sites/shore").statusCode()).isEqualTo(403);
    sites.put("/_sites/_security", "{\"members\":{\"names\":[\"ann\"]}}");
    assertThat(sites.get(HILL, "/_sites/shore").statusCode()).isEqualTo(200);
    String bad = "{\"users\":\"ann\",\"place\":[\"hill\",\"shore\"]}";
    assertThat(sites.send(HILL, "PUT", "/_sites/more", bad).statusCode()).isEqualTo(403);
    String bulk =
        "{\"new_edits\":false,\"docs\":[{\"_id\":\"more\",\"_rev\":\"1-a\",\"users\":\"ann\"}]}";
    assertThat(sites.send(HILL, "POST", "/_sites/_bulk_docs", bulk).body()).contains("forbidden");
    for (String path : new String[] {"/_all_dbs", "/_dbs_info", "/_db_updates", "/_active_tasks"}) {
      assertThat(sites.get(HILL, path).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(
            sites
                .send(HILL, "POST", "/_replicate", "{\"source\":\"care\",\"target\":\"x\"}")
                .statusCode())
        .isEqualTo(401);
  }
}
