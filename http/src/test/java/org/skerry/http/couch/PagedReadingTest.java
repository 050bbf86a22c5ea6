package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.http.Query;
import org.skerry.http.couch.DocumentListing.RowSink;
import tools.jackson.databind.JsonNode;

/** What others write while a long answer is under way. */
@Timeout(300)
class PagedReadingTest {
  private static final int ROWS = 2_500;

  private final CouchNode node = new CouchNode();

  @BeforeEach
  void createDatabase() {
    node.put("/db", "");
    String documents =
        IntStream.range(0, ROWS)
            .mapToObj(i -> String.format("{\"_id\":\"doc-%05d\"}", i))
            .collect(Collectors.joining(","));
    node.post("/db/_bulk_docs", "{\"docs\":[" + documents + "]}");
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** Lists everything, and does something when a row comes by. */
  private List<String> list(String query, Interruption interruption) throws IOException {
    List<String> ids = new ArrayList<>();
    DocumentListing.Listed listed =
        StoredListing.all(node.database("db"))
            .open(
                ListingRequest.of(
                    new ListingParameters().add(Query.of(Map.of("descending", query)))));
    listed.rows(
        new RowSink() {
          @Override
          public void row(ListedRow row) {
            ids.add(row.id().text());
            interruption.at(ids.size());
          }

          @Override
          public void missing(JsonNode key) {
            throw new AssertionError("not asked for: " + key);
          }

          @Override
          public void more() {}
        });
    return ids;
  }

  private interface Interruption {
    void at(int row);
  }

  @Test
  void aDocumentThatComesBehindThePageIsListedAndOneBeforeItIsNot() throws IOException {
    List<String> ids =
        list(
            "false",
            row -> {
              if (row == 1) {
                node.post("/db", "{\"_id\":\"aaa\"}");
                node.post("/db", "{\"_id\":\"zzz\"}");
              }
            });
    assertThat(ids).hasSize(ROWS + 1).doesNotHaveDuplicates().isSorted().contains("zzz");
  }

  @Test
  void aDescendingListingGoesOnBehindItsLastRow() throws IOException {
    List<String> ids =
        list(
            "true",
            row -> {
              if (row == 1) {
                node.post("/db", "{\"_id\":\"aaa\"}");
                node.post("/db", "{\"_id\":\"zzz\"}");
              }
            });
    assertThat(ids.reversed()).hasSize(ROWS + 1).doesNotHaveDuplicates().isSorted();
    assertThat(ids.getLast()).isEqualTo("aaa");
  }

  @Test
  void aNormalFeedEndsAlthoughOthersGoOnWriting() throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer =
        Thread.startVirtualThread(
            () -> {
              for (int i = 0; !stop.get(); i++) {
                node.post("/db", "{\"_id\":\"more-" + i + "\"}");
              }
            });
    JsonNode feed = node.get("/db/_changes").json();
    stop.set(true);
    writer.join();
    assertThat(feed.path("results").size()).isGreaterThanOrEqualTo(ROWS);
    String last = feed.path("last_seq").asString();
    int later = node.get("/db/_changes?since=" + last).json().path("results").size();
    assertThat(feed.path("results").size() + later)
        .isEqualTo(node.get("/db").json().path("doc_count").asInt());
  }
}
