package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.http.Method;
import tools.jackson.databind.JsonNode;

/** Views as clients see them: JavaScript, queries, and what is refused. */
@Timeout(300)
class ViewTest {
  private static final String VIEW = "/db/_design/d/_view/";

  private final CouchNode node = new CouchNode();

  @BeforeEach
  void createDatabase() {
    node.put("/db", "");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void design(String views) {
    JsonNode old = node.get("/db/_design/d").json();
    String rev = old.has("_rev") ? "\"_rev\":\"" + old.path("_rev").stringValue() + "\"," : "";
    CouchNode.Reply written = node.put("/db/_design/d", "{" + rev + "\"views\":{" + views + "}}");
    assertThat(written.status()).as(written.text()).isEqualTo(201);
  }

  private static String view(String name, String map, String reduce) {
    return "\""
        + name
        + "\":{\"map\":\""
        + map.replace("\"", "\\\"")
        + "\""
        + (reduce.isEmpty() ? "" : ",\"reduce\":\"" + reduce.replace("\"", "\\\"") + "\"")
        + "}";
  }

  private void people() {
    String[] docs = {
      "{\"_id\":\"a\",\"place\":\"north\",\"age\":30,\"friend\":\"b\"}",
      "{\"_id\":\"b\",\"place\":\"south\",\"age\":40,\"friend\":\"x\"}",
      "{\"_id\":\"c\",\"place\":\"north\",\"age\":50}",
      "{\"_id\":\"d\",\"place\":\"east\",\"age\":20,\"friend\":\"a\"}"
    };
    node.post("/db/_bulk_docs", "{\"docs\":[" + String.join(",", docs) + "]}");
    design(
        view("place", "function (doc) { emit([doc.place, doc._id], doc.age); }", "_sum")
            + ","
            + view("age", "function (doc) { emit(doc.age, null); }", "")
            + ","
            + view(
                "friend",
                "function (doc) { if (doc.friend) emit(doc._id, {_id: doc.friend}); }",
                "")
            + ","
            + view(
                "ages",
                "doc => emit(doc.place, doc.age)",
                "function (keys, values, rereduce) { return rereduce ? sum(values) : values.length;"
                    + " }"));
  }

  private String rows(String query) {
    CouchNode.Reply reply = node.get(VIEW + query);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    List<String> rows = new ArrayList<>();
    for (JsonNode row : reply.json().path("rows").values()) {
      rows.add(
          (row.has("id") ? row.path("id").stringValue() + ":" : "")
              + row.path("key")
              + "="
              + row.path("value"));
    }
    return String.join(" ", rows);
  }

  @Test
  void aMapViewListsItsRows() {
    people();
    CouchNode.Reply reply = node.get(VIEW + "age");
    assertThat(reply.text())
        .isEqualTo(
            "{\"total_rows\":4,\"offset\":0,\"rows\":[\r\n"
                + "{\"id\":\"d\",\"key\":20,\"value\":null},\r\n"
                + "{\"id\":\"a\",\"key\":30,\"value\":null},\r\n"
                + "{\"id\":\"b\",\"key\":40,\"value\":null},\r\n"
                + "{\"id\":\"c\",\"key\":50,\"value\":null}\r\n]}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key=30 | a:30=null",
        "startkey=30&endkey=40 | a:30=null b:40=null",
        "start_key=30&end_key=40&inclusive_end=false | a:30=null",
        "descending=true&limit=2 | c:50=null b:40=null",
        "descending=true&startkey=40&endkey=30 | b:40=null a:30=null",
        "skip=1&limit=2 | a:30=null b:40=null",
        "skip=9 | ''",
        "limit=0 | ''",
        "keys=[50,20,7] | c:50=null d:20=null",
        "keys=[50,20]&skip=1 | d:20=null",
        "keys=[50,20]&limit=1 | c:50=null",
        "startkey=30&startkey_docid=aa | b:40=null c:50=null",
        "endkey=30&endkey_docid=0 | d:20=null",
        "stable=true&sorted=false&key=20 | d:20=null"
      })
  void rowsAreChosen(String query, String rows) {
    people();
    assertThat(rows("age?" + query)).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | null=140",
        "group=true | [\"east\",\"d\"]=20 [\"north\",\"a\"]=30 [\"north\",\"c\"]=50"
            + " [\"south\",\"b\"]=40",
        "group_level=1 | [\"east\"]=20 [\"north\"]=80 [\"south\"]=40",
        "group_level=1&descending=true | [\"south\"]=40 [\"north\"]=80 [\"east\"]=20",
        "group_level=1&skip=1&limit=1 | [\"north\"]=80",
        "group_level=1&startkey=[\"n\"]&endkey=[\"north\",\"b\"] | [\"north\"]=30",
        "startkey=[\"north\"]&endkey=[\"north\",%7B%7D] | null=80",
        "key=[\"nowhere\"] | ''",
        "group=true&keys=[[\"south\",\"b\"],[\"x\"],[\"east\",\"d\"]] | [\"south\",\"b\"]=40"
            + " [\"east\",\"d\"]=20",
        "reduce=false&limit=1 | d:[\"east\",\"d\"]=20",
        "limit=0 | ''"
      })
  void rowsAreReduced(String query, String rows) {
    people();
    assertThat(rows("place?" + query)).isEqualTo(rows);
  }

