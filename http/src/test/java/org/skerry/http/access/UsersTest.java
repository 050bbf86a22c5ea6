package org.skerry.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.http.access.AccessNode.ADMIN;
import static org.skerry.http.access.AccessNode.json;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.http.access.AccessNode.Login;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class UsersTest {
  private static final String ADA = "/_users/org.couchdb.user:ada";
  private static final Login AS_ADA = Login.of("ada", "engine");
  private static final Login AS_BOB = Login.of("bob", "builder");

  private final AccessNode node = new AccessNode();

  @AfterEach
  void close() {
    node.close();
  }

  private void assertRefused(HttpResponse<String> answer, int status, String reason) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).path("reason").asString()).isEqualTo(reason);
  }

  private ObjectNode document(Login login, String path) {
    return (ObjectNode) json(node.get(login, path));
  }

  @Test
  void theDatabaseIsBornWithItsDesignDocument() {
    JsonNode design = json(node.get(ADMIN, "/_users/_design/_auth"));
    assertThat(design.path("language").asString()).isEqualTo("javascript");
    assertThat(design.path("validate_doc_update").asString()).startsWith("function");
  }

  @Test
  void aPasswordIsKeptHashedAsCouchDbHashesIt() {
    node.createUser("ada", "engine", "nurse");
    JsonNode ada = document(ADMIN, ADA);
    assertThat(ada.has("password")).isFalse();
    assertThat(ada.path("password_scheme").asString()).isEqualTo("pbkdf2");
    assertThat(ada.path("pbkdf2_prf").asString()).isEqualTo("sha256");
    assertThat(ada.path("iterations").asInt()).isEqualTo(10);
    assertThat(ada.path("derived_key").asString()).matches("[0-9a-f]{64}");
    assertThat(ada.path("salt").asString()).matches("[0-9a-f]{32}");
    assertThat(json(node.get(AS_ADA, "/_session")).path("userCtx").toString())
        .isEqualTo("{\"name\":\"ada\",\"roles\":[\"nurse\"]}");
  }

  @Test
  void aBulkOfUsersIsHashedToo() {
    HttpResponse<String> answer =
        node.send(
            ADMIN,
            "POST",
            "/_users/_bulk_docs",
            "{\"docs\":[{\"_id\":\"org.couchdb.user:ada\",\"type\":\"user\",\"name\":\"ada\","
                + "\"roles\":[],\"password\":\"engine\"},"
                + "{\"_id\":\"org.couchdb.user:eve\",\"type\":\"person\",\"name\":\"eve\"}]}");
    assertThat(json(answer).path(0).path("ok").asBoolean()).isTrue();
    assertThat(json(answer).path(1).path("reason").asString()).isEqualTo("doc.type must be user");
    assertThat(node.get(AS_ADA, "/_session").body()).contains("\"name\":\"ada\"");
  }

  @Test
  void documentsThatAreNoUsersAreRefusedInCouchDbsWords() {
    String[][] cases = {
      {"{\"type\":\"person\",\"name\":\"ada\",\"roles\":[]}", "doc.type must be user"},
      {"{\"type\":\"user\",\"roles\":[]}", "doc.name is required"},
      {"{\"type\":\"user\",\"name\":\"ada\"}", "doc.roles must exist"},
      {"{\"type\":\"user\",\"name\":\"ada\",\"roles\":\"x\"}", "doc.roles must be an array"},
      {"{\"type\":\"user\",\"name\":\"ada\",\"roles\":[7]}", "doc.roles can only contain strings"},
      {
        "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[\"_admin\"]}",
        "No system roles (starting with underscore) in users db."
      },
      {
        "{\"type\":\"user\",\"name\":\"bob\",\"roles\":[]}",
        "Doc ID must be of the form org.couchdb.user:name"
      },
      {
        "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[],\"password_sha\":\"00\"}",
        "Users with password_sha must have a salt."
      },
      {
        "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[],\"password_scheme\":\"rot13\"}",
        "Password scheme `rot13` not supported."
      },
      {
        "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[],\"password_scheme\":\"pbkdf2\"}",
        "iterations must be a number."
      },
      {
        "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[],\"password_scheme\":\"pbkdf2\","
            + "\"iterations\":10}",
        "derived_key must be a string."
      },
      {
        "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[],\"password_scheme\":\"pbkdf2\","
            + "\"iterations\":99999999999}",
        "iterations must be from 1 to 10000000."
      },
      {
        "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[],\"password\":7}",
        "doc.password must be a text"
      },
      {
        "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[],\"password\":\"\"}",
        "doc.password must be a text"
      }
    };
    for (String[] one : cases) {
      assertRefused(node.put(ADMIN, ADA, one[0]), 403, one[1]);
    }
  }

  @Test
  void namesThatNoUserMayHaveAreRefused() {
    assertRefused(
        node.put(
            ADMIN,
            "/_users/org.couchdb.user:_eve",
            "{\"type\":\"user\",\"name\":\"_eve\",\"roles\":[]}"),
        403,
        "Username may not start with underscore.");
    assertRefused(
        node.put(
            ADMIN,
            "/_users/org.couchdb.user:e:e",
            "{\"type\":\"user\",\"name\":\"e:e\",\"roles\":[]}"),
        403,
        "Character `:` is not allowed in usernames.");
  }

  /** Anybody with a name may write one, and have it read as often as they like. */
  @Test
  void whatUsersWriteThemselvesIsShort() {
    node.createUser("ada", "engine", "nurse");
    ObjectNode ada = document(AS_ADA, ADA);
    ada.put("note", "x".repeat(70_000));
    assertRefused(
        node.put(AS_ADA, ADA, ada.toString()), 403, "A user document has at most 65536 bytes.");
    assertThat(node.put(ADMIN, ADA, ada.toString()).statusCode()).isEqualTo(201);
  }

  @Test
  void usersSeeAndChangeTheirOwnDocumentAndNoOther() {
    node.createUser("ada", "engine", "nurse");
    node.createUser("bob", "builder");
    assertThat(document(AS_ADA, ADA).path("name").asString()).isEqualTo("ada");
    assertRefused(node.get(AS_BOB, ADA), 404, "missing");
    assertRefused(node.get(AS_BOB, "/_users/org.couchdb.user:nobody"), 404, "missing");
    assertRefused(node.put(AS_BOB, ADA, "{}"), 404, "missing");
    assertRefused(node.send(AS_BOB, "DELETE", ADA + "?rev=1-a", ""), 404, "missing");
    assertThat(node.get(Login.NONE, ADA).statusCode()).isEqualTo(401);
    assertRefused(
        node.get(AS_ADA, "/_users/_design/_auth"),
        403,
        "Only administrators can view design docs in the users database.");
    ObjectNode changed = document(AS_ADA, ADA).put("phone", "0123");
    assertThat(node.put(AS_ADA, ADA, changed.toString()).statusCode()).isEqualTo(201);
    changed = document(AS_ADA, ADA);
    changed.putArray("roles").add("nurse").add("doctor");
    assertRefused(node.put(AS_ADA, ADA, changed.toString()), 403, "Only _admin may edit roles");
    assertThat(node.put(ADMIN, ADA, changed.toString()).statusCode()).isEqualTo(201);
    String rev = document(AS_ADA, ADA).path("_rev").asString();
    assertThat(node.send(AS_ADA, "DELETE", ADA + "?rev=" + rev, "").statusCode()).isEqualTo(200);
    assertThat(node.get(AS_ADA, ADA).statusCode()).isEqualTo(401);
  }

  @Test
  void nobodyButAdministratorsListsUsers() {
    node.createUser("ada", "engine");
    node.databases().find("_users").orElseThrow();
    for (String path : new String[] {"_all_docs", "_changes", "_security", "", "_design_docs"}) {
      assertThat(node.get(AS_ADA, "/_users/" + path).statusCode()).as(path).isEqualTo(403);
      assertThat(node.get(ADMIN, "/_users/" + path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(
            node.send(AS_ADA, "POST", "/_users/_bulk_get", "{\"docs\":[{\"id\":\"x\"}]}")
                .statusCode())
        .isEqualTo(403);
    assertThat(node.get(AS_ADA, "/_users/_local%2Fx").statusCode()).isEqualTo(403);
  }

  @Test
  void listingStaysClosedWhenTheRulesOfTheDatabaseAreOpened() {
    node.createUser("ada", "engine");
    node.createUser("bob", "builder");
    String open = "{\"members\":{\"roles\":[]},\"admins\":{\"names\":[\"bob\"]}}";
    assertRefused(
        node.put(ADMIN, "/_users/_security", open),
        403,
        "You can't edit the security object of the user database.");
    node.configure("couchdb/users_db_security_editable", "true");
    assertThat(node.put(ADMIN, "/_users/_security", open).statusCode()).isEqualTo(200);
    assertThat(node.get(AS_ADA, "/_users/_all_docs").statusCode()).isEqualTo(403);
    assertThat(node.get(AS_BOB, "/_users/_all_docs").statusCode()).isEqualTo(200);
    assertThat(node.get(AS_BOB, ADA).statusCode()).isEqualTo(200);
  }

  @Test
  void publicMembersAreForEveryUser() {
    node.createUser("ada", "engine", "nurse");
    node.createUser("bob", "builder");
    node.configure("chttpd_auth/public_fields", "name, roles,  weight");
    JsonNode seen = json(node.get(AS_BOB, ADA));
    assertThat(seen.path("name").asString()).isEqualTo("ada");
    assertThat(seen.path("roles").path(0).asString()).isEqualTo("nurse");
    assertThat(seen.has("salt") || seen.has("derived_key") || seen.has("type")).isFalse();
    assertThat(node.get(AS_BOB, ADA + "?open_revs=all").body()).doesNotContain("derived_key");
    assertThat(node.get(Login.NONE, ADA).statusCode()).isEqualTo(401);
    node.configure("couch_httpd_auth/public_fields", "weight");
    node.configure("chttpd_auth/public_fields", "weight");
    assertThat(node.get(AS_BOB, ADA).statusCode()).isEqualTo(404);
  }

  @Test
  void strangersRegisterOnlyWhereTheConfigurationSaysSo() {
    String ada = "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[],\"password\":\"engine\"}";
    assertThat(node.put(Login.NONE, ADA, ada).statusCode()).isEqualTo(401);
    node.configure("skerry/self_registration", "true");
    assertRefused(
        node.put(Login.NONE, ADA, ada.replace("[]", "[\"doctor\"]")),
        403,
        "Only _admin may set roles");
    assertThat(node.put(Login.NONE, ADA, ada).statusCode()).isEqualTo(201);
    assertThat(node.get(AS_ADA, ADA).statusCode()).isEqualTo(200);
    assertThat(node.get(Login.NONE, ADA).statusCode()).isEqualTo(401);
    String rev = document(ADMIN, ADA).path("_rev").asString();
    assertThat(node.put(Login.NONE, ADA + "?rev=" + rev, ada).statusCode()).isEqualTo(403);
    assertThat(node.get(Login.NONE, "/_users/_all_docs").statusCode()).isEqualTo(401);
    assertThat(node.put(Login.NONE, "/_users/other", "{}").statusCode()).isEqualTo(401);
  }

  @Test
  void revisionsFromElsewhereAreForAdministratorsAndHoldNoPassword() {
    node.createUser("ada", "engine");
    String path = ADA + "?new_edits=false";
    String revised =
        "{\"_rev\":\"9-abcdefabcdefabcdefabcdefabcdefab\",\"type\":\"user\",\"name\":\"ada\","
            + "\"roles\":[]";
    assertRefused(
        node.put(AS_ADA, path, revised + "}"),
        403,
        "Only admins may replicate into the users database.");
    assertRefused(
        node.put(ADMIN, path, revised + ",\"password\":\"clear\"}"),
        403,
        "A user document that was made elsewhere must not hold a password in clear.");
    assertThat(node.put(ADMIN, path, revised + "}").statusCode()).isEqualTo(201);
  }

  @Test
  void aSystemRoleThatCameAnotherWayCountsForNothing() {
    node.createUser("ada", "engine");
    ObjectNode ada = document(ADMIN, ADA);
    // As a copy of the files of another node could bring it: past all rules.
    UserDirectory.KnownUser user =
        UserDocuments.read(
                "ada",
                ada.set("roles", ada.arrayNode().add("_admin").add("nurse").add("_metrics"))
                    .toString()
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .orElseThrow();
    assertThat(user.roles()).containsExactlyInAnyOrder("nurse", "_metrics");
  }

  @Test
  void usersCannotMakeTheNodeHashForLong() {
    node.createUser("ada", "engine");
    ObjectNode ada = document(AS_ADA, ADA).put("iterations", 10_000_000);
    assertRefused(
        node.put(AS_ADA, ADA, ada.toString()),
        403,
        "Only _admin may set more iterations than the node does.");
  }

  @Test
  void aPasswordMustLookAsTheConfigurationWants() {
    node.configure(
        "chttpd_auth/password_regexp", "[{\".{8,}\", \"It has eight characters.\"}, \"[0-9]\"]");
    String ada = "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[],\"password\":\"%s\"}";
    assertRefused(
        node.put(ADMIN, ADA, ada.formatted("short1")),
        400,
        "Password does not conform to requirements. It has eight characters.");
    assertRefused(
        node.put(ADMIN, ADA, ada.formatted("long enough")),
        400,
        "Password does not conform to requirements.");
    assertThat(node.put(ADMIN, ADA, ada.formatted("long enough 4")).statusCode()).isEqualTo(201);
  }

  @Test
  void aChangedPasswordAndADeletedUserEndSessions() {
    node.createUser("ada", "engine");
    String cookie = session("ada", "engine");
    assertThat(node.get("/_membership", "Cookie", cookie).statusCode()).isEqualTo(200);
    ObjectNode ada = document(AS_ADA, ADA).put("password", "difference");
    assertThat(node.put(AS_ADA, ADA, ada.toString()).statusCode()).isEqualTo(201);
    assertThat(node.get("/_membership", "Cookie", cookie).statusCode()).isEqualTo(401);
    assertThat(node.get(AS_ADA, "/_session").statusCode()).isEqualTo(401);
    String another = session("ada", "difference");
    assertThat(node.get("/_membership", "Cookie", another).statusCode()).isEqualTo(200);
    String rev = document(ADMIN, ADA).path("_rev").asString();
    node.send(ADMIN, "DELETE", ADA + "?rev=" + rev, "");
    assertThat(node.get("/_membership", "Cookie", another).statusCode()).isEqualTo(401);
  }

  private String session(String name, String password) {
    HttpResponse<String> answer =
        node.send(
            Login.NONE,
            "POST",
            "/_session",
            "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}");
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return cookie.substring(0, cookie.indexOf(';'));
  }

  @Test
  void aWeakHashIsLeftAloneWhenTheConfigurationSaysSo() {
    node.configure("chttpd_auth/upgrade_hash_on_auth", "false");
    String simple =
        "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[],\"salt\":\"salt\",\"password_sha\":\"%s\"}";
    node.put(ADMIN, ADA, simple.formatted(PasswordHashTest.sha1("enginesalt")));
    assertThat(node.get(AS_ADA, "/_membership").statusCode()).isEqualTo(200);
    assertThat(document(ADMIN, ADA).has("password_sha")).isTrue();
  }

  @Test
  void aWeakHashIsMadeStrongerAtTheFirstSignIn() {
    String simple =
        "{\"type\":\"user\",\"name\":\"ada\",\"roles\":[\"nurse\"],\"salt\":\"salt\",\"height\":1.50,"
            + "\"password_sha\":\"%s\"}";
    node.put(ADMIN, ADA, simple.formatted(PasswordHashTest.sha1("enginesalt")));
    String cookie = session("ada", "engine");
    assertThat(node.get("/_membership", "Cookie", cookie).statusCode()).isEqualTo(200);
    JsonNode ada = document(ADMIN, ADA);
    assertThat(ada.path("password_scheme").asString()).isEqualTo("pbkdf2");
    assertThat(ada.path("derived_key").asString()).matches("[0-9a-f]{64}");
    assertThat(ada.path("salt").asString()).isEqualTo("salt");
    assertThat(ada.has("password_sha")).isFalse();
    assertThat(ada.path("roles").path(0).asString()).isEqualTo("nurse");
    assertThat(node.get(ADMIN, ADA).body()).contains("\"height\":1.50");
    assertThat(node.get(AS_ADA, "/_membership").statusCode()).isEqualTo(200);
    assertThat(node.get(Login.of("ada", "wrong"), "/_membership").statusCode()).isEqualTo(401);
  }

  @Test
  void anAdministratorWithAUserDocumentHasItsRolesToo() {
    node.createUser("admin", "other", "nurse");
    assertThat(json(node.get(ADMIN, "/_session")).path("userCtx").path("roles").toString())
        .isEqualTo("[\"_admin\",\"nurse\"]");
    assertThat(node.get(Login.of("admin", "other"), "/_session").statusCode()).isEqualTo(401);
  }

  @Test
  void usersOfADeletedDatabaseAreGoneAtOnce() {
    node.createUser("ada", "engine");
    assertThat(node.get(AS_ADA, "/_membership").statusCode()).isEqualTo(200);
    assertThat(node.send(ADMIN, "DELETE", "/_users", "").statusCode()).isEqualTo(200);
    assertThat(node.get(AS_ADA, "/_membership").statusCode()).isEqualTo(401);
    assertThat(node.put(ADMIN, "/_users", "").statusCode()).isEqualTo(201);
    assertThat(node.get(AS_ADA, "/_membership").statusCode()).isEqualTo(401);
  }
}
