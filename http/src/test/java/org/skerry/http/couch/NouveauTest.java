package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.http.Method;
import org.skerry.http.couch.CouchNode.Reply;
import org.skerry.search.BadIndexFunctionException;
import org.skerry.search.BadSearchException;
import org.skerry.search.FacetRange;
import org.skerry.search.Hit;
import org.skerry.search.IndexBuild;
import org.skerry.search.IndexDefinition;
import org.skerry.search.IndexPlace;
import org.skerry.search.OrderValue;
import org.skerry.search.SearchRequest;
import org.skerry.search.SearchUnavailableException;

/** What {@code _nouveau} and its kin read and answer; what is found is another's business. */
class NouveauTest {
  private static final String INDEX = "/db/_design/d/_nouveau/bar";
  private static final IndexDefinition DEFINITION =
      IndexDefinition.javascript("function(doc){}", "standard", Map.of("foo", "keyword"));

  private final CouchNode node = new CouchNode();
  private final FakeFullText search = node.fullText();

  @BeforeEach
  void start() {
    node.put("/db", "");
    node.put(
        "/db/_design/d",
        """
        {"nouveau":{"bar":{"index":"function(doc){}","field_analyzers":{"foo":"keyword"}},
        "none":{"analyzer":"x"},"odd":7}}\
        """);
    node.put("/db/doc1", "{\"x\":1}");
    search.hits.add(
        new Hit(
            "doc1",
            List.of(new OrderValue.Score(1.5f), new OrderValue.Text("doc1")),
            List.of(
                new Hit.StoredText("foo", "a"),
                new Hit.StoredNumber("n", 42),
                new Hit.StoredText("foo", "b"))));
  }

  @AfterEach
  void stop() {
    assertThat(search.open).as("results are closed").isZero();
    node.close();
  }

