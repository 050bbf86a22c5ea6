package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skerry.http.Endpoint;
import org.skerry.http.FakeExchange;
import org.skerry.http.FinishedRequest;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;
import org.skerry.http.PatternRouter;
import org.skerry.http.Query;
import org.skerry.http.Router;
import org.skerry.http.couch.stats.Stats;
import org.skerry.http.couch.stats.StatsRoutes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The figures of a node, in both forms. */
class StatsTest {
  private final Stats stats = new Stats();
  private final Router router =
      new PatternRouter(
          StatsRoutes.of(
              (Endpoint endpoint) -> endpoint,
              Set.of("_local"),
              stats,
              Map.of("store", Map.of("name", "memory", "version", "1"))));

  private String get(String... segments) {
    try {
      Router.Match match = router.find(Method.GET, java.util.List.of(segments));
      FakeExchange exchange =
          new FakeExchange(
              Method.GET,
              "/" + String.join("/", segments),
              Query.EMPTY,
              Map.of(),
              match.variables(),
              CouchNode.ADMIN,
              new byte[0]);
      match.endpoint().handle(exchange);
      return new String(exchange.sentBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private JsonNode json(String... segments) {
    return new JsonMapper().readTree(get(segments));
  }

  private void request(String method, int status) {
    stats.finished(
        new FinishedRequest("id", method, "/", Optional.empty(), "127.0.0.1", status, 2_000_000));
  }

  @Test
  void requestsAreCountedByMethodAndStatus() {
    request("GET", 200);
    request("GET", 404);
    request("BREW", 418);
    JsonNode all = json("_node", "_local", "_stats");
    assertThat(all.at("/couchdb/httpd/requests/value").asInt()).isEqualTo(3);
    assertThat(all.at("/couchdb/httpd_request_methods/GET/value").asInt()).isEqualTo(2);
    assertThat(all.at("/couchdb/httpd_status_codes/404").toString())
        .isEqualTo("{\"value\":1,\"type\":\"counter\",\"desc\":\"number of HTTP 404 responses\"}");
    assertThat(all.at("/couchdb/request_time/value/n").asInt()).isEqualTo(3);
    assertThat(all.at("/couchdb/request_time/value/percentile").size()).isEqualTo(6);
  }

  @Test
  void aPartIsAnsweredByItsPath() {
    request("PUT", 201);
    assertThat(
            json("_node", "_local", "_stats", "couchdb", "httpd", "requests").path("value").asInt())
        .isEqualTo(1);
    assertThat(get("_node", "_local", "_stats", "nothing")).isEqualTo("{}\n");
  }

  @Test
  void figuresOfOthersStandBesideThem() {
    stats.gauge("store/table_bytes", "bytes of tables", () -> 42);
    stats.counter("couchdb/database_writes", "writes", () -> 1.5);
    JsonNode all = json("_node", "_local", "_stats");
    assertThat(all.at("/store/table_bytes/value").asInt()).isEqualTo(42);
    assertThat(all.at("/couchdb/database_writes/value").asDouble()).isEqualTo(1.5);
    assertThat(get("_node", "_local", "_prometheus"))
        .contains("store_table_bytes 42.0", "couchdb_database_writes_total 1.5");
  }

  @Test
  void prometheusGetsTagsForMethodsAndCodes() {
    request("GET", 200);
    assertThat(get("_node", "_local", "_prometheus"))
        .contains("couchdb_httpd_request_methods_total{method=\"GET\"} 1.0")
        .contains("couchdb_httpd_status_codes_total{code=\"200\"} 1.0")
        .contains("couchdb_request_time_seconds_count 1")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void systemAndVersionsTellOfTheProcess() {
    JsonNode system = json("_node", "_local", "_system");
    assertThat(system.path("memory").path("processes_used").asLong()).isPositive();
    assertThat(system.path("process_count").asInt()).isPositive();
    assertThat(get("_node", "_local", "_versions"))
        .isEqualTo("{\"store\":{\"name\":\"memory\",\"version\":\"1\"}}\n");
  }

  @Test
  void anotherNodeIsNotHere() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> get("_node", "elsewhere", "_stats"))
        .isInstanceOf(HttpProblem.class)
        .hasMessage("no such node: elsewhere");
  }
}
