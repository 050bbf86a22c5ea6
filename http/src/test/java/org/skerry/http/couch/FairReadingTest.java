package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.http.couch.SitesNode.HILL;
import static org.skerry.http.couch.SitesNode.SHORE;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Large readings wait for their turn; what is small does not. */
@Timeout(300)
class FairReadingTest {
  private static final int NOTES = 300;

  private final SitesNode sites = new SitesNode().filled();
  private final LargeReads reads = sites.node().largeReads();
  private final List<LargeReads.Turn> taken = new ArrayList<>();

  @BeforeEach
  void load() {
    String docs =
        IntStream.range(0, NOTES)
            .mapToObj(FairReadingTest::note)
            .collect(Collectors.joining(",", "{\"docs\":[", "]}"));
    assertThat(sites.send(SitesNode.ADMIN, "POST", "/care/_bulk_docs", docs).statusCode())
        .isEqualTo(201);
    sites.settle();
  }

  /** Some are longer than a whole part of an answer. */
  private static String note(int i) {
    return "{\"_id\":\"x%d\",\"type\":\"note\",\"patient\":\"p1\",\"text\":\"%s\"}"
        .formatted(i, "fever ".repeat(i % 50 == 7 ? 40_000 : 1 + i % 30));
  }

  @AfterEach
  void stop() {
    giveBack();
    sites.close();
  }

