package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.http.couch.SitesNode.ADMIN;
import static org.skerry.http.couch.SitesNode.ALL;
import static org.skerry.http.couch.SitesNode.HILL;
import static org.skerry.http.couch.SitesNode.SHORE;
import static org.skerry.http.couch.SitesNode.texts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.audit.AuditAction;
import tools.jackson.databind.JsonNode;

/** Notes that a replication brings before their patient. */
@Timeout(300)
class HeldEndpointsTest {
  private static final String FIRST = "1-967a00dff5e02add41819138abb3284d";

  private final SitesNode sites = new SitesNode().filled();

  @AfterEach
  void stop() {
    sites.close();
  }

  /** One part of a replication, as PouchDB sends it. */
  private JsonNode push(String doc) {
    return sites.post(HILL, "/care/_bulk_docs", "{\"new_edits\":false,\"docs\":[" + doc + "]}");
  }

  private static String named(String id, String members) {
    return String.format(
        "{\"_id\":\"%s\",\"_rev\":\"%s\",\"_revisions\":{\"start\":1,\"ids\":[\"%s\"]},%s",
        id, FIRST, FIRST.substring(2), members.substring(1));
  }

  private static String note(String id, String patient) {
    return named(id, SitesNode.withAttachment(patient, "cough"));
  }

  @Test
  void aNoteIsHeldUntilItsPatientComes() {
    JsonNode refused = push(note("new-note", "new"));
    assertThat(refused.get(0).path("error").asString()).isEqualTo("forbidden");
    assertThat(refused.get(0).path("reason").asString()).contains("It is kept");
    assertThat(sites.get(ADMIN, "/care/new-note").statusCode()).isEqualTo(404);
    assertThat(sites.json(HILL, "/care/_subset").path("held").asInt()).isEqualTo(1);
    JsonNode held = sites.json(ADMIN, "/care/_subset/held?site=hill").path("documents");
    assertThat(texts(held, "id")).containsExactly("new-note");
    assertThat(texts(held, "rev")).containsExactly(FIRST);
    assertThat(held.get(0).path("names").get(0).asString()).isEqualTo("new");
    assertThat(held.get(0).path("by").asString()).isEqualTo("ann");
    assertThat(push(named("new", "{\"type\":\"patient\",\"at\":\"hill\"}")).size()).isZero();
    assertThat(sites.json(HILL, "/care/new-note").path("_rev").asString()).isEqualTo(FIRST);
    assertThat(sites.get(HILL, "/care/new-note/scan.txt").body()).isEqualTo("secret");
    assertThat(sites.json(HILL, "/care/_subset").path("held").asInt()).isZero();
  }

  /** By a move or a grant, and nobody at the site has to write anything. */
  @Test
  void aNoteEntersWhenTheCentreGivesTheSiteItsPatient() {
    push(note("new-note", "q1"));
    sites.put("/care/q1", sites.json(ADMIN, "/care/q1").toString().replace("shore", "hill"));
    sites.settle();
    assertThat(sites.json(HILL, "/care/new-note").path("_rev").asString()).isEqualTo(FIRST);
    assertThat(sites.json(HILL, "/care/_subset").path("held").asInt()).isZero();
  }

  /** Of a patient, or of a note, that others have nothing is learned. */
  @Test
  void whatOthersHaveIsAnsweredAsWhatNobodyHas() {
    String reason = push(note("new-note", "new")).get(0).path("reason").asString();
    assertThat(push(note("other", "q1")).get(0).path("reason").asString()).isEqualTo(reason);
    assertThat(push(note("m1", "new")).get(0).path("reason").asString()).isEqualTo(reason);
    assertThat(sites.json(ADMIN, "/care/m1").path("text").asString()).isEqualTo("measles");
    assertThat(sites.get(SHORE, "/care/other").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsHeldIsForTheSiteAndAdministrators() {
    push(note("new-note", "new"));
    assertThat(sites.get(SHORE, "/care/_subset/held?site=hill").statusCode()).isEqualTo(403);
    assertThat(sites.json(SHORE, "/care/_subset/held").path("documents").size()).isZero();
    assertThat(sites.get(ALL, "/care/_subset/held?site=hill").statusCode()).isEqualTo(403);
    assertThat(sites.json(HILL, "/care/_local_docs").toString()).doesNotContain("new-note");
    String path = "/care/_subset/held/new-note";
    assertThat(sites.send(HILL, "DELETE", path, "").statusCode()).isEqualTo(403);
    assertThat(sites.send(ADMIN, "DELETE", path + "?site=shore", "").statusCode()).isEqualTo(404);
    assertThat(sites.send(ADMIN, "DELETE", path + "?site=hill", "").statusCode()).isEqualTo(200);
    assertThat(sites.json(HILL, "/care/_subset/held").path("documents").size()).isZero();
    assertThat(sites.node().audited(AuditAction.HELD_DISCARDED))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.subject()).isEqualTo("care/new-note");
              assertThat(event.details())
                  .containsEntry("site", "hill")
                  .containsEntry("revs", FIRST);
            });
    push(named("new", "{\"type\":\"patient\",\"at\":\"hill\"}"));
    assertThat(sites.get(ADMIN, "/care/new-note").statusCode()).isEqualTo(404);
  }

  @Test
  void aDeletionOfWhatNobodyHadTakesNoName() {
    String deleted = named("gone", "{\"_deleted\":true}");
    assertThat(push(deleted).get(0).path("error").asString()).isEqualTo("forbidden");
    assertThat(sites.json(HILL, "/care/_subset").path("held").asInt()).isZero();
    assertThat(
            sites
                .send(SHORE, "PUT", "/care/gone", "{\"type\":\"patient\",\"at\":\"shore\"}")
                .statusCode())
        .isEqualTo(201);
    assertThat(push(named("q1", "{\"_deleted\":true}")).get(0).path("reason"))
        .isEqualTo(push(named("never", "{\"_deleted\":true}")).get(0).path("reason"));
  }
}
