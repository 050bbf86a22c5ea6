package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.http.FakeExchange;
import org.skerry.http.Method;
import org.skerry.http.couch.CouchNode.Reply;

/** Feeds that wait. A flush is what their client sees next. */
@Timeout(300)
class LiveChangesTest {
  private final CouchNode node = new CouchNode();

  @BeforeEach
  void createDatabase() {
    node.put("/db", "");
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** A feed that is being answered on a thread of its own. */
  private record Live(FakeExchange exchange, FutureTask<String> answer) {
    String next() throws InterruptedException {
      return exchange.awaitFlush();
    }

    /** The same, but for what is sent before anything is said, where the heart is slow to beat. */
    String nextWord() throws InterruptedException {
      String next = next();
      return next.isEmpty() ? next() : next;
    }

    /** Waits until the answer has ended, and gives all of it. */
    String whole() throws InterruptedException, ExecutionException {
      return answer.get();
    }
  }

  private Live open(String query) {
    return open(query, Map.of());
  }

  private Live open(String query, Map<String, String> headers) {
    CouchNode.Request request =
        node.request(CouchNode.ADMIN, Method.GET, "/db/_changes?" + query, "", headers);
    FutureTask<String> answer =
        new FutureTask<>(
            () -> {
              request.run();
              return new String(request.exchange().sentBytes(), StandardCharsets.UTF_8);
            });
    Thread.ofVirtual().start(answer);
    return new Live(request.exchange(), answer);
  }

  private void write(String id) {
    Reply reply = node.post("/db", "{\"_id\":\"" + id + "\"}");
    assertThat(reply.status()).isEqualTo(201);
  }

  @Test
  void aLongPollWithSomethingToSayAnswersAtOnce() throws Exception {
    write("a");
    assertThat(open("feed=longpoll").whole()).contains("\"id\":\"a\"").endsWith("\"pending\":0}\n");
  }

  @Test
  void aLongPollAnswersTheFirstChange() throws Exception {
    Live live = open("feed=longpoll&since=now");
    assertThat(live.next()).isEqualTo("{\"results\":[\n");
    write("a");
    assertThat(live.whole()).contains("\"id\":\"a\"").contains("\"last_seq\":\"1-");
  }

  @Test
  void aLongPollEndsWhenNothingCame() throws Exception {
    assertThat(open("feed=longpoll&timeout=1").whole())
        .startsWith("{\"results\":[\n\n],\n\"last_seq\":\"0-");
    assertThat(open("feed=longpoll&timeout=0").whole()).contains("last_seq");
  }

  @Test
  void aContinuousFeedSendsEachChangeAsALine() throws Exception {
    write("a");
    Live live = open("feed=continuous&limit=3");
    assertThat(live.next()).matches("\\{\"seq\":\"1-[^\n]*\"id\":\"a\"[^\n]*\\}\n");
    write("b");
    assertThat(live.next()).contains("\"id\":\"b\"").endsWith("}\n");
    write("c");
    assertThat(live.whole().lines())
        .hasSize(4)
        .last()
        .asString()
        .matches("\\{\"last_seq\":\"3-[^\"]*\",\"pending\":0\\}");
  }

  @Test
  void aContinuousFeedEndsAfterItsTimeoutWithThePosition() throws Exception {
    write("a");
    assertThat(open("feed=live&timeout=1").whole().lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("{\"last_seq\":\"1-");
    assertThat(open("feed=continuous&limit=0").whole().lines()).hasSize(1);
  }

  @Test
  void aFeedThatGoesBackEndsAtTheStartWhateverItsKind() throws Exception {
    assertThat(open("feed=longpoll&descending=true").whole()).contains("last_seq");
    write("a");
    write("b");
    write("c");
    for (String kind : List.of("continuous", "longpoll", "eventsource", "normal")) {
      String answer = open("heartbeat=60000&descending=true&feed=" + kind).whole();
      assertThat(answer.split("\"id\":")).as(kind).hasSize(4);
      assertThat(answer.indexOf("\"id\":\"c\"")).as(kind).isLessThan(answer.indexOf("\"a\""));
    }
  }

  @Test
  void heartbeatsAreEmptyLines() throws Exception {
    Live live = open("feed=continuous&heartbeat=1&limit=1");
    assertThat(live.nextWord()).isEqualTo("\n");
    assertThat(live.next()).isEqualTo("\n");
    write("a");
    assertThat(live.whole()).contains("\"id\":\"a\"").contains("last_seq");
  }

  @Test
  void aFilterSleepsOverWhatItDoesNotShow() throws Exception {
    Live live = open("feed=continuous&filter=_design&limit=1");
    assertThat(live.next()).isEmpty();
    write("a");
    node.post("/db", "{\"_id\":\"_design/d\"}");
    assertThat(live.whole()).contains("\"id\":\"_design/d\"").doesNotContain("\"id\":\"a\"");
  }

  @Test
  void eventsCarryTheirPosition() throws Exception {
    write("a");
    Live live = open("feed=eventsource&limit=2");
    assertThat(live.next()).matches("data: \\{\"seq\":\"1-[^\n]*\\}\nid: \"1-[^\n\"]*\"\n\n");
    assertThat(live.exchange().sentHeader("Content-Type")).contains("text/event-stream");
    write("b");
    assertThat(live.whole()).endsWith("\"\n\n");
  }

  @Test
  void aBrowserThatReconnectsSaysInAHeaderWhereItWas() throws Exception {
    write("a");
    write("b");
    assertThat(open("feed=eventsource&since=0&limit=1", Map.of("last-event-id", "\"1\"")).whole())
        .contains("\"id\":\"b\"")
        .doesNotContain("\"id\":\"a\"");
  }

  /** Passed over, as so many documents that the feed looks at the time in between. */
  private static String others(String name) {
    return IntStream.range(0, 300)
        .mapToObj(i -> "{\"_id\":\"" + name + i + "\"}")
        .collect(Collectors.joining(","));
  }

  @Test
  void aFilterThatPassesOverMuchBehindARowSaysTheRowAndThatItIsThere() throws Exception {
    String filter =
        "(doc) => { if (doc.slow) { const end = Date.now() + 3; while (Date.now() < end) {} }"
            + " return doc.meant === true }";
    node.post("/db", "{\"_id\":\"_design/d\",\"filters\":{\"f\":\"" + filter + "\"}}");
    String docs =
        String.join(
            ",",
            others("a"),
            "{\"_id\":\"first\",\"meant\":true},{\"_id\":\"b\",\"slow\":true}",
            others("b"),
            "{\"_id\":\"c\",\"slow\":true}",
            others("c"),
            "{\"_id\":\"second\",\"meant\":true}");
    assertThat(node.post("/db/_bulk_docs", "{\"docs\":[" + docs + "]}").status()).isEqualTo(201);
    assertThat(open("filter=d/f&heartbeat=1").whole())
        .containsPattern("\"id\":\"first\"[^\n]*\n+,\r\n[^\n]*\"id\":\"second\"");
  }

  @Test
  void heartbeatsOfEventsAreEvents() throws Exception {
    Live live = open("feed=eventsource&heartbeat=1");
    assertThat(live.nextWord()).isEqualTo("event: heartbeat\ndata: \n\n");
    live.exchange().hangUp();
    assertThatThrownBy(live::whole).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void aClientThatWentAwayEndsItsFeed() throws Exception {
    Live live = open("feed=continuous");
    assertThat(live.next()).isEmpty();
    live.exchange().hangUp();
    write("a");
    assertThatThrownBy(live::whole).hasCauseInstanceOf(IOException.class);
    assertThat(node.database("db").changes().waiting()).isZero();
  }

  @Test
  void aFeedDoesNotOutliveItsDatabase() throws Exception {
    Live live = open("feed=continuous");
    assertThat(live.next()).isEmpty();
    node.delete("/db");
    assertThat(live.whole()).startsWith("{\"last_seq\":\"0-");
  }
}
