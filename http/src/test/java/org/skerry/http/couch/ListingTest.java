package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.http.couch.CouchNode.Reply;
import tools.jackson.databind.JsonNode;

class ListingTest {
  private final CouchNode node = new CouchNode();

  @BeforeEach
  void createDatabase() {
    node.put("/db", "");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void write(String... ids) {
    String documents =
        List.of(ids).stream()
            .map(id -> "{\"_id\":\"" + id + "\",\"n\":\"" + id + "\"}")
            .collect(Collectors.joining(","));
    node.post("/db/_bulk_docs", "{\"docs\":[" + documents + "]}");
  }

  private void delete(String id) {
    String rev =
        node.get("/db/_all_docs?key=\"" + id + "\"")
            .json()
            .path("rows")
            .path(0)
            .path("value")
            .path("rev")
            .asString();
    node.post(
        "/db/_bulk_docs",
        "{\"docs\":[{\"_id\":\"" + id + "\",\"_rev\":\"" + rev + "\",\"_deleted\":true}]}");
  }

  private static List<String> ids(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return StreamSupport.stream(reply.json().path("rows").spliterator(), false)
        .map(row -> row.path("id").asString())
        .toList();
  }

  private List<String> ids(String query) {
    return ids(node.get("/db/_all_docs?" + query));
  }

  @Test
  void anEmptyDatabaseHasNoRows() {
    assertThat(node.get("/db/_all_docs").text())
        .isEqualTo("{\"total_rows\":0,\"offset\":0,\"rows\":[\r\n\r\n]}\n");
  }

  @Test
  void liveDocumentsAreListedInTheOrderOfTheirBytes() {
    write("b", "ä", "a", "Z", "_design/d", "😀", "\uffee");
    delete("b");
    Reply reply = node.get("/db/_all_docs");
    assertThat(ids(reply)).containsExactly("Z", "_design/d", "a", "ä", "\uffee", "😀");
    assertThat(reply.json().path("total_rows").asInt()).isEqualTo(6);
    assertThat(reply.text().lines().count()).isEqualTo(8);
  }

  @Test
  void aRangeHasBothItsEndsUnlessToldOtherwise() {
    write("a", "b", "c", "d");
    assertThat(ids("startkey=\"b\"&endkey=\"c\"")).containsExactly("b", "c");
    assertThat(ids("start_key=\"b\"&end_key=\"d\"&inclusive_end=false")).containsExactly("b", "c");
    assertThat(ids("startkey=\"bb\"")).containsExactly("c", "d");
    assertThat(ids("endkey=\"bb\"")).containsExactly("a", "b");
    assertThat(ids("key=\"c\"")).containsExactly("c");
    assertThat(ids("key=\"x\"")).isEmpty();
    assertThat(ids("startkey=\"c\"&endkey=\"b\"")).isEmpty();
    assertThat(ids("startkey=\"a\"&endkey=\"a\ufff0\"")).containsExactly("a");
  }

  @Test
  void aDescendingRangeRunsFromItsHighEnd() {
    write("a", "b", "c", "d");
    assertThat(ids("descending=true")).containsExactly("d", "c", "b", "a");
    assertThat(ids("descending=true&startkey=\"c\"&endkey=\"b\"")).containsExactly("c", "b");
    assertThat(ids("descending=true&startkey=\"c\"&endkey=\"a\"&inclusive_end=false"))
        .containsExactly("c", "b");
    assertThat(ids("descending=true&startkey=\"b\"&endkey=\"c\"")).isEmpty();
    assertThat(ids("descending=true&limit=1&skip=1")).containsExactly("c");
  }

  @Test
  void keysOfOtherTypesStandBelowOrAboveAllIds() {
    write("a", "b");
    assertThat(ids("startkey=null&endkey={}".replace("{}", "%7B%7D"))).containsExactly("a", "b");
    assertThat(ids("startkey=7")).containsExactly("a", "b");
    assertThat(ids("endkey=true")).isEmpty();
    assertThat(ids("startkey=[]".replace("[]", "%5B%5D"))).isEmpty();
    assertThat(ids("key=7")).isEmpty();
  }

  @Test
  void skipAndLimitCutTheRows() {
    write("a", "b", "c", "d");
    delete("b");
    assertThat(ids("skip=1&limit=1")).containsExactly("c");
    assertThat(ids("limit=0")).isEmpty();
    assertThat(ids("skip=9")).isEmpty();
    assertThat(ids("limit=99999999999999999999")).hasSize(3);
    assertThat(ids("skip=99999999999999999999")).isEmpty();
  }

  @Test
  void theOffsetIsTheNumberOfRowsBeforeTheFirst() {
    write("a", "b", "c", "d", "_design/x");
    delete("b");
    assertThat(offset("startkey=\"c\"")).isEqualTo(2);
    assertThat(offset("startkey=\"c\"&skip=1")).isEqualTo(3);
    assertThat(offset("descending=true&startkey=\"c\"")).isEqualTo(1);
    assertThat(offset("startkey=\"x\"")).isEqualTo(4);
    assertThat(offset("skip=100")).isEqualTo(4);
    assertThat(offset("limit=0")).isZero();
  }

  @Test
  void anOffsetFarFromTheStartIsNotTold() {
    write(IntStream.range(0, 1_200).mapToObj(i -> "d" + (1_000 + i)).toArray(String[]::new));
    assertThat(offset("startkey=\"d2000\"&limit=1")).isEqualTo(1_000);
    JsonNode far = node.get("/db/_all_docs?startkey=\"d2001\"&limit=1").json();
    assertThat(far.path("offset").isNull()).isTrue();
    assertThat(far.path("rows").path(0).path("id").asString()).isEqualTo("d2001");
  }

  private int offset(String query) {
    return node.get("/db/_all_docs?" + query).json().path("offset").asInt(-1);
  }

  @Test
  void pagesOfTheStoreAreInvisible() {
    List<String> expected =
        IntStream.range(0, 2_500).mapToObj(i -> String.format("doc-%05d", i)).toList();
    write(expected.toArray(String[]::new));
    assertThat(ids("")).isEqualTo(expected);
    assertThat(ids("descending=true")).isEqualTo(expected.reversed());
    assertThat(ids("skip=999&limit=1002")).isEqualTo(expected.subList(999, 2_001));
    assertThat(ids("include_docs=true&descending=true&startkey=\"doc-02000\""))
        .isEqualTo(expected.subList(0, 2_001).reversed());
  }

  @Test
  void documentsAreIncludedAsTheirAuthorsWroteThem() {
    node.post("/db", "{\"_id\":\"a\", \"z\": 1.500, \"y\": 12345678901234567890}");
    assertThat(node.get("/db/_all_docs?include_docs=true").text())
        .contains("\"doc\":{\"_id\":\"a\",\"_rev\":\"1-")
        .contains("\"z\": 1.500, \"y\": 12345678901234567890");
  }

  @Test
  void conflictsAreShownWithTheDocument() {
    node.post(
        "/db/_bulk_docs",
        "{\"new_edits\":false,\"docs\":[{\"_id\":\"a\",\"_rev\":\"1-a\"},{\"_id\":\"a\",\"_rev\":\"1-b\"}]}");
    JsonNode row = node.get("/db/_all_docs?include_docs=true&conflicts=true").json().path("rows");
    assertThat(row.path(0).path("doc").path("_conflicts").toString()).isEqualTo("[\"1-a\"]");
    assertThat(row.path(0).path("value").path("rev").asString()).isEqualTo("1-b");
    assertThat(node.get("/db/_all_docs?include_docs=true").text()).doesNotContain("_conflicts");
  }

  @Test
  void attachmentsAreIncludedOnlyWhenAskedFor() {
    node.post(
        "/db",
        "{\"_id\":\"a\",\"_attachments\":{\"t\":{\"content_type\":\"text/plain\",\"data\":\"aGk=\"}}}");
    assertThat(node.get("/db/_all_docs?include_docs=true").text()).contains("\"stub\":true");
    assertThat(node.get("/db/_all_docs?include_docs=true&attachments=true").text())
        .contains("\"data\":\"aGk=\"");
  }

  @Test
  void keysAreAnsweredInTheirOrderDeletedAndUnknownOnesToo() {
    write("a", "b", "c");
    delete("b");
    Reply reply =
        node.post(
            "/db/_all_docs",
            "{\"keys\":[\"c\",\"x\",\"b\",\"c\",7,\"\",\"_bad\"],\"include_docs\":true}");
    JsonNode rows = reply.json().path("rows");
    assertThat(rows.size()).isEqualTo(7);
    assertThat(rows.path(0).path("doc").path("n").asString()).isEqualTo("c");
    assertThat(rows.path(1).toString()).isEqualTo("{\"key\":\"x\",\"error\":\"not_found\"}");
    assertThat(rows.path(2).path("value").path("deleted").asBoolean()).isTrue();
    assertThat(rows.path(2).path("doc").isNull()).isTrue();
    assertThat(rows.path(3).path("id").asString()).isEqualTo("c");
    assertThat(rows.path(4).toString()).isEqualTo("{\"key\":7,\"error\":\"not_found\"}");
    assertThat(reply.json().path("offset").isNull()).isTrue();
    assertThat(reply.json().path("total_rows").asInt()).isEqualTo(2);
  }

  @Test
  void keysObeyDescendingSkipAndLimit() {
    write("a", "b", "c");
    assertThat(
            ids("keys=[\"c\",\"a\",\"b\"]&descending=true".replace("[", "%5B").replace("]", "%5D")))
        .containsExactly("b", "a", "c");
    assertThat(ids(node.post("/db/_all_docs?skip=1&limit=1", "{\"keys\":[\"c\",\"a\",\"b\"]}")))
        .containsExactly("a");
  }

  @Test
  void manyKeysWithLargeDocumentsComeInPages() {
    String big = "x".repeat(300_000);
    for (String id : new String[] {"a", "b", "c", "d", "e", "f"}) {
      node.post("/db", "{\"_id\":\"" + id + "\",\"big\":\"" + big + "\"}");
    }
    assertThat(
            ids(
                node.post(
                    "/db/_all_docs?include_docs=true",
                    "{\"keys\":[\"f\",\"a\",\"f\",\"b\",\"f\",\"c\",\"d\",\"e\",\"a\"]}")))
        .containsExactly("f", "a", "f", "b", "f", "c", "d", "e", "a");
  }

  @Test
  void thePositionIsToldWhenAskedFor() {
    write("a");
    assertThat(node.get("/db/_all_docs?update_seq=true").json().path("update_seq").asString())
        .startsWith("1-");
    assertThat(node.get("/db/_all_docs").json().has("update_seq")).isFalse();
  }

  @Test
  void badParametersAreRefusedBeforeTheAnswerBegins() {
    for (String bad :
        new String[] {
          "limit=-1",
          "limit=x",
          "limit=",
          "limit=1.5",
          "skip=-3",
          "descending=yes",
          "include_docs=1",
          "reduce=true"
        }) {
      Reply refused = node.get("/db/_all_docs?" + bad);
      assertThat(refused.status()).as(bad).isEqualTo(400);
      assertThat(refused.error()).as(bad).isEqualTo("query_parse_error");
    }
    assertThat(node.get("/db/_all_docs?startkey=a").error()).isEqualTo("bad_request");
    assertThat(node.get("/db/_all_docs?keys=7").reason())
        .isEqualTo("`keys` parameter must be an array.");
    assertThat(node.post("/db/_all_docs", "{\"keys\":\"a\"}").status()).isEqualTo(400);
    assertThat(node.post("/db/_all_docs", "{\"limit\":{}}").status()).isEqualTo(400);
    assertThat(node.post("/db/_all_docs", "{\"keys\":[],\"key\":\"a\"}").reason())
        .contains("incompatible");
    assertThat(node.post("/db/_all_docs", "[").status()).isEqualTo(400);
  }

  @Test
  void severalQueriesAreAnsweredTogether() {
    write("a", "b", "c");
    JsonNode results =
        node.post(
                "/db/_all_docs/queries",
                "{\"queries\":[{\"keys\":[\"a\",\"x\"]},{\"limit\":1,\"descending\":true},{}]}")
            .json()
            .path("results");
    assertThat(results.size()).isEqualTo(3);
    assertThat(results.path(0).path("rows").path(1).path("error").asString())
        .isEqualTo("not_found");
    assertThat(results.path(1).path("rows").path(0).path("id").asString()).isEqualTo("c");
    assertThat(results.path(2).path("rows").size()).isEqualTo(3);
    assertThat(node.post("/db/_all_docs/queries", "{}").reason())
        .isEqualTo("POST body must include `queries` parameter.");
    assertThat(node.post("/db/_all_docs/queries", "{\"queries\":{}}").status()).isEqualTo(400);
    assertThat(node.post("/db/_all_docs/queries", "{\"queries\":[1]}").status()).isEqualTo(400);
    String many = "{},".repeat(1_000) + "{}";
    assertThat(node.post("/db/_all_docs/queries", "{\"queries\":[" + many + "]}").status())
        .isEqualTo(413);
    assertThat(node.post("/db/_all_docs/queries", "{\"queries\":[{\"limit\":-1}]}").status())
        .isEqualTo(400);
  }

  @Test
  void designDocumentsHaveTheirOwnList() {
    write("_design/b", "_design/a", "a", "_design/c", "z");
    delete("_design/c");
    Reply reply = node.get("/db/_design_docs");
    assertThat(ids(reply)).containsExactly("_design/a", "_design/b");
    assertThat(reply.json().path("total_rows").asInt()).isEqualTo(2);
    assertThat(ids(node.get("/db/_design_docs?startkey=\"_design/b\"")))
        .containsExactly("_design/b");
    assertThat(ids(node.get("/db/_design_docs?descending=true")))
        .containsExactly("_design/b", "_design/a");
    assertThat(ids(node.get("/db/_design_docs?startkey=\"b\""))).isEmpty();
    JsonNode rows =
        node.post("/db/_design_docs", "{\"keys\":[\"a\",\"_design/a\"]}").json().path("rows");
    assertThat(rows.path(0).path("error").asString()).isEqualTo("not_found");
    assertThat(rows.path(1).path("id").asString()).isEqualTo("_design/a");
    assertThat(node.post("/db/_design_docs/queries", "{\"queries\":[{\"limit\":1}]}").text())
        .contains("_design/a");
  }

  @Test
  void localDocumentsHaveTheirOwnList() {
    write("_local/b", "_local/a", "a");
    Reply reply = node.get("/db/_local_docs?include_docs=true");
    assertThat(ids(reply)).containsExactly("_local/a", "_local/b");
    JsonNode first = reply.json().path("rows").path(0);
    assertThat(first.path("value").path("rev").asString()).isEqualTo("0-1");
    assertThat(first.path("doc").toString())
        .isEqualTo("{\"_id\":\"_local/a\",\"_rev\":\"0-1\",\"n\":\"_local/a\"}");
    assertThat(reply.json().path("total_rows").isNull()).isTrue();
    assertThat(ids(node.get("/db/_local_docs?descending=true&limit=1")))
        .containsExactly("_local/b");
    assertThat(ids(node.get("/db/_local_docs?startkey=\"_local/b\""))).containsExactly("_local/b");
    JsonNode rows =
        node.post("/db/_local_docs", "{\"keys\":[\"_local/b\",\"a\"]}").json().path("rows");
    assertThat(rows.path(0).path("id").asString()).isEqualTo("_local/b");
    assertThat(rows.path(1).path("error").asString()).isEqualTo("not_found");
  }
}
