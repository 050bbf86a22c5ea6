package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.http.Method;
import org.skerry.http.couch.CouchNode.Reply;
import tools.jackson.databind.JsonNode;

/** {@code _db_updates}. */
@Timeout(300)
class DbUpdatesTest {
  private final CouchNode node = new CouchNode();

  @AfterEach
  void close() {
    node.close();
  }

  private static List<String> events(JsonNode answer) {
    List<String> events = new ArrayList<>();
    answer
        .path("results")
        .forEach(
            row -> events.add(row.path("db_name").asString() + " " + row.path("type").asString()));
    return events;
  }

  @Test
  void eachKindOfEventStandsThereOnceAtItsLastTime() {
    node.put("/a", "");
    node.put("/b", "");
    node.put("/a/x", "{}");
    node.put("/b/x", "{}");
    node.put("/a/y", "{}");
    JsonNode all = node.get("/_db_updates").json();
    assertThat(events(all)).containsExactly("a created", "b created", "b updated", "a updated");
    String last = all.path("last_seq").asString();
    assertThat(events(node.get("/_db_updates?since=" + last).json())).isEmpty();
    assertThat(events(node.get("/_db_updates?limit=1").json())).containsExactly("a created");
    String first = node.get("/_db_updates?limit=1").json().path("last_seq").asString();
    assertThat(events(node.get("/_db_updates?since=" + first).json())).hasSize(3);
    assertThat(events(node.get("/_db_updates?descending=true").json()))
        .containsExactly("a updated", "b updated", "b created", "a created");
  }

  @Test
  void designDocumentsAreToldApart() {
    node.put("/a", "");
    node.put("/a/_design/d", "{}");
    assertThat(events(node.get("/_db_updates").json()))
        .containsExactlyInAnyOrder("a created", "a updated", "a ddoc_updated");
  }

  @Test
  void aDeletedDatabaseIsNothingElseAnyMore() {
    node.put("/a", "");
    node.put("/a/x", "{}");
    node.delete("/a");
    assertThat(events(node.get("/_db_updates").json())).containsExactly("a deleted");
    node.put("/a", "");
    assertThat(events(node.get("/_db_updates").json())).containsExactly("a created");
  }

  @Test
  void positionsOfAnotherRunMeanTheStart() {
    node.put("/a", "");
    assertThat(events(node.get("/_db_updates?since=1-0123456789abcdef").json())).hasSize(1);
    assertThat(events(node.get("/_db_updates?since=999").json())).hasSize(1);
    assertThat(events(node.get("/_db_updates?since=now").json())).isEmpty();
    Reply bad = node.get("/_db_updates?since=nonsense");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.reason()).startsWith("Malformed sequence");
  }

  @Test
  void onlyServerAdministratorsAreTold() {
    assertThat(node.send(CouchNode.user("nurse"), Method.GET, "/_db_updates", "").status())
        .isEqualTo(401);
  }

  @Test
  void aLongPollWaitsForTheNextEvent() throws Exception {
    node.put("/a", "");
    String now = node.get("/_db_updates").json().path("last_seq").asString();
    CouchNode.Request request =
        node.request(
            CouchNode.ADMIN, Method.GET, "/_db_updates?feed=longpoll&since=" + now, "", Map.of());
    Thread poll = Thread.ofVirtual().start(() -> run(request));
    node.put("/b", "");
    poll.join();
    assertThat(new String(request.exchange().sentBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"db_name\":\"b\",\"type\":\"created\"");
  }

  private static void run(CouchNode.Request request) {
    try {
      request.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void silenceEndsAFeedWithoutHeartbeat() {
    assertThat(node.get("/_db_updates?feed=longpoll&timeout=1").json().path("results")).isEmpty();
    node.put("/a", "");
    assertThat(node.get("/_db_updates?feed=continuous&timeout=1").text().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .contains("\"type\":\"created\"");
    assertThat(node.get("/_db_updates?feed=eventsource&timeout=1").text())
        .startsWith("data: {\"db_name\":\"a\"")
        .contains("\nid: \"1-");
  }
}
