package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.http.Method;
import org.skerry.http.couch.CouchNode.Reply;
import tools.jackson.databind.JsonNode;

class ChangesTest {
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

  private Reply changes(String query) {
    return node.get("/db/_changes?" + query);
  }

  private static List<String> ids(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return StreamSupport.stream(reply.json().path("results").spliterator(), false)
        .map(row -> row.path("id").asString())
        .toList();
  }

  @Test
  void anEmptyFeedHasAPosition() {
    Reply reply = node.get("/db/_changes");
    assertThat(reply.text()).startsWith("{\"results\":[\n\n],\n\"last_seq\":\"0-");
    assertThat(reply.json().path("pending").asInt()).isZero();
  }

  @Test
  void rowsComeInTheOrderOfTheLastChangeOneALine() {
    write("a", "b", "c");
    String rev =
        changes("").json().path("results").path(0).path("changes").path(0).path("rev").asString();
    node.post(
        "/db/_bulk_docs",
        "{\"docs\":[{\"_id\":\"a\",\"_rev\":\"" + rev + "\",\"_deleted\":true}]}");
    Reply reply = changes("");
    assertThat(ids(reply)).containsExactly("b", "c", "a");
    JsonNode last = reply.json().path("results").path(2);
    assertThat(last.path("deleted").asBoolean()).isTrue();
    assertThat(last.path("seq").asString()).startsWith("4-");
    assertThat(reply.json().path("last_seq")).isEqualTo(last.path("seq"));
    assertThat(reply.text().lines().count()).isEqualTo(6);
  }

  @Test
  void aReaderResumesFromWhereItWas() {
    write("a", "b", "c");
    JsonNode first = changes("limit=1").json();
    assertThat(first.path("pending").asInt()).isEqualTo(2);
    String since = first.path("last_seq").asString();
    assertThat(ids(changes("since=" + since))).containsExactly("b", "c");
    assertThat(ids(changes("since=1"))).containsExactly("b", "c");
    assertThat(ids(changes("since=0"))).hasSize(3);
    assertThat(ids(changes("since=now"))).isEmpty();
    assertThat(ids(changes("last-event-id=2"))).containsExactly("c");
    assertThat(changes("since=now").json().path("last_seq").asString()).startsWith("3-");
  }

  @Test
  void aPositionOfAnotherLifeMeansTheStart() {
    write("a");
    String since = changes("").json().path("last_seq").asString();
    node.delete("/db");
    node.put("/db", "");
    write("b", "c");
    assertThat(ids(changes("since=" + since))).containsExactly("b", "c");
  }

  @Test
  void whatIsNoPositionIsRefused() {
    for (String bad : new String[] {"x", "-1", "1-*", "%22", "1.5"}) {
      Reply refused = changes("since=" + bad);
      assertThat(refused.status()).as(bad).isEqualTo(400);
      assertThat(refused.reason())
          .as(bad)
          .isEqualTo("Malformed sequence supplied in 'since' parameter.");
    }
  }

  @Test
  void aLimitOfNothingTellsWhatIsPending() {
    write("a", "b");
    JsonNode none = changes("limit=0").json();
    assertThat(none.path("results").size()).isZero();
    assertThat(none.path("pending").asInt()).isEqualTo(2);
    assertThat(ids(changes("limit=99999999999999999999"))).hasSize(2);
  }

  @Test
  void aDescendingFeedBeginsAtItsEndWhateverThePosition() {
    write("a", "b", "c");
    assertThat(ids(changes("descending=true"))).containsExactly("c", "b", "a");
    assertThat(ids(changes("descending=true&since=2&limit=2"))).containsExactly("c", "b");
  }

