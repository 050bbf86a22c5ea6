package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.http.couch.SitesNode.ADMIN;
import static org.skerry.http.couch.SitesNode.ALL;
import static org.skerry.http.couch.SitesNode.HILL;
import static org.skerry.http.couch.SitesNode.SHORE;
import static org.skerry.http.couch.SitesNode.texts;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import tools.jackson.databind.JsonNode;

/** Rules, a site's status, and what it may do beyond its part. */
@Timeout(300)
class SubsetEndpointsTest {
  private final SitesNode sites = new SitesNode().filled();

  @AfterEach
  void stop() {
    sites.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"rules\":7} | /rules",
        "{\"ruels\":[]} | /ruels",
        "{\"rules\":[{\"site\":\"/at\"},{\"site\":\"at\"}]} | /rules/1/site",
        "{\"rules\":[{\"type\":\"x\"}]} | /rules/0",
        "{\"rules\":[{\"everyone\":\"yes\"}]} | /rules/0/everyone",
        "{\"rules\":[{\"follow\":[\"/a\",\"b\"]}]} | /rules/0/follow/1",
        "{\"rules\":[{\"site\":\"/at\",\"urgency\":256}]} | /rules/0/urgency",
        "{\"rules\":[{\"site\":\"/at\",\"selector\":{\"$no\":1}}]} | /rules/0/selector",
        "{\"rules\":[{\"site\":\"/at\",\"sites\":[]}]} | /rules/0/sites",
      })
  void rulesThatMeanNothingAreRefusedWithTheirPlace(String rules, String place) {
    HttpResponse<String> answer = sites.send(ADMIN, "PUT", "/care/_scope", rules);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(SitesNode.json(answer).path("error").asString()).isEqualTo("invalid_scope");
    assertThat(SitesNode.json(answer).path("reason").asString()).startsWith("at " + place);
    assertThat(sites.get(ADMIN, "/care/_scope").body().strip())
        .as("the rules before stay")
        .isEqualToIgnoringWhitespace(SitesNode.RULES);
  }

  @Test
  void rulesAreForDatabasesOfDocuments() {
    assertThat(sites.send(ADMIN, "PUT", "/_sites/_scope", SitesNode.RULES).statusCode())
        .isEqualTo(403);
    assertThat(sites.send(ALL, "PUT", "/care/_scope", SitesNode.RULES).statusCode()).isEqualTo(403);
    assertThat(sites.send(ADMIN, "PUT", "/care/_scope", "{").statusCode()).isEqualTo(400);
    sites.put("/plain", "");
    assertThat(sites.get(ADMIN, "/plain/_scope").statusCode()).isEqualTo(404);
    assertThat(sites.get(ADMIN, "/plain/_subset?site=hill").statusCode()).isEqualTo(404);
  }

  @Test
  void withoutRulesSitesHaveNoParts() {
    assertThat(sites.send(ADMIN, "DELETE", "/care/_scope", "").statusCode()).isEqualTo(200);
    assertThat(sites.get(HILL, "/care/_all_docs").statusCode()).isEqualTo(403);
    sites.put("/care/_scope", SitesNode.RULES);
    sites.settle();
    assertThat(sites.json(HILL, "/care/_all_docs").path("rows").size()).isEqualTo(5);
  }

  @Test
  void aSiteThatMeansNothingIsRefusedWithItsPlace() {
    String bad = "{\"users\":\"ann\",\"depth\":-1}";
    HttpResponse<String> answer = sites.send(ADMIN, "PUT", "/_sites/bad", bad);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("at /depth");
  }

  @Test
  void aSiteKnowsHowItStands() {
    JsonNode status = sites.json(HILL, "/care/_subset");
    assertThat(status.path("site").asString()).isEqualTo("hill");
    assertThat(status.path("doc_count").asInt()).isEqualTo(5);
    assertThat(status.path("following").asBoolean()).isFalse();
    assertThat(status.path("search").asBoolean()).isTrue();
    assertThat(status.path("checkpoints").size()).isZero();
    String seq = sites.json(HILL, "/care/_changes?limit=2").path("last_seq").asString();
    assertThat(sites.json(HILL, "/care/_subset?since=" + seq).path("pending").asInt()).isEqualTo(3);
    assertThat(sites.get(HILL, "/care/_subset?since=nonsense").statusCode()).isEqualTo(400);
    assertThat(sites.get(HILL, "/care/_subset?site=shore").statusCode()).isEqualTo(403);
    assertThat(sites.get(ALL, "/care/_subset").statusCode()).isEqualTo(403);
  }

  @Test
  void administratorsAskAboutAnySite() {
    String seq = sites.json(SHORE, "/care/_changes?limit=1").path("last_seq").asString();
    sites.send(
        SHORE, "PUT", "/care/_local/pouch", "{\"last_seq\":\"" + seq + "\",\"session_id\":\"s\"}");
    // As PouchDB leaves it where it pushed: a position of its own.
    sites.send(SHORE, "PUT", "/care/_local/pushed", "{\"last_seq\":1,\"session_id\":\"s\"}");
    JsonNode status = sites.json(ADMIN, "/care/_subset?site=shore");
    assertThat(status.path("name").asString()).isEqualTo("Shore");
    assertThat(status.path("checkpoints").size()).isEqualTo(1);
    assertThat(status.path("checkpoints").get(0).path("id").asString()).isEqualTo("_local/pouch");
    assertThat(status.path("checkpoints").get(0).path("pending").asInt()).isEqualTo(3);
    assertThat(sites.get(ADMIN, "/care/_subset").statusCode()).isEqualTo(400);
    assertThat(sites.get(ADMIN, "/care/_subset?site=nowhere").statusCode()).isEqualTo(404);
  }

  @Test
  void aSiteThatMaySearchesTheCentre() {
    String asked = "{\"selector\":{\"name\":\"Castillo\"}}";
    assertThat(texts(sites.post(HILL, "/care/_find", asked).path("docs"), "_id")).isEmpty();
    assertThat(texts(sites.post(HILL, "/care/_centre/_find", asked).path("docs"), "_id"))
        .containsExactly("q1");
    assertThat(sites.send(SHORE, "POST", "/care/_centre/_find", asked).statusCode()).isEqualTo(403);
    assertThat(sites.send(ALL, "POST", "/care/_centre/_find", asked).statusCode()).isEqualTo(403);
    assertThat(sites.send(HILL, "POST", "/care/_centre/_find", "{}").statusCode()).isEqualTo(400);
    assertThat(sites.send(HILL, "POST", "/care/_centre/_find", "[]").statusCode()).isEqualTo(400);
  }

  @Test
  void aPageOfTheCentreIsShort() {
    StringBuilder docs = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      docs.append(i == 0 ? "" : ",").append("{\"_id\":\"w").append(i).append("\",\"many\":1}");
    }
    sites.send(ADMIN, "POST", "/care/_bulk_docs", "{\"docs\":[" + docs + "]}");
    JsonNode page =
        sites.post(HILL, "/care/_centre/_find", "{\"selector\":{\"many\":1},\"limit\":5000}");
    assertThat(page.path("docs").size()).isEqualTo(100);
    JsonNode rest =
        sites.post(
            HILL,
            "/care/_centre/_find",
            "{\"selector\":{\"many\":1},\"limit\":100,\"bookmark\":" + page.path("bookmark") + "}");
    assertThat(rest.path("docs").size()).isEqualTo(50);
  }

  private List<String> fetched(String user, String query) {
    List<String> ids = new ArrayList<>();
    sites
        .json(user, "/care/_centre" + query)
        .path("documents")
        .forEach(id -> ids.add(id.asString()));
    return ids;
  }

  @Test
  void whatIsFetchedIsListedUntilItIsReleasedOrPurged() {
    assertThat(fetched(HILL, "")).isEmpty();
    for (String id : new String[] {"q1", "lost", "m1"}) {
      assertThat(sites.send(HILL, "PUT", "/care/_centre/" + id, "").statusCode()).isEqualTo(201);
    }
    assertThat(fetched(HILL, "")).containsExactly("lost", "m1", "q1");
    assertThat(fetched(HILL, "?limit=2")).containsExactly("lost", "m1");
    assertThat(sites.json(HILL, "/care/_centre?limit=2").path("more").asBoolean()).isTrue();
    assertThat(fetched(HILL, "?limit=2&after=m1")).containsExactly("q1");
    assertThat(fetched(ADMIN, "?site=hill")).hasSize(3);
    assertThat(fetched(SHORE, "")).isEmpty();
    for (String query : new String[] {"?limit=0", "?limit=1001", "?limit=x", "?after=_x"}) {
      assertThat(sites.get(HILL, "/care/_centre" + query).statusCode()).as(query).isEqualTo(400);
    }
    assertThat(sites.get(ALL, "/care/_centre").statusCode()).isEqualTo(403);
    assertThat(sites.get(SHORE, "/care/_centre?site=hill").statusCode()).isEqualTo(403);
    sites.send(HILL, "DELETE", "/care/_centre/lost", "");
    sites.post(ADMIN, "/care/_purge", "{\"m1\":[\"" + sites.rev("m1") + "\"]}");
    assertThat(fetched(HILL, "")).containsExactly("q1");
  }

  @Test
  void whatIsFetchedStaysUntilItIsReleased() {
    assertThat(sites.send(HILL, "PUT", "/care/_centre/q1", "").statusCode()).isEqualTo(201);
    sites.settle();
    assertThat(sites.get(HILL, "/care/m1").body()).contains("measles");
    assertThat(sites.get(HILL, "/care/m1/scan.txt").body()).isEqualTo("secret");
    sites.put("/care/m2", "{\"type\":\"note\",\"patient\":\"q1\"}");
    assertThat(sites.get(HILL, "/care/m2").statusCode()).as("what comes later, too").isEqualTo(200);
    assertThat(sites.send(HILL, "DELETE", "/care/_centre/q1", "").statusCode()).isEqualTo(200);
    sites.settle();
    for (String id : new String[] {"q1", "m1", "m2"}) {
      assertThat(sites.get(HILL, "/care/" + id).statusCode()).as(id).isEqualTo(404);
      assertThat(sites.get(SHORE, "/care/" + id).statusCode()).as(id).isEqualTo(200);
    }
  }

  @Test
  void whatWasNotFetchedIsReleasedAsLittleAsWhatIsNotThere() {
    HttpResponse<String> nothing = sites.send(HILL, "DELETE", "/care/_centre/nothing", "");
    assertThat(nothing.statusCode()).isEqualTo(404);
    for (String id : new String[] {"p1", "q1", "lost"}) {
      HttpResponse<String> answer = sites.send(HILL, "DELETE", "/care/_centre/" + id, "");
      assertThat(answer.statusCode()).as(id).isEqualTo(404);
      assertThat(answer.body()).as(id).isEqualTo(nothing.body());
    }
    assertThat(sites.send(SHORE, "DELETE", "/care/_centre/p1", "").body())
        .isEqualTo(nothing.body());
    assertThat(sites.node().audited(AuditAction.DOCUMENT_RELEASED)).isEmpty();
  }

  @Test
  void aSiteThatMayFetchNoMoreReleasesWhatItFetched() {
    sites.send(HILL, "PUT", "/care/_centre/q1", "");
    sites.put("/_sites/hill", "{\"users\":\"ann\"}");
    sites.settle();
    assertThat(sites.send(HILL, "PUT", "/care/_centre/lost", "").statusCode()).isEqualTo(403);
    assertThat(fetched(HILL, "")).containsExactly("q1");
    assertThat(sites.send(HILL, "DELETE", "/care/_centre/q1", "").statusCode()).isEqualTo(200);
    assertThat(fetched(HILL, "")).isEmpty();
    sites.settle();
    assertThat(sites.get(HILL, "/care/q1").statusCode()).isEqualTo(404);
  }

  @Test
  void whatSitesAndTheirAdministratorsDoIsNoted() {
    sites.post(HILL, "/care/_centre/_find", "{\"selector\":{\"name\":\"Castillo\"}}");
    sites.send(HILL, "PUT", "/care/_centre/q1", "");
    sites.send(HILL, "DELETE", "/care/_centre/q1", "");
    sites.send(HILL, "DELETE", "/care/_centre/q1", "");
    sites.put("/_sites/shore", "{}");
    sites.send(ADMIN, "DELETE", "/_sites/shore?rev=" + rev("/_sites/shore"), "");
    List<AuditEvent> noted =
        sites
            .node()
            .audited(
                AuditAction.CENTRE_SEARCHED,
                AuditAction.DOCUMENT_FETCHED,
                AuditAction.DOCUMENT_RELEASED,
                AuditAction.SITE_CREATED,
                AuditAction.SITE_CHANGED,
                AuditAction.SITE_DELETED,
                AuditAction.SCOPE_CHANGED);
    assertThat(noted.stream().map(event -> event.action().text() + " " + event.subject()))
        .containsExactly(
            "scope_changed care",
            "site_created hill",
            "site_created shore",
            "centre_searched care",
            "document_fetched care/q1",
            "document_released care/q1",
            "site_changed shore",
            "site_deleted shore");
    assertThat(noted.get(3).details()).containsEntry("site", "hill");
    assertThat(noted.get(3).details().get("selector")).contains("Castillo");
    assertThat(noted.get(3).actor().name()).contains("ann");
  }

  private String rev(String path) {
    return sites.json(ADMIN, path).path("_rev").asString();
  }

  @Test
  void onlyWhatIsThereIsFetchedAndOnlyByWhoeverMay() {
    assertThat(sites.send(HILL, "PUT", "/care/_centre/nothing", "").statusCode()).isEqualTo(404);
    assertThat(sites.send(HILL, "DELETE", "/care/_centre/nothing", "").statusCode()).isEqualTo(404);
    assertThat(sites.send(HILL, "PUT", "/care/_centre/_design%2Fdesk", "").statusCode())
        .isEqualTo(400);
    assertThat(sites.send(SHORE, "PUT", "/care/_centre/p1", "").statusCode()).isEqualTo(403);
    assertThat(sites.get(SHORE, "/care/p1").statusCode()).isEqualTo(404);
    assertThat(sites.send(ADMIN, "PUT", "/care/_centre/p1?site=shore", "").statusCode())
        .isEqualTo(201);
    assertThat(sites.get(SHORE, "/care/p1").statusCode()).isEqualTo(200);
  }
}
