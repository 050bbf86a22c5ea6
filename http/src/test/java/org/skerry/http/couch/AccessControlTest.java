package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.http.Method;
import org.skerry.http.UserContext;
import org.skerry.http.couch.CouchNode.Reply;

class AccessControlTest {
  private static final UserContext MEMBER = CouchNode.user("ann");
  private static final UserContext NURSE = CouchNode.user("bea", "nurse");
  private static final UserContext OWNER = CouchNode.user("owner");
  private static final UserContext OTHER = CouchNode.user("mallory");
  private static final String RULES =
      "{\"members\":{\"names\":[\"ann\"],\"roles\":[\"nurse\"]},\"admins\":{\"names\":[\"owner\"]}}";

  private final CouchNode node = new CouchNode();

  @BeforeEach
  void createDatabase() {
    node.put("/db", "");
    node.put("/db/_security", RULES);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void assertRefused(Reply reply, int status, String error, String reason) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.error()).isEqualTo(error);
    assertThat(reply.reason()).isEqualTo(reason);
  }

  @Test
  void membersReadAndWriteByNameOrRole() {
    for (UserContext user : new UserContext[] {MEMBER, NURSE, OWNER, CouchNode.ADMIN}) {
      assertThat(node.send(user, Method.GET, "/db/_changes", "").status()).isEqualTo(200);
      assertThat(node.send(user, Method.POST, "/db", "{}").status()).isEqualTo(201);
    }
  }

  @Test
  void othersAreForbiddenAndStrangersAskedToSignIn() {
    for (String path : new String[] {"/db", "/db/_all_docs", "/db/_changes", "/db/_security"}) {
      assertRefused(
          node.send(OTHER, Method.GET, path, ""),
          403,
          "forbidden",
          "You are not allowed to access this db.");
      assertRefused(
          node.send(UserContext.ANONYMOUS, Method.GET, path, ""),
          401,
          "unauthorized",
          "You are not authorized to access this db.");
    }
  }

  @Test
  void strangersDoNotLearnWhichDatabasesExist() {
    assertThat(node.send(UserContext.ANONYMOUS, Method.GET, "/nowhere", "").status())
        .isEqualTo(401);
    assertThat(node.send(OTHER, Method.GET, "/nowhere", "").status()).isEqualTo(404);
  }

  @Test
  void aNewDatabaseIsClosedToAllButServerAdministrators() {
    node.put("/new", "");
    assertThat(node.send(MEMBER, Method.GET, "/new", "").status()).isEqualTo(403);
  }

  @Test
  void withoutMembersEveryoneWhoSignedInIsOne() {
    node.put("/db/_security", "{}");
    assertThat(node.send(OTHER, Method.GET, "/db", "").status()).isEqualTo(200);
    assertThat(node.send(UserContext.ANONYMOUS, Method.GET, "/db", "").status()).isEqualTo(401);
  }

  @Test
  void settingsAndDesignDocumentsNeedAnAdministratorOfTheDatabase() {
    String[][] requests = {
      {"PUT", "/db/_security", RULES},
      {"PUT", "/db/_revs_limit", "10"},
      {"POST", "/db/_compact", ""},
      {"POST", "/db", "{\"_id\":\"_design/d\"}"}
    };
    for (String[] request : requests) {
      Method method = Method.valueOf(request[0]);
      assertRefused(
          node.send(MEMBER, method, request[1], request[2]),
          403,
          "forbidden",
          "You are not a db or server admin.");
      assertThat(node.send(OWNER, method, request[1], request[2]).status()).isLessThan(300);
    }
  }

  @Test
  void onlyServerAdministratorsCreateDeleteAndListDatabases() {
    String[][] requests = {
      {"PUT", "/other"},
      {"DELETE", "/db"},
      {"GET", "/_all_dbs"},
      {"GET", "/_dbs_info"},
      {"GET", "/_active_tasks"}
    };
    for (String[] request : requests) {
      for (UserContext user : new UserContext[] {OWNER, UserContext.ANONYMOUS}) {
        assertRefused(
            node.send(user, Method.valueOf(request[0]), request[1], ""),
            401,
            "unauthorized",
            "You are not a server admin.");
      }
    }
    assertThat(node.get("/db").status()).isEqualTo(200);
  }

  @Test
  void membershipIsForThoseWhoSignedIn() {
    assertThat(node.send(UserContext.ANONYMOUS, Method.GET, "/_membership", "").status())
        .isEqualTo(401);
    assertThat(node.send(OTHER, Method.GET, "/_membership", "").status()).isEqualTo(200);
  }
}