  @Test
  void pagesOfTheStoreAreInvisible() {
    List<String> expected =
        IntStream.range(0, 2_500).mapToObj(i -> String.format("doc-%05d", i)).toList();
    write(expected.toArray(String[]::new));
    assertThat(ids(changes(""))).isEqualTo(expected);
    assertThat(ids(changes("include_docs=true&limit=2100"))).isEqualTo(expected.subList(0, 2_100));
    assertThat(ids(changes("descending=true"))).isEqualTo(expected.reversed());
    assertThat(ids(changes("limit=1000"))).hasSize(1_000);
    assertThat(changes("limit=1000").json().path("pending").asInt()).isEqualTo(1_500);
  }

  @Test
  void largeDocumentsComeInSmallPages() {
    String big = "x".repeat(400_000);
    for (String id : new String[] {"a", "b", "c", "d", "e", "f", "g"}) {
      node.post("/db", "{\"_id\":\"" + id + "\",\"big\":\"" + big + "\"}");
    }
    assertThat(ids(changes("include_docs=true")))
        .containsExactly("a", "b", "c", "d", "e", "f", "g");
    assertThat(ids(changes("include_docs=true&descending=true&limit=5")))
        .containsExactly("g", "f", "e", "d", "c");
  }

  @Test
  void theStyleShowsTheWinnerOrEveryLeaf() {
    node.post(
        "/db/_bulk_docs",
        "{\"new_edits\":false,\"docs\":[{\"_id\":\"a\",\"_rev\":\"1-a\"},{\"_id\":\"a\",\"_rev\":\"1-b\"},"
            + "{\"_id\":\"a\",\"_rev\":\"1-c\",\"_deleted\":true}]}");
    assertThat(revs(changes(""))).isEqualTo("[{\"rev\":\"1-b\"}]");
    assertThat(revs(changes("style=all_docs")))
        .isEqualTo("[{\"rev\":\"1-b\"},{\"rev\":\"1-a\"},{\"rev\":\"1-c\"}]");
    assertThat(changes("style=some").status()).isEqualTo(400);
    assertThat(changes("include_docs=true&conflicts=true").text())
        .contains("\"_conflicts\":[\"1-a\"]");
  }

  private static String revs(Reply reply) {
    return reply.json().path("results").path(0).path("changes").toString();
  }

  @Test
  void documentsAndAttachmentsAreIncludedWhenAskedFor() {
    node.post("/db", "{\"_id\":\"a\",\"n\":1.0,\"_attachments\":{\"t\":{\"data\":\"aGk=\"}}}");
    JsonNode document = changes("include_docs=true").json().path("results").path(0).path("doc");
    assertThat(document.path("_attachments").path("t").path("stub").asBoolean()).isTrue();
    assertThat(changes("include_docs=true&attachments=true").text()).contains("\"data\":\"aGk=\"");
    assertThat(changes("").json().path("results").path(0).has("doc")).isFalse();
  }

  @Test
  void deletedDocumentsAreIncludedAsTombstones() {
    node.post("/db/_bulk_docs", "{\"docs\":[{\"_id\":\"a\",\"_deleted\":true}]}");
    JsonNode document = changes("include_docs=true").json().path("results").path(0).path("doc");
    assertThat(document.path("_deleted").asBoolean()).isTrue();
  }

  @Test
  void positionsAreToldAtIntervals() {
    write("a", "b", "c", "d");
    JsonNode rows = changes("seq_interval=2").json().path("results");
    assertThat(rows.path(0).path("seq").isNull()).isTrue();
    assertThat(rows.path(1).path("seq").asString()).startsWith("2-");
    assertThat(rows.path(2).path("seq").isNull()).isTrue();
    assertThat(changes("seq_interval=0").status()).isEqualTo(400);
    assertThat(changes("seq_interval=x").status()).isEqualTo(400);
  }

  @Test
  void badParametersAreRefused() {
    for (String bad :
        new String[] {
          "feed=never",
          "limit=-1",
          "limit=x",
          "timeout=x",
          "heartbeat=x",
          "heartbeat=0",
          "heartbeat=-5",
          "heartbeat="
        }) {
      Reply refused = changes(bad);
      assertThat(refused.status()).as(bad).isEqualTo(400);
      assertThat(refused.error()).as(bad).isEqualTo("bad_request");
    }
    assertThat(changes("heartbeat=false").status()).isEqualTo(200);
  }

