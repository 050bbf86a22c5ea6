package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.http.Method;
import org.skerry.http.UserContext;
import org.skerry.http.couch.CouchNode.Reply;
import tools.jackson.databind.JsonNode;

class ServerEndpointsTest {
  private final CouchNode node = new CouchNode();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void welcomeNamesTheApiAndTheVendorToEverybody() {
    JsonNode welcome = node.send(UserContext.ANONYMOUS, Method.GET, "/", "").json();
    assertThat(welcome.path("couchdb").asString()).isEqualTo("Welcome");
    assertThat(welcome.path("version").asString()).matches("3\\.5\\.[0-9]+");
    assertThat(welcome.path("vendor").toString())
        .isEqualTo("{\"name\":\"Skerry\",\"version\":\"0.1\"}");
    assertThat(welcome.path("features").isArray()).isTrue();
    assertThat(welcome.path("uuid").asString()).matches("[0-9a-f]{32}");
    assertThat(node.get("/").json().path("uuid")).isEqualTo(welcome.path("uuid"));
  }

  @Test
  void upAnswersEverybody() {
    assertThat(node.send(UserContext.ANONYMOUS, Method.GET, "/_up", "").compact())
        .isEqualTo("{\"status\":\"ok\",\"seeds\":{}}");
  }

  @Test
  void faviconIsNoDatabase() {
    assertThat(node.get("/favicon.ico").status()).isEqualTo(404);
  }

  @Test
  void uuidsAreDifferentAndHaveThirtyTwoDigits() {
    JsonNode uuids = node.get("/_uuids?count=1000").json().path("uuids");
    Set<String> seen = new HashSet<>();
    uuids.values().forEach(uuid -> seen.add(uuid.asString()));
    assertThat(seen).hasSize(1000).allMatch(uuid -> uuid.matches("[0-9a-f]{32}"));
    assertThat(node.get("/_uuids").json().path("uuids").size()).isEqualTo(1);
    assertThat(node.get("/_uuids").headers())
        .as("nobody may keep an answer")
        .containsEntry("Cache-Control", "no-cache")
        .containsKeys("Expires", "Pragma");
    assertThat(node.get("/_uuids?count=0").json().path("uuids").size()).isZero();
  }

  @Test
  void tooManyUuidsOrNoNumberAreRefused() {
    assertThat(node.get("/_uuids?count=1001").reason()).isEqualTo("count parameter too large");
    assertThat(node.get("/_uuids?count=-1").reason()).isEqualTo("count must be a positive integer");
    Reply noNumber = node.get("/_uuids?count=many");
    assertThat(noNumber.status()).isEqualTo(400);
    assertThat(noNumber.error()).isEqualTo("bad_request");
    assertThat(node.get("/_uuids?count=99999999999999999999").status()).isEqualTo(400);
  }

  @Test
  void allDatabasesAreListedInOrderAndByRange() {
    for (String name : new String[] {"b", "a", "d", "c"}) {
      node.put("/" + name, "");
    }
    assertThat(node.get("/_all_dbs").compact()).isEqualTo("[\"a\",\"b\",\"c\",\"d\"]");
    assertThat(node.get("/_all_dbs?startkey=\"b\"&endkey=\"c\"").compact())
        .isEqualTo("[\"b\",\"c\"]");
    assertThat(node.get("/_all_dbs?start_key=\"b\"&limit=1").compact()).isEqualTo("[\"b\"]");
    assertThat(node.get("/_all_dbs?descending=true&skip=1&limit=2").compact())
        .isEqualTo("[\"c\",\"b\"]");
    assertThat(node.get("/_all_dbs?descending=true&startkey=\"c\"&endkey=\"b\"").compact())
        .isEqualTo("[\"c\",\"b\"]");
    assertThat(node.get("/_all_dbs?limit=no").error()).isEqualTo("query_parse_error");
    assertThat(node.get("/_all_dbs?startkey=b").status()).isEqualTo(400);
  }

  @Test
  void infosOfSeveralDatabasesComeAtOnce() {
    node.put("/a", "");
    node.put("/b", "");
    JsonNode all = node.get("/_dbs_info").json();
    assertThat(all.size()).isEqualTo(2);
    assertThat(all.path(1).path("info").path("db_name").asString()).isEqualTo("b");
    JsonNode named = node.post("/_dbs_info", "{\"keys\":[\"b\",\"Nowhere\",7]}").json();
    assertThat(named.path(0).path("info").path("doc_count").asInt()).isZero();
    assertThat(named.path(1).toString()).isEqualTo("{\"key\":\"Nowhere\",\"error\":\"not_found\"}");
    assertThat(named.path(2).path("error").asString()).isEqualTo("not_found");
  }

  @Test
  void infosNeedKeysThatAreAnArrayOfAtMostAHundred() {
    assertThat(node.post("/_dbs_info", "{}").reason()).isEqualTo("`keys` member must exist.");
    assertThat(node.post("/_dbs_info", "{\"keys\":3}").status()).isEqualTo(400);
    String many = "{\"keys\":[" + "\"a\",".repeat(100) + "\"a\"]}";
    assertThat(node.post("/_dbs_info", many).reason()).isEqualTo("too_many_keys");
    assertThat(node.post("/_dbs_info", "[]").reason())
        .isEqualTo("Request body must be a JSON object");
  }

  @Test
  void membershipIsAClusterOfOne() {
    assertThat(node.get("/_membership").compact())
        .isEqualTo("{\"all_nodes\":[\"nonode@nohost\"],\"cluster_nodes\":[\"nonode@nohost\"]}");
  }

  @Test
  void nothingWorksInTheBackgroundOfANewNode() {
    assertThat(node.get("/_active_tasks").compact()).isEqualTo("[]");
  }
}