  @Test
  void aReductionIsAnObjectWithRowsAlone() {
    people();
    assertThat(node.get(VIEW + "place").text())
        .isEqualTo("{\"rows\":[\r\n{\"key\":null,\"value\":140}\r\n]}\n");
  }

  @Test
  void reductionsMayBeScripts() {
    people();
    assertThat(rows("ages?group=true")).isEqualTo("\"east\"=1 \"north\"=2 \"south\"=1");
    assertThat(rows("ages")).isEqualTo("null=4");
  }

  @Test
  void offsetsAreTold() {
    people();
    assertThat(node.get(VIEW + "age?startkey=30").json().path("offset").intValue()).isEqualTo(1);
    assertThat(node.get(VIEW + "age?startkey=30&skip=2").json().path("offset").intValue())
        .isEqualTo(3);
    assertThat(node.get(VIEW + "age?descending=true&startkey=40").json().path("offset").intValue())
        .isEqualTo(1);
    assertThat(node.get(VIEW + "age?skip=100").json().path("offset").intValue()).isEqualTo(4);
  }

  @Test
  void documentsComeAlong() {
    people();
    JsonNode own = node.get(VIEW + "age?key=30&include_docs=true").json().path("rows").path(0);
    assertThat(own.path("doc").path("place").asString("")).isEqualTo("north");
    JsonNode linked = node.get(VIEW + "friend?include_docs=true").json().path("rows");
    assertThat(linked.path(0).path("doc").path("_id").asString("")).isEqualTo("b");
    assertThat(linked.path(1).path("doc").isNull()).as("there is no x").isTrue();
    assertThat(linked.path(2).path("doc").path("_id").asString("")).isEqualTo("a");
  }

  @Test
  void conflictsAreShownToMapsAndWithDocuments() {
    node.post(
        "/db/_bulk_docs",
        "{\"new_edits\":false,\"docs\":[{\"_id\":\"a\",\"_rev\":\"1-"
            + "a".repeat(32)
            + "\"},{\"_id\":\"a\",\"_rev\":\"1-"
            + "b".repeat(32)
            + "\"}]}");
    design(view("v", "function (doc) { emit(doc._rev, doc._conflicts); }", ""));
    assertThat(rows("v"))
        .isEqualTo("a:\"1-" + "b".repeat(32) + "\"=[\"1-" + "a".repeat(32) + "\"]");
    assertThat(node.get(VIEW + "v?include_docs=true&conflicts=true").text())
        .contains("\"_conflicts\":[\"1-" + "a".repeat(32) + "\"]}");
  }

  @Test
  void aStaleViewIsReadAsItIs() {
    people();
    assertThat(rows("age?update=false")).isEmpty();
    assertThat(rows("age?key=30")).isEqualTo("a:30=null");
    node.put("/db/e", "{\"age\":30}");
    assertThat(rows("age?key=30&stale=ok")).isEqualTo("a:30=null");
    assertThat(rows("age?key=30")).isEqualTo("a:30=null e:30=null");
  }

  @Test
  void thePositionIsToldOnDemand() {
    people();
    assertThat(node.get(VIEW + "age?update_seq=true&limit=0").text())
        .contains("\"update_seq\":\"5-");
    assertThat(node.get(VIEW + "place?update_seq=true").text()).startsWith("{\"update_seq\":\"5-");
  }

  @Test
  void severalQueriesHaveOneAnswer() {
    people();
    CouchNode.Reply reply =
        node.post(
            VIEW + "place/queries",
            "{\"queries\":[{\"group_level\":1,\"limit\":1},{\"reduce\":false,\"keys\":[[\"south\",\"b\"]]}]}");
    assertThat(reply.status()).isEqualTo(200);
    JsonNode results = reply.json().path("results");
    assertThat(results.path(0).path("rows").toString())
        .isEqualTo("[{\"key\":[\"east\"],\"value\":20}]");
    assertThat(results.path(1).path("rows").path(0).path("id").asString("")).isEqualTo("b");
    assertThat(results.path(1).path("total_rows").intValue()).isEqualTo(4);
  }