  private void takeAllPlaces() throws InterruptedIOException {
    CompletableFuture<?> waiting = new CompletableFuture<>();
    while (!waiting.isDone()) {
      int before = taken.size();
      Thread taker =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      taken.add(reads.turn("others"));
                    } catch (InterruptedIOException e) {
                      waiting.complete(null);
                    }
                  });
      while (taker.isAlive() && reads.waiting() == 0) {
        Thread.onSpinWait();
      }
      if (taken.size() == before) {
        taker.interrupt();
        waiting.join();
      }
    }
  }

  private void giveBack() {
    taken.forEach(LargeReads.Turn::close);
    taken.clear();
  }

  /** An answer that is asked for in the background, when it waits for its turn. */
  private CompletableFuture<JsonNode> waits(String user, String method, String path, String json) {
    int before = reads.waiting();
    CompletableFuture<JsonNode> answer =
        CompletableFuture.supplyAsync(
            () -> SitesNode.json(sites.send(user, method, path, json)),
            task -> Thread.ofVirtual().start(task));
    while (reads.waiting() == before) {
      assertThat(answer).isNotDone();
      Thread.onSpinWait();
    }
    return answer;
  }

  private static String all() {
    return IntStream.range(0, NOTES)
        .mapToObj(i -> "{\"id\":\"x" + i + "\"}")
        .collect(Collectors.joining(",", "{\"docs\":[", "]}"));
  }

  @Test
  void whatIsSmallPassesThoseWhoWait() throws Exception {
    String now = sites.json(HILL, "/care/_changes?since=now").path("last_seq").asString();
    takeAllPlaces();
    CompletableFuture<JsonNode> first = waits(SHORE, "GET", "/care/_changes", "");
    CompletableFuture<JsonNode> many = waits(HILL, "POST", "/care/_bulk_get", all());
    assertThat(sites.json(HILL, "/care/p1").path("name").asString()).isEqualTo("Okafor");
    assertThat(
            sites
                .send(HILL, "PUT", "/care/new", "{\"type\":\"note\",\"patient\":\"p1\"}")
                .statusCode())
        .isEqualTo(201);
    JsonNode news = sites.json(HILL, "/care/_changes?include_docs=true&since=" + now);
    assertThat(SitesNode.texts(news.path("results"), "id")).containsExactly("new");
    assertThat(
            sites
                .json(HILL, "/care/_changes?since=" + news.path("last_seq").asString())
                .path("results")
                .size())
        .isZero();
    assertThat(
            sites
                .post(HILL, "/care/_bulk_get", "{\"docs\":[{\"id\":\"x1\"},{\"id\":\"x2\"}]}")
                .path("results")
                .size())
        .isEqualTo(2);
    assertThat(first).isNotDone();
    assertThat(many).isNotDone();
    giveBack();
    assertThat(first.get().path("results").size()).isEqualTo(4);
    assertThat(many.get().path("results").size()).isEqualTo(NOTES);
    assertThat(reads.waiting()).isZero();
  }

  @Test
  void documentsOfAnySizeComeWholeAndInTheirOrder() {
    JsonNode rows = sites.post(HILL, "/care/_bulk_get?revs=true", all()).path("results");
    assertThat(rows.size()).isEqualTo(NOTES);
    for (int i = 0; i < NOTES; i++) {
      JsonNode doc = rows.get(i).path("docs").get(0).path("ok");
      assertThat(doc.path("_id").asString()).isEqualTo("x" + i);
      assertThat(doc.path("_revisions").path("start").asInt()).isEqualTo(1);
      assertThat(doc.path("text").asString().length())
          .isEqualTo(6 * (i % 50 == 7 ? 40_000 : 1 + i % 30));
    }
  }

  @Test
  void aFeedInTurnsHoldsEachChangeOnce() {
    for (String query : List.of("", "?include_docs=true", "?since=1", "?since=1&limit=290")) {
      List<String> ids =
          SitesNode.texts(sites.json(HILL, "/care/_changes" + query).path("results"), "id");
      assertThat(ids).doesNotHaveDuplicates();
      assertThat(ids.stream().filter(id -> id.startsWith("x")).count())
          .isGreaterThanOrEqualTo(query.contains("limit") ? 280 : NOTES);
    }
    JsonNode selected =
        sites.post(
            SitesNode.ALL,
            "/care/_changes?filter=_selector&since=1",
            "{\"selector\":{\"_id\":\"x299\"}}");
    assertThat(SitesNode.texts(selected.path("results"), "id")).containsExactly("x299");
  }

  @Test
  void aReaderIsCountedByItsSiteOrByItsName() throws Exception {
    takeAllPlaces();
    CompletableFuture<JsonNode> one = waits(HILL, "POST", "/care/_bulk_get", all());
    CompletableFuture<JsonNode> same = waits(HILL, "POST", "/care/_bulk_get", all());
    CompletableFuture<JsonNode> other = waits(SitesNode.ALL, "POST", "/care/_bulk_get", all());
    giveBack();
    assertThat(other.get().path("results").size()).isEqualTo(NOTES);
    assertThat(one.get()).isEqualTo(same.get());
  }

  private int rows(CompletableFuture<JsonNode> answer, String member) throws Exception {
    return answer.get().path(member).size();
  }

  @Test
  void longListsWaitAndShortOnesPassThem() throws Exception {
    String view = "/care/_design/desk/_view/kinds?reduce=false";
    takeAllPlaces();
    var list = waits(HILL, "GET", "/care/_all_docs", "");
    var behind = waits(HILL, "GET", "/care/_all_docs?skip=290&limit=5", "");
    String notes = "{\"selector\":{\"type\":\"note\"},\"limit\":1000}";
    var found = waits(HILL, "POST", "/care/_find", notes);
    var none = waits(HILL, "POST", "/care/_find", "{\"selector\":{\"type\":\"sea\"}}");
    var rows = waits(HILL, "GET", view + "&include_docs=true", "");
    var newest = waits(HILL, "GET", "/care/_changes?descending=true", "");
    var newestOfAll = waits(SitesNode.ALL, "GET", "/care/_changes?descending=true", "");
    String sea = "{\"selector\":{\"type\":\"sea\"}}";
    var centre = waits(HILL, "POST", "/care/_centre/_find", sea);
    assertThat(sites.json(HILL, "/care/_all_docs?limit=9").path("rows").size()).isEqualTo(9);
    String few = "{\"selector\":{\"type\":\"note\"},\"limit\":4}";
    assertThat(sites.post(HILL, "/care/_find", few).path("docs").size()).isEqualTo(4);
    assertThat(sites.json(HILL, view + "&limit=3").path("rows").size()).isEqualTo(3);
    JsonNode last = sites.json(HILL, "/care/_changes?descending=true&limit=1");
    assertThat(SitesNode.texts(last.path("results"), "id")).containsExactly("x299");
    giveBack();
    assertThat(rows(list, "rows")).isEqualTo(NOTES + 5);
    assertThat(SitesNode.texts(behind.get().path("rows"), "id"))
        .isEqualTo(SitesNode.texts(list.get().path("rows"), "id").subList(290, 295));
    assertThat(rows(found, "docs")).isEqualTo(NOTES + 1);
    assertThat(rows(none, "docs")).isZero();
    assertThat(rows(rows, "rows")).isEqualTo(NOTES + 4);
    assertThat(rows(centre, "docs")).isZero();
    assertThat(SitesNode.texts(newestOfAll.get().path("results"), "id"))
        .hasSize(NOTES + 8)
        .doesNotHaveDuplicates()
        .startsWith("x299", "x298");
    assertThat(SitesNode.texts(newest.get().path("results"), "id"))
        .hasSize(NOTES + 5)
        .doesNotHaveDuplicates()
        .startsWith("x299", "x298");
    assertThat(reads.waiting()).isZero();
  }

  @Test
  void aFeedThatWaitsForItsTurnSaysSoUntilItsClientLeaves() throws Exception {
    takeAllPlaces();
    for (String feed : List.of("normal", "longpoll", "continuous")) {
      String head = feed.equals("continuous") ? "\n\n\n" : "{\"results\":[\n\n\n\n";
      try (InputStream answer =
          sites.stream(HILL, "/care/_changes?heartbeat=2&feed=" + feed).body()) {
        assertThat(new String(answer.readNBytes(head.length()), StandardCharsets.UTF_8))
            .isEqualTo(head);
        assertThat(reads.waiting()).isEqualTo(1);
      }
      while (reads.waiting() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aFeedThatSpokeWhileItWaitedIsWhole() throws Exception {
    takeAllPlaces();
    try (InputStream answer = sites.stream(HILL, "/care/_changes?heartbeat=2").body()) {
      byte[] begun = answer.readNBytes(20);
      giveBack();
      String whole =
          new String(begun, StandardCharsets.UTF_8)
              + new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(SitesNode.texts(SitesNode.json(whole).path("results"), "id"))
          .hasSize(NOTES + 5)
          .doesNotHaveDuplicates();
    }
  }
}
