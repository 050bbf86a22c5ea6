package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.http.Method;
import org.skerry.http.couch.CouchNode.Reply;

/** {@code _purge} and what belongs to it. */
class PurgeTest {
  private static final String UNKNOWN = "1-00000000000000000000000000000000";

  private final CouchNode node = new CouchNode();

  @BeforeEach
  void create() {
    node.put("/db", "");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private String write(String id) {
    return node.put("/db/" + id, "{}").json().path("rev").asString();
  }

  @Test
  void purgedDocumentsAreGoneAndLeaveNoTombstone() {
    String a = write("a");
    String b = write("b");
    Reply purged =
        node.post(
            "/db/_purge",
            "{\"a\":[\"" + a + "\"],\"b\":[\"" + UNKNOWN + "\"],\"c\":[\"" + UNKNOWN + "\"]}");
    assertThat(purged.status()).isEqualTo(201);
    assertThat(purged.compact())
        .isEqualTo("{\"purge_seq\":null,\"purged\":{\"a\":[\"" + a + "\"],\"b\":[],\"c\":[]}}");
    assertThat(node.get("/db/a").reason()).isEqualTo("missing");
    assertThat(node.get("/db/b").json().path("_rev").asString()).isEqualTo(b);
    var info = node.get("/db").json();
    assertThat(info.path("doc_count").asInt()).isEqualTo(1);
    assertThat(info.path("doc_del_count").asInt()).isZero();
    assertThat(info.path("purge_seq").asString()).startsWith("3-");
    assertThat(node.get("/db/_changes").json().path("results").size()).isEqualTo(1);
  }

  @Test
  void anEmptyPurgeIsAnswered() {
    assertThat(node.post("/db/_purge", "{}").compact())
        .isEqualTo("{\"purge_seq\":null,\"purged\":{}}");
  }

  @Test
  void whatIsNoPurgeIsRefused() {
    assertThat(node.post("/db/_purge", "[]").status()).isEqualTo(400);
    assertThat(node.post("/db/_purge", "{\"a\":\"1-x\"}").reason())
        .isEqualTo("Invalid list of revisions");
    assertThat(node.post("/db/_purge", "{\"a\":[\"x\"]}").reason()).isEqualTo("Invalid rev format");
    assertThat(node.post("/db/_purge", "{\"a\":[1]}").reason()).isEqualTo("Invalid rev format");
    assertThat(node.send(CouchNode.ADMIN, Method.POST, "/db/_purge", "{}", Map.of()).status())
        .isEqualTo(415);
  }

  @Test
  void purgesAreBoundedAsInCouchDb() {
    String ids =
        IntStream.rangeClosed(0, 100)
            .mapToObj(i -> "\"d" + i + "\":[]")
            .collect(Collectors.joining(","));
    assertThat(node.post("/db/_purge", "{" + ids + "}").reason())
        .isEqualTo("Exceeded maximum number of documents.");
    String revs =
        IntStream.rangeClosed(0, 1_000)
            .mapToObj(i -> "\"1-" + i + "\"")
            .collect(Collectors.joining(","));
    assertThat(node.post("/db/_purge", "{\"a\":[" + revs + "]}").reason())
        .isEqualTo("Exceeded maximum number of revisions.");
  }

  @Test
  void onlyAdministratorsPurge() {
    node.put(
        "/db/_security",
        "{\"members\":{\"names\":[\"nurse\"]},\"admins\":{\"names\":[\"chief\"]}}");
    String a = write("a");
    String purge = "{\"a\":[\"" + a + "\"]}";
    assertThat(node.send(CouchNode.user("nurse"), Method.POST, "/db/_purge", purge).status())
        .isEqualTo(403);
    assertThat(
            node.send(CouchNode.user("nurse"), Method.PUT, "/db/_purged_infos_limit", "7").status())
        .isEqualTo(403);
    assertThat(node.send(CouchNode.user("chief"), Method.POST, "/db/_purge", purge).status())
        .isEqualTo(201);
    assertThat(node.send(CouchNode.user("nurse"), Method.GET, "/db/_purged_infos", "").status())
        .isEqualTo(200);
  }

  @Test
  void purgedInfosTellWhatWasAskedFor() {
    assertThat(node.get("/db/_purged_infos").compact()).isEqualTo("{\"purged_infos\":[]}");
    String a = write("a");
    node.post("/db/_purge", "{\"a\":[\"" + UNKNOWN + "\"]}");
    node.post("/db/_purge", "{\"a\":[\"" + a + "\"]}");
    assertThat(node.get("/db/_purged_infos").compact())
        .isEqualTo(
            "{\"purged_infos\":[{\"id\":\"a\",\"revs\":[\""
                + UNKNOWN
                + "\"]},{\"id\":\"a\",\"revs\":[\""
                + a
                + "\"]}]}");
  }

  @Test
  void manyPurgedInfosArriveWhole() {
    for (int round = 0; round < 11; round++) {
      int first = round * 100;
      String ids =
          IntStream.range(first, first + 100)
              .mapToObj(i -> "\"d" + i + "\":[]")
              .collect(Collectors.joining(","));
      node.post("/db/_purge", "{" + ids + "}");
    }
    assertThat(node.get("/db/_purged_infos").json().path("purged_infos").size()).isEqualTo(1_100);
  }

  @Test
  void theLimitOfPurgedInfosIsANumberFromOne() {
    assertThat(node.get("/db/_purged_infos_limit").compact()).isEqualTo("1000");
    assertThat(node.put("/db/_purged_infos_limit", "2").compact()).isEqualTo("{\"ok\":true}");
    assertThat(node.get("/db/_purged_infos_limit").compact()).isEqualTo("2");
    for (String bad : new String[] {"0", "-1", "1.5", "\"2\"", "{}", "99999999999"}) {
      Reply refused = node.put("/db/_purged_infos_limit", bad);
      assertThat(refused.status()).as(bad).isEqualTo(400);
      assertThat(refused.reason())
          .as(bad)
          .isEqualTo("`purged_infos_limit` must be positive integer");
    }
  }
}