  @Test
  void keysMayComeInTheBody() {
    people();
    CouchNode.Reply reply = node.post(VIEW + "age", "{\"keys\":[40,30],\"limit\":1}");
    assertThat(reply.json().path("rows").toString())
        .isEqualTo("[{\"id\":\"b\",\"key\":40,\"value\":null}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "age?reduce=true | Reduce is invalid for map-only views.",
        "age?group=true | Invalid use of grouping on a map view.",
        "age?group_level=1 | Invalid use of grouping on a map view.",
        "place?reduce=false&group=true | Invalid use of grouping on a map view.",
        "place?keys=[1] | Multi-key fetchs for reduce views must use `group=true`",
        "place?include_docs=true | `include_docs` is invalid for reduce",
        "place?conflicts=true | `conflicts` is invalid for reduce views.",
        "place?group=false&group_level=1 | Can't specify group=false and group_level>0 at the same"
            + " time",
        "age?keys=[1]&key=1 | `keys` is incompatible with `key`, `start_key` and `end_key`",
        "age?keys=1 | `keys` must be an array of strings.",
        "age?startkey=2&endkey=1 | No rows can match your key range, reverse your start_key and"
            + " end_key or set descending=true",
        "age?startkey=1&endkey=2&descending=true | No rows can match your key range, reverse your"
            + " start_key and end_key or set descending=false",
        "age?stale=maybe | Invalid value for `stale`.",
        "age?update=maybe | Invalid value for `update`.",
        "age?partition=x | `partition` parameter is not supported in this database.",
        "age?limit=-1 | Invalid value for positive integer: \"-1\"",
        "age?skip=x | Invalid value for integer: \"x\"",
        "age?reduce=x | Invalid boolean parameter: \"x\""
      })
  void mixesThatMeanNothingAreRefused(String query, String reason) {
    people();
    CouchNode.Reply reply = node.get(VIEW + query);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).isEqualTo("query_parse_error");
    assertThat(reply.reason()).isEqualTo(reason);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    people();
    assertThat(node.get("/db/_design/none/_view/x").reason()).isEqualTo("missing");
    assertThat(node.get(VIEW + "none").reason()).isEqualTo("missing_named_view");
    String rev = node.get("/db/_design/d").json().path("_rev").stringValue();
    node.delete("/db/_design/d?rev=" + rev);
    assertThat(node.get(VIEW + "age").reason()).isEqualTo("deleted");
    assertThat(node.get(VIEW + "age").status()).isEqualTo(404);
    assertThat(node.post("/db/_temp_view", "{}").status()).isEqualTo(410);
    assertThat(node.post(VIEW + "age", "{\"queries\":[]}").status()).isEqualTo(400);
    assertThat(node.post(VIEW + "age/queries", "{}").reason())
        .isEqualTo("POST body must include `queries` parameter.");
  }

  @Test
  void aMapThatThrowsLeavesItsDocumentOut() {
    people();
    design(
        view("v", "function (doc) { emit(doc._id, doc.friend.length); }", "")
            + ","
            + view("w", "function (doc) { emit(doc._id, 1); }", "_count"));
    assertThat(rows("v")).isEqualTo("a:\"a\"=1 b:\"b\"=1 d:\"d\"=1");
    assertThat(rows("w")).as("other views do not suffer").isEqualTo("null=4");
  }

  @Test
  void reductionsThatFailAreTold() {
    node.put("/db/a", "{\"v\":\"text\"}");
    design(
        view("sum", "function (doc) { emit(1, doc.v); }", "_sum")
            + ","
            + view("stats", "function (doc) { emit(1, doc.v); }", "_stats"));
    assertThat(
            node.get(VIEW + "sum")
                .json()
                .path("rows")
                .path(0)
                .path("value")
                .path("error")
                .asString(""))
        .isEqualTo("builtin_reduce_error");
    CouchNode.Reply stats = node.get(VIEW + "stats");
    assertThat(stats.status()).isEqualTo(500);
    assertThat(stats.error()).isEqualTo("invalid_value");
    assertThat(node.get(VIEW + "stats?group=true").status()).isEqualTo(500);
    assertThat(rows("stats?reduce=false")).isEqualTo("a:1=\"text\"");
  }

  @Test
  void aReductionThatGrowsIsToldSo() {
    people();
    design(
        view(
            "v",
            "function (doc) { emit(1, 'x'); }",
            "function (k, v) { return Array(10000).join('x'); }"));
    assertThat(node.get(VIEW + "v").text()).contains("reduce_overflow_error");
  }

  @Test
  void linksShareTheRowsOfOneMap() {
    people();
    design(
        view("sum", "function (doc) { emit(1, doc.age); }", "_sum")
            + ","
            + view("count", "function (doc) { emit(1, doc.age); }", "_count")
            + ","
            + view("rows", "function (doc) { emit(1, doc.age); }", ""));
    assertThat(rows("sum")).isEqualTo("null=140");
    assertThat(rows("count")).isEqualTo("null=4");
    assertThat(rows("rows?limit=1")).isEqualTo("a:1=30");
  }

  @Test
  void rawCollationIsErlangs() {
    node.put("/db/a", "{}");
    node.put(
        "/db/_design/d",
        "{\"views\":{\"v\":{\"map\":\"function (doc) { ['a','B',1,null,{},[]].forEach(k => emit(k,"
            + " 0)); }\",\"options\":{\"collation\":\"raw\"}}}}");
    assertThat(rows("v")).isEqualTo("a:1=0 a:null=0 a:{}=0 a:[]=0 a:\"B\"=0 a:\"a\"=0");
  }

  @Test
  void designDocumentsAreMappedOnDemand() {
    node.put("/db/a", "{}");
    node.put(
        "/db/_design/d",
        "{\"options\":{\"include_design\":true,\"local_seq\":true},"
            + "\"views\":{\"v\":{\"map\":\"function (doc) { emit(doc._id, doc._local_seq); }\"}}}");
    assertThat(rows("v")).isEqualTo("_design/d:\"_design/d\"=2 a:\"a\"=1");
  }

  @Test
  void anIndexSaysOfItself() {
    people();
    rows("age");
    JsonNode info = node.get("/db/_design/d/_info").json();
    assertThat(info.path("name").asString("")).isEqualTo("d");
    JsonNode index = info.path("view_index");
    assertThat(index.path("update_seq").intValue()).isEqualTo(5);
    assertThat(index.path("updates_pending").path("total").intValue()).isZero();
    assertThat(index.path("signature").asString("")).hasSize(32);
    assertThat(index.path("updater_running").booleanValue()).isFalse();
    long external = index.path("sizes").path("external").longValue();
    assertThat(external).isPositive();
    assertThat(index.path("sizes").path("active").longValue()).isPositive();
    assertThat(node.get("/db/_design/none/_info").status()).isEqualTo(404);
  }

  @Test
  void unwantedIndexesAreCleanedUp() {
    people();
    rows("age");
    design(view("v", "function (doc) { emit(doc._id, 1); }", ""));
    rows("v");
    assertThat(node.indexes().signatures(node.database("db"))).hasSize(2);
    assertThat(node.post("/db/_view_cleanup", "").status()).isEqualTo(202);
    assertThat(node.indexes().signatures(node.database("db"))).hasSize(1);
    assertThat(rows("v?limit=1")).isEqualTo("a:\"a\"=1");
    assertThat(node.post("/db/_compact/d", "").status()).isEqualTo(202);
    assertThat(node.post("/db/_compact/none", "").status()).isEqualTo(404);
    assertThat(node.send(CouchNode.user("reader"), Method.POST, "/db/_view_cleanup", "").status())
        .isEqualTo(403);
  }

  @Test
  void aRenamedViewIsNotBuiltAnew() {
    people();
    String before =
        node.get("/db/_design/d/_info").json().path("view_index").path("signature").asString("");
    JsonNode old = node.get("/db/_design/d").json();
    node.put("/db/_design/d", old.toString().replace("\"age\":{", "\"years\":{"));
    assertThat(rows("years?key=30")).isEqualTo("a:30=null");
    assertThat(
            node.get("/db/_design/d/_info")
                .json()
                .path("view_index")
                .path("signature")
                .asString(""))
        .isEqualTo(before);
  }

  @Test
  void whatDoesNotCompileIsTold() {
    people();
    node.post(
        "/db/_bulk_docs",
        "{\"new_edits\":false,\"docs\":[{\"_id\":\"_design/bad\",\"_rev\":\"1-"
            + "a".repeat(32)
            + "\",\"views\":{\"v\":{\"map\":\"function (doc) {\"},"
            + "\"w\":{\"map\":\"function (doc) {}\",\"reduce\":\"_median\"}}}]}");
    assertThat(node.get("/db/_design/bad/_view/w").reason())
        .isEqualTo("`_median` is not a supported reduce function.");
    node.post(
        "/db/_bulk_docs",
        "{\"new_edits\":false,\"docs\":[{\"_id\":\"_design/worse\",\"_rev\":\"1-"
            + "a".repeat(32)
            + "\",\"views\":{\"v\":{\"map\":\"function (doc) {\"}}}]}");
    CouchNode.Reply reply = node.get("/db/_design/worse/_view/v");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).isEqualTo("compilation_error");
  }
}