  @Test
  void aFilterOfIdsShowsThose() {
    write("a", "b", "c", "d");
    assertThat(
            ids(
                node.post(
                    "/db/_changes?filter=_doc_ids", "{\"doc_ids\":[\"d\",\"b\",\"x\",\"\"]}")))
        .containsExactly("b", "d");
    assertThat(ids(changes("filter=_doc_ids&doc_ids=%5B%22c%22%5D"))).containsExactly("c");
    assertThat(changes("filter=_doc_ids").status()).isEqualTo(400);
    assertThat(node.post("/db/_changes?filter=_doc_ids", "{\"doc_ids\":\"a\"}").reason())
        .isEqualTo("`doc_ids` filter parameter is not a list.");
    assertThat(node.post("/db/_changes?filter=_doc_ids", "{\"doc_ids\":[1]}").status())
        .isEqualTo(400);
    assertThat(changes("filter=_doc_ids&doc_ids=c").status()).isEqualTo(400);
  }

  @Test
  void aSelectorShowsWhatMatches() {
    write("a", "b", "c");
    assertThat(
            ids(
                node.post(
                    "/db/_changes?filter=_selector", "{\"selector\":{\"n\":{\"$gt\":\"a\"}}}")))
        .containsExactly("b", "c");
    assertThat(
            ids(
                node.post(
                    "/db/_changes?filter=_selector&include_docs=true&limit=1",
                    "{\"selector\":{\"n\":\"c\"}}")))
        .containsExactly("c");
    Reply some =
        node.post(
            "/db/_changes?filter=_selector&include_docs=true",
            "{\"selector\":{\"n\":\"c\"},\"fields\":[\"_id\",\"n\",\"none\"]}");
    assertThat(some.json().path("results").path(0).path("doc").toString())
        .isEqualTo("{\"_id\":\"c\",\"n\":\"c\"}");
    assertThat(
            node.post("/db/_changes?filter=_selector", "{\"selector\":{},\"fields\":[7]}").reason())
        .isEqualTo("Selector error: fields must be JSON array");
    assertThat(changes("filter=_selector").reason())
        .isEqualTo("Selector must be specified in POST payload");
    assertThat(node.post("/db/_changes?filter=_selector", "{\"selector\":7}").status())
        .isEqualTo(400);
    assertThat(
            node.post("/db/_changes?filter=_selector", "{\"selector\":{\"n\":{\"$x\":1}}}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void theDesignFilterShowsDesignDocuments() {
    write("a", "_design/d", "b");
    assertThat(ids(changes("filter=_design"))).containsExactly("_design/d");
  }

  @Test
  void functionsOfDesignDocumentsThatAreNotThereAreMissing() {
    Reply missing = changes("filter=d/f");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.reason()).isEqualTo("missing");
    write("_design/d");
    assertThat(changes("filter=d/f").status()).isEqualTo(404);
    assertThat(changes("filter=d/f").reason()).isEqualTo("missing json key: filters");
    assertThat(changes("filter=d").status()).isEqualTo(400);
    assertThat(changes("filter=_view&view=d/v").status()).isEqualTo(404);
    assertThat(changes("filter=_view").status()).isEqualTo(400);
  }

  @Test
  void aBodyMustBeAnObjectAndMayBeEmpty() {
    write("a");
    assertThat(ids(node.post("/db/_changes", ""))).containsExactly("a");
    assertThat(ids(node.post("/db/_changes", "{}"))).containsExactly("a");
    assertThat(node.post("/db/_changes", "[]").status()).isEqualTo(400);
    assertThat(node.post("/db/_changes", "{").status()).isEqualTo(400);
    assertThat(node.send(CouchNode.ADMIN, Method.POST, "/db/_changes", "{}", Map.of()).status())
        .isEqualTo(415);
  }
}
