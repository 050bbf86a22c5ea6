package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Full-text search of the real program, which is killed and finds its index as it should be. */
class SearchIT {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String INDEX = "/db/_design/search/_nouveau/notes";
  private static final String DESIGN =
      """
      {"nouveau":{"notes":{"default_analyzer":"english","field_analyzers":{"name":"keyword"},
      "index":"function (doc) { index('text', 'default', doc.note, {store: true}); \
      index('string', 'name', doc.name); index('double', 'size', doc.size); }"}}}\
      """;

  @TempDir Path folder;

  private static JsonNode search(NodeProcess node, String body) throws Exception {
    return MAPPER.readTree(node.expect(200, "POST", INDEX, body));
  }

  private static long total(NodeProcess node, String query) throws Exception {
    return search(node, "{\"q\":\"" + query + "\",\"limit\":1,\"counts\":[\"name\"]}")
        .path("counts")
        .path("name")
        .values()
        .stream()
        .mapToLong(JsonNode::asLong)
        .sum();
  }

  private static void writeMany(NodeProcess node, int from, int count) throws Exception {
    String documents =
        IntStream.range(from, from + count)
            .mapToObj(
                i ->
                    "{\"_id\":\"d%06d\",\"note\":\"the running fox number %d\",\"name\":\"n%d\",\"size\":%d}"
                        .formatted(i, i, i % 5, i))
            .collect(Collectors.joining(","));
    node.expect(201, "POST", "/db/_bulk_docs", "{\"docs\":[" + documents + "]}");
  }

  @Test
  void anIndexSurvivesSigkillWhileItIsBuiltAndAsked() throws Exception {
    Path data = folder.resolve("data");
    int written = 0;
    NodeProcess node = NodeProcess.start(data);
    node.expect(201, "PUT", "/db", "");
    node.expect(201, "PUT", "/db/_design/search", DESIGN);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 4; i++) {
        writeMany(node, written, 500);
        written += 500;
      }
      killWhileAsking(node, written, round);
      node = NodeProcess.start(data);
      assertThat(total(node, "run AND fox")).as("round %s", round).isEqualTo(written);
    }
    assertThat(
            search(node, "{\"q\":\"size:[10 TO 19]\",\"sort\":\"-size\"}")
                .path("total_hits")
                .asInt())
        .isEqualTo(10);
    node.expect(200, "DELETE", "/db", "");
    try (Stream<Path> left = Files.list(data.resolve("fulltext"))) {
      assertThat(left).isEmpty();
    }
    node.close();
  }

  /** In the first round while the index is made, later while it catches up. */
  private static void killWhileAsking(NodeProcess node, int written, int round) throws Exception {
    CountDownLatch asked = new CountDownLatch(5 * round);
    try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 3; i++) {
        askers.submit(
            () -> {
              while (true) {
                assertThat(total(node, "fox")).isEqualTo(written);
                asked.countDown();
              }
            });
      }
      assertThat(asked.await(10, TimeUnit.MINUTES)).isTrue();
      node.kill();
    }
  }

  @Test
  void whatIsAcknowledgedIsFoundByWhoAsksNext() throws Exception {
    try (NodeProcess node = NodeProcess.start(folder.resolve("data"))) {
      node.expect(201, "PUT", "/db", "");
      node.expect(201, "PUT", "/db/_design/search", DESIGN);
      for (int i = 0; i < 40; i++) {
        node.expect(
            201,
            "PUT",
            "/db/x" + i,
            "{\"note\":\"unique%d\",\"name\":\"n\",\"size\":1}".formatted(i));
        JsonNode found = search(node, "{\"q\":\"unique" + i + "\",\"include_docs\":true}");
        assertThat(found.path("hits").get(0).path("doc").path("_id").asString()).isEqualTo("x" + i);
      }
      node.expect(201, "PUT", "/db/odd", "{\"note\":7}");
      assertThat(total(node, "*:*")).as("a document that cannot be indexed").isEqualTo(40);
      for (List<String> bad :
          List.of(
              List.of("q=size:[1%20TO", "the end at line 1, column 11"),
              List.of("q=%2Ax", "Leading wildcard"),
              List.of("q=x&limit=0", "greater than zero"))) {
        String reason = node.expect(400, "GET", INDEX + "?" + bad.get(0), "");
        assertThat(reason).contains(bad.get(1));
      }
    }
  }
}
