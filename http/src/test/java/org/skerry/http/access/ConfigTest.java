package org.skerry.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.http.access.AccessNode.ADMIN;
import static org.skerry.http.access.AccessNode.json;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.http.access.AccessNode.Login;

class ConfigTest {
  private static final String CONFIG = "/_node/_local/_config";

  private final AccessNode node = new AccessNode();

  @AfterEach
  void close() {
    node.close();
  }

  private void assertRefused(HttpResponse<String> answer, int status, String error, String reason) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).path("error").asString()).isEqualTo(error);
    assertThat(json(answer).path("reason").asString()).isEqualTo(reason);
  }

  @Test
  void theNodeHasANameAndKnowsNoOther() {
    assertThat(node.get(ADMIN, "/_node/_local").body()).isEqualTo("{\"name\":\"nonode@nohost\"}\n");
    assertThat(node.get(ADMIN, "/_node/nonode@nohost/_config/a").body()).isEqualTo("{}\n");
    assertRefused(
        node.get(ADMIN, "/_node/other@host/_config"), 404, "not_found", "no such node: other@host");
  }

  @Test
  void aValueIsSetReadAndDeletedAndEachAnswerIsTheOldOne() {
    String path = CONFIG + "/smurf/blue";
    assertRefused(node.get(ADMIN, path), 404, "not_found", "unknown_config_value");
    assertRefused(node.send(ADMIN, "DELETE", path, ""), 404, "not_found", "unknown_config_value");
    assertThat(node.put(ADMIN, path, "\" one \"").body()).isEqualTo("\"\"\n");
    assertThat(node.put(ADMIN, path, "\"two\"").body()).isEqualTo("\"one\"\n");
    assertThat(node.get(ADMIN, path).body()).isEqualTo("\"two\"\n");
    assertThat(node.get(ADMIN, CONFIG + "/smurf").body()).isEqualTo("{\"blue\":\"two\"}\n");
    assertThat(json(node.get(ADMIN, CONFIG)).path("smurf").path("blue").asString())
        .isEqualTo("two");
    assertThat(node.send(ADMIN, "DELETE", path, "").body()).isEqualTo("\"two\"\n");
    assertThat(node.get(ADMIN, path).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNotToPersistHoldsUntilARestart() {
    String path = CONFIG + "/smurf/blue";
    node.put(ADMIN, path, "\"kept\"");
    HttpResponse<String> answer =
        node.send(
            path,
            request ->
                request
                    .PUT(HttpRequest.BodyPublishers.ofString("\"passing\""))
                    .header("X-Couch-Persist", "false")
                    .header("Authorization", ADMIN.header()));
    assertThat(answer.body()).isEqualTo("\"kept\"\n");
    assertThat(node.get(ADMIN, path).body()).isEqualTo("\"passing\"\n");
    assertThat(node.send(ADMIN, "DELETE", path, "").body()).isEqualTo("\"passing\"\n");
    assertThat(node.get(ADMIN, path).statusCode()).isEqualTo(404);
  }

  @Test
  void oddNamesWork() {
    String path = CONFIG + "/jwt_keys/rsa%3Aa%2Fb%20c";
    assertThat(node.put(ADMIN, CONFIG + "/a%2Fb/c%3Fd", "\"x\"").statusCode()).isEqualTo(200);
    assertThat(node.get(ADMIN, CONFIG + "/a%2Fb/c%3Fd").body()).isEqualTo("\"x\"\n");
    assertThat(node.put(ADMIN, path, "\"no key\"").statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsNoTextIsRefused() {
    for (String body : new String[] {"", "{", "7", "null", "[]", "{}"}) {
      assertThat(node.put(ADMIN, CONFIG + "/a/b", body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(node.put(ADMIN, CONFIG + "/a/b", "\"" + "x".repeat(70_000) + "\"").statusCode())
        .isEqualTo(400);
    assertThat(node.put(ADMIN, CONFIG + "/a/" + "x".repeat(300), "\"1\"").statusCode())
        .isEqualTo(400);
    assertThat(node.put(ADMIN, CONFIG + "/a", "\"1\"").statusCode()).isEqualTo(405);
  }

  @Test
  void onlyServerAdministratorsMayLook() {
    node.createUser("ada", "engine", "nurse");
    for (String path : new String[] {CONFIG, CONFIG + "/admins", "/_node/_local/_audit"}) {
      assertRefused(
          node.get(Login.of("ada", "engine"), path),
          401,
          "unauthorized",
          "You are not a server admin.");
      assertThat(node.get(Login.NONE, path).statusCode()).isEqualTo(401);
    }
    assertThat(node.put(Login.of("ada", "engine"), CONFIG + "/admins/ada", "\"x\"").statusCode())
        .isEqualTo(401);
  }

  @Test
  void anAdministratorIsMadeHashedAndNeverShown() {
    Login eve = Login.of("eve", "apple");
    assertThat(node.put(ADMIN, CONFIG + "/admins/eve", "\"apple\"").body()).isEqualTo("\"\"\n");
    assertThat(node.get(eve, "/_all_dbs").statusCode()).isEqualTo(200);
    assertThat(node.put(eve, CONFIG + "/admins/eve", "\"pear\"").body()).isEqualTo("\"****\"\n");
    assertThat(node.get(eve, "/_all_dbs").statusCode()).isEqualTo(401);
    assertThat(node.get(ADMIN, CONFIG + "/admins/eve").body()).isEqualTo("\"****\"\n");
    String all = node.get(ADMIN, CONFIG).body() + node.get(ADMIN, CONFIG + "/admins").body();
    assertThat(all).contains("eve").doesNotContain("pbkdf2-", "pear", "apple");
    assertThat(node.configuration().view().get("admins", "eve").orElseThrow())
        .startsWith("-pbkdf2:sha256-");
    assertThat(node.send(ADMIN, "DELETE", CONFIG + "/admins/eve", "").body())
        .isEqualTo("\"****\"\n");
    assertThat(node.get(Login.of("eve", "pear"), "/_all_dbs").statusCode()).isEqualTo(401);
  }

  @Test
  void aHashOfCouchDbMakesAnAdministratorToo() {
    String hash = PasswordHash.of("apple", 5).text();
    node.put(ADMIN, CONFIG + "/admins/eve", "\"" + hash + "\"");
    assertThat(node.get(Login.of("eve", "apple"), "/_all_dbs").statusCode()).isEqualTo(200);
    assertThat(node.configuration().view().get("admins", "eve").orElseThrow())
        .as("made stronger by signing in")
        .endsWith(",10");
  }

  @Test
  void thereIsAlwaysAnAdministrator() {
    assertThat(node.send(ADMIN, "DELETE", CONFIG + "/admins/admin", "").statusCode())
        .isEqualTo(400);
    assertThat(node.put(ADMIN, CONFIG + "/admins/admin", "\"\"").statusCode()).isEqualTo(400);
    assertThat(node.put(ADMIN, CONFIG + "/admins/admin", "\"****\"").statusCode()).isEqualTo(400);
    assertThat(node.put(ADMIN, CONFIG + "/admins/a%3Ab", "\"x\"").statusCode()).isEqualTo(400);
    assertThat(node.get(ADMIN, "/_all_dbs").statusCode()).isEqualTo(200);
  }

  @Test
  void mistakesAboutSigningInAreTold() {
    String[][] cases = {
      {"chttpd_auth/timeout", "soon"},
      {"chttpd_auth/iterations", "0"},
      {"chttpd_auth/secret", " "},
      {"chttpd_auth/same_site", "loose"},
      {"chttpd_auth/password_regexp", "["},
      {"couch_httpd_auth/require_valid_user", "yes"},
      {"chttpd_auth_lockout/mode", "sometimes"},
      {"chttpd/authentication_handlers", "{chttpd_auth, jwt_authentication_handler}"},
      {"jwt_keys/hmac:a", "???"},
      {"jwt_keys/ec:a", "-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----"}
    };
    for (String[] one : cases) {
      HttpResponse<String> answer = node.put(ADMIN, CONFIG + "/" + one[0], "\"" + one[1] + "\"");
      assertThat(answer.statusCode()).as(one[0]).isEqualTo(400);
      assertThat(json(answer).path("error").asString()).isEqualTo("bad_request");
    }
  }

  @Test
  void changesAreNotedWithoutSecrets() {
    node.put(ADMIN, CONFIG + "/chttpd_auth/secret", "\"do not tell\"");
    node.put(ADMIN, CONFIG + "/chttpd_auth/timeout", "\"90\"");
    node.put(ADMIN, CONFIG + "/admins/eve", "\"do not tell\"");
    node.send(ADMIN, "DELETE", CONFIG + "/admins/eve", "");
    node.send(ADMIN, "DELETE", CONFIG + "/chttpd_auth/timeout", "");
    node.send(ADMIN, "POST", CONFIG + "/_reload", "");
    assertThat(node.actions())
        .containsSubsequence(
            AuditAction.CONFIG_CHANGED,
            AuditAction.CONFIG_CHANGED,
            AuditAction.ADMIN_CHANGED,
            AuditAction.ADMIN_DELETED,
            AuditAction.CONFIG_DELETED,
            AuditAction.CONFIG_RELOADED);
    AuditEvent changed =
        node.events().stream()
            .filter(event -> event.subject().equals("chttpd_auth/timeout"))
            .findFirst()
            .orElseThrow();
    assertThat(changed.details()).containsEntry("value", "90");
    assertThat(changed.actor().name()).contains("admin");
    assertThat(changed.actor().address()).contains("127.0.0.1");
    assertThat(node.events().toString()).doesNotContain("do not tell", "pbkdf2");
  }

  @Test
  void databasesMadeAndDeletedAreNoted() {
    node.put(ADMIN, "/clinic", "");
    node.put(ADMIN, "/clinic", "");
    node.put(ADMIN, "/clinic/_security", "{}");
    node.send(ADMIN, "DELETE", "/clinic", "");
    assertThat(node.actions())
        .containsSubsequence(
            AuditAction.DATABASE_CREATED,
            AuditAction.SECURITY_CHANGED,
            AuditAction.DATABASE_DELETED);
    assertThat(node.actions()).containsOnlyOnce(AuditAction.DATABASE_CREATED);
  }

  @Test
  void withoutALogThereIsNothingToRead() {
    assertThat(node.get(ADMIN, "/_node/_local/_audit").statusCode()).isEqualTo(404);
  }

  @Test
  void strangersComeInWhenTheConfigurationAsksForNoValidUser() {
    node.put(ADMIN, "/open", "");
    node.put(ADMIN, "/open/_security", "{}");
    node.put(ADMIN, "/closed", "");
    assertThat(node.get(Login.NONE, "/open").statusCode()).isEqualTo(401);
    node.put(ADMIN, CONFIG + "/chttpd/require_valid_user", "\"false\"");
    assertThat(node.get(Login.NONE, "/open").statusCode()).isEqualTo(200);
    assertRefused(
        node.get(Login.NONE, "/closed"),
        401,
        "unauthorized",
        "You are not authorized to access this db.");
    assertThat(node.get(Login.NONE, "/_users/_all_docs").statusCode()).isEqualTo(401);
    assertThat(node.get(Login.NONE, CONFIG).statusCode()).isEqualTo(401);
    assertThat(node.put(Login.NONE, "/other", "").statusCode()).isEqualTo(401);
  }

  @Test
  void documentsThatAdministerSomethingAreNoted() {
    node.createUser("ada", "engine");
    String path = "/_users/org.couchdb.user:ada";
    String rev = json(node.get(ADMIN, path)).path("_rev").asString();
    String ada = "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[\"x\"],\"_rev\":\"" + rev + "\"}";
    rev = json(node.put(ADMIN, path, ada)).path("rev").asString();
    node.put(ADMIN, path, ada);
    node.send(ADMIN, "DELETE", path + "?rev=" + rev, "");
    node.put(ADMIN, "/clinic", "");
    node.put(ADMIN, "/clinic/_design/one", "{}");
    node.send(ADMIN, "POST", "/clinic", "{\"_id\":\"_design/two\"}");
    node.send(ADMIN, "POST", "/clinic/_bulk_docs", "{\"docs\":[{\"_id\":\"_design/three\"},{}]}");
    node.put(ADMIN, "/clinic/Patient%2F1", "{}");
    assertThat(node.events())
        .extracting(event -> event.action().text() + " " + event.subject())
        .containsSubsequence(
            "user_created ada",
            "user_changed ada",
            "user_deleted ada",
            "database_created clinic",
            "design_document_changed clinic/_design/one",
            "design_document_changed clinic/_design/two",
            "design_document_changed clinic/_design/three")
        .doesNotHaveDuplicates();
    assertThat(node.events().toString()).doesNotContain("Patient");
  }

  @Test
  void whatChangesADatabaseAsAWholeIsNotedUnlessItIsRefused() {
    node.createUser("ada", "engine");
    node.put(ADMIN, "/clinic", "");
    node.put(ADMIN, "/clinic/_security", "{}");
    assertThat(node.put(Login.of("ada", "engine"), "/clinic/_revs_limit", "7").statusCode())
        .isEqualTo(403);
    node.put(ADMIN, "/clinic/_revs_limit", "none");
    assertThat(node.actions()).doesNotContain(AuditAction.DATABASE_CHANGED);
    node.put(ADMIN, "/clinic/_revs_limit", "7");
    node.send(ADMIN, "POST", "/clinic/_compact", "");
    node.send(ADMIN, "POST", "/clinic/_purge", "{}");
    node.send(ADMIN, "POST", "/clinic/_index", "{\"index\":{\"fields\":[\"a\"]}}");
    assertThat(node.actions())
        .containsSubsequence(
            AuditAction.DATABASE_CHANGED,
            AuditAction.COMPACTED,
            AuditAction.PURGED,
            AuditAction.DESIGN_DOCUMENT_CHANGED);
  }

  @Test
  void replicationsAreNotedWithoutCredentials() {
    node.put(ADMIN, "/clinic", "");
    node.send(
        ADMIN,
        "POST",
        "/_replicate",
        "{\"source\":\"clinic\",\"target\":\"http://eve:hidden@127.0.0.1:1/there\",\"cancel\":true}");
    assertThat(node.actions()).contains(AuditAction.REPLICATION_CANCELLED);
    assertThat(node.events().toString()).doesNotContain("hidden");
  }
}