  @Test
  void hitsAreShownInCouchDbsForm() {
    String bookmark =
        encoded(
            "[[{\"@type\":\"float\",\"value\":1.5},{\"@type\":\"string\",\"value\":\"doc1\"}]]");
    Reply reply = node.get(INDEX + "?q=x");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text())
        .isEqualTo(
            "{\"bookmark\":\""
                + bookmark
                + "\",\"counts\":null,\"hits\":[{\"fields\":{\"foo\":[\"a\",\"b\"],\"n\":42.0},"
                + "\"id\":\"doc1\",\"order\":[{\"@type\":\"float\",\"value\":1.5},"
                + "{\"@type\":\"string\",\"value\":\"doc1\"}]}],\"ranges\":null,"
                + "\"total_hits\":1001,\"total_hits_relation\":\"GREATER_THAN_OR_EQUAL_TO\","
                + "\"update_latency\":5}\n");
    assertThat(search.definition).contains(DEFINITION);
  }

  private static String encoded(String json) {
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsNotAskedForIsAsByDefault() {
    node.get(INDEX + "?q=x");
    assertThat(search.lastRequest()).isEqualTo(SearchRequest.of("x"));
    node.post(INDEX, "{\"q\":\"x\",\"sort\":null,\"bookmark\":null}");
    assertThat(search.lastRequest()).isEqualTo(SearchRequest.of("x"));
  }

  @Test
  void parametersAreReadAlikeFromQueryAndBody() {
    SearchRequest all =
        SearchRequest.of("a:b")
            .withLimit(3)
            .withSort(List.of("-n", "foo"))
            .withLocale(Locale.of("de", "DE"))
            .withFacets(
                List.of("foo"),
                Map.of(
                    "n",
                    List.of(
                        new FacetRange(
                            "low", OptionalDouble.empty(), true, OptionalDouble.of(4.5), false))),
                7)
            .after(List.of(new OrderValue.Number(1), new OrderValue.Absent()))
            .withoutUpdate();
    String bookmark = encoded("[[{\"@type\":\"double\",\"value\":1.0},{\"@type\":\"null\"}]]");
    String ranges = "{\"n\":[{\"label\":\"low\",\"max\":4.5,\"max_inclusive\":false}]}";
    node.get(
        INDEX
            + "?q=a:b&limit=3&sort=[\"-n\",\"foo\"]&locale=de_DE&counts=[\"foo\"]&top_n=7"
            + "&update=false&ranges="
            + ranges.replace("{", "%7B").replace("}", "%7D")
            + "&bookmark="
            + bookmark.replace("=", "%3D"));
    assertThat(search.lastRequest()).isEqualTo(all);
    node.post(
        INDEX,
        "{\"q\":\"a:b\",\"limit\":3,\"sort\":[\"-n\",\"foo\"],\"locale\":\"de_DE\","
            + "\"counts\":[\"foo\"],\"top_n\":7,\"update\":false,\"ranges\":"
            + ranges
            + ",\"bookmark\":\""
            + bookmark
            + "\"}");
    assertThat(search.lastRequest()).isEqualTo(all);
    node.get(INDEX + "?q=x&sort=\"foo\"");
    assertThat(search.lastRequest().sort()).containsExactly("foo");
  }

  @Test
  void documentsAreIncluded() {
    search.hits.clear();
    IntStream.range(0, 120)
        .forEach(
            i -> {
              node.put("/db/n" + i, "{\"i\":" + i + "}");
              search.hits.add(new Hit("n" + i, List.of(new OrderValue.Text("n" + i)), List.of()));
            });
    search.hits.add(new Hit("gone", List.of(new OrderValue.Text("gone")), List.of()));
    var hits = node.get(INDEX + "?q=x&include_docs=true").json().path("hits");
    assertThat(hits.size()).isEqualTo(121);
    for (int i = 0; i < 120; i++) {
      assertThat(hits.get(i).path("doc").path("i").asInt()).isEqualTo(i);
      assertThat(hits.get(i).path("doc").path("_id").asString()).isEqualTo("n" + i);
    }
    assertThat(hits.get(120).path("doc").isNull()).isTrue();
  }

  @Test
  void countsAndRangesAreShownWhenAskedFor() {
    search.counts = Map.of("foo", Map.of("a", 2L));
    assertThat(node.get(INDEX + "?q=x&counts=[\"foo\"]").json().path("counts").toString())
        .isEqualTo("{\"foo\":{\"a\":2}}");
    assertThat(node.post(INDEX, "{\"q\":\"x\",\"ranges\":{\"n\":[]}}").json().path("ranges"))
        .hasToString("{\"foo\":{\"a\":2}}");
  }

  @Test
  void anEmptyPageRepeatsItsBookmark() {
    search.hits.clear();
    String bookmark = encoded("[[{\"@type\":\"string\",\"value\":\"z\"}]]");
    assertThat(node.get(INDEX + "?q=x").json().path("bookmark").asString()).isEqualTo("W10=");
    assertThat(node.post(INDEX, "{\"q\":\"x\",\"bookmark\":\"W10=\"}").status()).isEqualTo(200);
    assertThat(search.lastRequest().after()).isEmpty();
    assertThat(
            node.post(INDEX, "{\"q\":\"x\",\"bookmark\":\"" + bookmark + "\"}")
                .json()
                .path("bookmark")
                .asString())
        .isEqualTo(bookmark);
  }

  private void assertRefused(Reply reply, int status, String error, String reason) {
    assertThat(reply.reason()).isEqualTo(reason);
    assertThat(reply.error()).isEqualTo(error);
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void badParametersAreRefused() {
    Map<String, String> reasons =
        Map.ofEntries(
            Map.entry("{}", "q parameter is mandatory"),
            Map.entry("{\"q\":7}", "Invalid value for q: 7"),
            Map.entry("{\"q\":\"x\",\"limit\":0}", "limit parameter must be greater than zero"),
            Map.entry("{\"q\":\"x\",\"limit\":1.5}", "limit parameter must be an integer"),
            Map.entry("{\"q\":\"x\",\"limit\":\"a\"}", "limit parameter must be an integer"),
            Map.entry("{\"q\":\"x\",\"top_n\":-1}", "top_n parameter must be greater than zero"),
            Map.entry("{\"q\":\"x\",\"update\":\"so\"}", "Invalid value for update: \"so\""),
            Map.entry("{\"q\":\"x\",\"include_docs\":1}", "Invalid value for include_docs: 1"),
            Map.entry("{\"q\":\"x\",\"sort\":7}", "sort parameter must be a list of strings"),
            Map.entry(
                "{\"q\":\"x\",\"counts\":\"a\"}", "counts parameter must be a list of strings"),
            Map.entry(
                "{\"q\":\"x\",\"counts\":[7]}", "all items in counts parameter must be strings"),
            Map.entry("{\"q\":\"x\",\"ranges\":[]}", "Invalid value for ranges: []"),
            Map.entry(
                "{\"q\":\"x\",\"ranges\":{\"a\":{}}}", "range values must be lists of objects"),
            Map.entry(
                "{\"q\":\"x\",\"ranges\":{\"a\":[7]}}",
                "all values in ranges parameter must be objects"),
            Map.entry("{\"q\":\"x\",\"ranges\":{\"a\":[{}]}}", "each range must have a label"),
            Map.entry(
                "{\"q\":\"x\",\"ranges\":{\"a\":[{\"label\":\"l\",\"min\":\"0\"}]}}",
                "Invalid value for min: \"0\""));
    reasons.forEach(
        (body, reason) -> assertRefused(node.post(INDEX, body), 400, "query_parse_error", reason));
    assertRefused(node.get(INDEX), 400, "query_parse_error", "q parameter is mandatory");
    assertThat(node.get(INDEX + "?q=x&sort=foo").error()).isEqualTo("bad_request");
    for (String bookmark : List.of("?", "7", encoded("7"), encoded("[7]"), encoded("[[7]]"))) {
      assertRefused(
          node.post(INDEX, "{\"q\":\"x\",\"bookmark\":\"" + bookmark + "\"}"),
          400,
          "bad_request",
          "Invalid bookmark");
    }
    assertThat(node.post(INDEX, "[]").status()).isEqualTo(400);
    assertThat(node.send(CouchNode.ADMIN, Method.POST, INDEX, "{\"q\":\"x\"}", Map.of()).status())
        .isEqualTo(415);
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertRefused(node.get("/db/_design/none/_nouveau/bar?q=x"), 404, "not_found", "missing");
    assertRefused(node.get("/db/_design/d/_nouveau/x?q=x"), 404, "not_found", "x not found.");
    assertRefused(
        node.get("/db/_design/d/_nouveau/none?q=x"),
        400,
        "invalid_design_doc",
        "index `none` must have parameter `index`");
    assertThat(node.get("/db/_design/d/_nouveau/odd?q=x").error()).isEqualTo("invalid_design_doc");
    assertThat(node.get("/nowhere/_design/d/_nouveau/bar?q=x").status()).isEqualTo(404);
    String rev = node.get("/db/_design/d").json().path("_rev").asString();
    node.delete("/db/_design/d?rev=" + rev);
    assertRefused(node.get(INDEX + "?q=x"), 404, "not_found", "deleted");
  }

  @Test
  void whatSearchRefusesIsTheClients() {
    search.failure = java.util.Optional.of(new BadSearchException("no"));
    assertRefused(node.get(INDEX + "?q=x"), 400, "bad_request", "no");
    search.failure = java.util.Optional.of(new BadIndexFunctionException("no function"));
    assertRefused(node.get(INDEX + "?q=x"), 400, "compilation_error", "no function");
    search.failure = java.util.Optional.of(new SearchUnavailableException("the disk is full"));
    assertRefused(node.get(INDEX + "?q=x"), 503, "service_unavailable", "the disk is full");
  }

  @Test
  void anIndexTellsItsState() {
    assertThat(node.get("/db/_design/d/_nouveau_info/bar").text())
        .isEqualTo(
            "{\"name\":\"_design/d/bar\",\"search_index\":{\"disk_size\":4096,\"num_docs\":3,"
                + "\"purge_seq\":1,\"signature\":\""
                + DEFINITION.signature()
                + "\",\"update_seq\":7}}\n");
    assertRefused(node.get("/db/_design/d/_nouveau_info/x"), 404, "not_found", "x not found.");
  }

  @Test
  void textsAreAnalyzed() {
    assertThat(
            node.post("/_nouveau_analyze", "{\"analyzer\":\"standard\",\"text\":\"hello there\"}")
                .compact())
        .isEqualTo("{\"tokens\":[\"hello\",\"there\"]}");
    assertRefused(
        node.post("/_nouveau_analyze", "{\"analyzer\":\"standard\"}"),
        400,
        "bad_request",
        "'text' and 'analyzer' fields must be non-empty strings");
    assertRefused(
        node.post("/_nouveau_analyze", "{\"analyzer\":\"klingon\",\"text\":\"x\"}"),
        400,
        "bad_request",
        "klingon is not a valid analyzer name");
    String text = "x ".repeat(600_000);
    assertThat(
            node.post("/_nouveau_analyze", "{\"analyzer\":\"standard\",\"text\":\"" + text + "\"}")
                .status())
        .isEqualTo(413);
  }

  @Test
  void cleaningUpKeepsWhatIsDefined() {
    Reply reply = node.post("/db/_nouveau_cleanup", "");
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.compact()).isEqualTo("{\"ok\":true}");
    assertThat(search.kept).containsExactly(DEFINITION.signature());
    assertThat(
            node.send(CouchNode.user("nurse"), Method.POST, "/db/_nouveau_cleanup", "{}").status())
        .isEqualTo(403);
  }

  @Test
  void onlyMembersSearch() {
    node.put("/db/_security", "{\"members\":{\"names\":[\"nurse\"]}}");
    assertThat(node.send(CouchNode.user("nurse"), Method.GET, INDEX + "?q=x", "").status())
        .isEqualTo(200);
    assertThat(node.send(CouchNode.user("other"), Method.GET, INDEX + "?q=x", "").status())
        .isEqualTo(403);
  }

  @Test
  void buildsAreShownAmongTheTasks() {
    search.building.add(
        new IndexBuild(
            7, "db", new IndexPlace("_design/d", "bar"), Instant.ofEpochSecond(99), 30, 120));
    var task = node.get("/_active_tasks").json().get(0);
    assertThat(task.path("type").asString()).isEqualTo("search_indexer");
    assertThat(task.path("database").asString()).isEqualTo("db");
    assertThat(task.path("design_document").asString()).isEqualTo("_design/d");
    assertThat(task.path("index").asString()).isEqualTo("bar");
    assertThat(task.path("progress").asInt()).isEqualTo(25);
    assertThat(task.path("started_on").asInt()).isEqualTo(99);
  }

  @Test
  void theFeatureIsAnnounced() {
    assertThat(node.get("/").json().path("features").toString()).contains("nouveau");
  }
}
