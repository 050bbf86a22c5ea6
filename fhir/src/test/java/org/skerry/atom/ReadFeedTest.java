package org.skerry.atom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.store.MemoryStore;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

@Timeout(300)
class ReadFeedTest {
  /** The hash of a token that nobody has. */
  private static final String NOBODYS = "0".repeat(64);

  private FeedNode node;

  @BeforeEach
  void start() throws IOException {
    node = new FeedNode(new MemoryStore(), new MemoryOrderedStore());
    node.create("clinic");
    node.expect(
        "PUT", "/_feeds/patient", "{\"database\":\"clinic\",\"type\":\"Patient\",\"page_size\":2}");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void patients(int from, int to) {
    node.write(
        "clinic",
        IntStream.rangeClosed(from, to)
            .mapToObj(i -> "{\"_id\":\"Patient/" + i + "\",\"resourceType\":\"Patient\"}")
            .toList());
  }

  private Document page(String page) {
    HttpResponse<String> answer = node.get(FeedNode.ADMIN, "/ws/atomfeed/patient/" + page);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/atom+xml; charset=utf-8");
    return FeedNode.xml(answer.body());
  }

  @Test
  void pagesAreLinkedAsAnArchive() {
    patients(1, 5);
    String base = node.url() + "/ws/atomfeed/patient/";
    Document recent = page("recent");
    assertThat(FeedNode.link(recent, "self")).contains(base + "recent");
    assertThat(FeedNode.link(recent, "via")).contains(base + "3");
    assertThat(FeedNode.link(recent, "prev-archive")).contains(base + "2");
    assertThat(FeedNode.link(recent, "next-archive")).isEmpty();
    Document middle = page("2");
    assertThat(FeedNode.link(middle, "self")).contains(base + "2");
    assertThat(FeedNode.link(middle, "via")).contains(base + "2");
    assertThat(FeedNode.link(middle, "next-archive")).contains(base + "3");
    assertThat(FeedNode.link(middle, "prev-archive")).contains(base + "1");
    assertThat(FeedNode.link(page("1"), "prev-archive")).isEmpty();
    assertThat(FeedNode.entries(middle)).hasSize(2);
  }

  @Test
  void anEntryLooksAsOpenMrsMakesIt() {
    patients(1, 1);
    Element entry = FeedNode.elements(page("recent").getDocumentElement(), "entry").getFirst();
    assertThat(FeedNode.elements(entry, "title").getFirst().getTextContent()).isEqualTo("Patient");
    assertThat(FeedNode.elements(entry, "category"))
        .extracting(category -> category.getAttribute("term"))
        .containsExactly("CREATED", "patient");
    assertThat(FeedNode.elements(entry, "id").getFirst().getTextContent())
        .matches("tag:atomfeed\\.ict4h\\.org:[0-9a-f-]{36}");
    assertThat(FeedNode.elements(entry, "updated").getFirst().getTextContent()).endsWith("Z");
    Element content = FeedNode.elements(entry, "content").getFirst();
    assertThat(content.getAttribute("type")).isEqualTo("application/vnd.atomfeed+xml");
    assertThat(content.getTextContent()).isEqualTo("{\"fhir\":\"/fhir/clinic/Patient/1\"}");
    assertThat(node.get(FeedNode.ADMIN, "/ws/atomfeed/patient/1").body())
        .contains("<![CDATA[{\"fhir\":");
  }

  @Test
  void aFeedWithoutEventsIsAPage() {
    Document empty = page("recent");
    assertThat(FeedNode.entries(empty)).isEmpty();
    assertThat(FeedNode.link(empty, "via")).contains(node.url() + "/ws/atomfeed/patient/1");
    assertThat(FeedNode.entries(page("1"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient/0",
        "patient/-1",
        "patient/2",
        "patient/9999999999999",
        "patient/x",
        "patient/01",
        "person/recent",
        "Patient/recent",
        "_design/recent"
      })
  void whatIsNotThereIsNotFound(String page) {
    assertThat(node.get(FeedNode.ADMIN, "/ws/atomfeed/" + page).statusCode()).isEqualTo(404);
  }

  @Test
  void onlyReadingIsAllowed() {
    assertThat(node.send(FeedNode.ADMIN, "POST", "/ws/atomfeed/patient/recent", "{}").statusCode())
        .isEqualTo(405);
  }

  @Test
  void aReaderThatHasThePageIsToldSo() {
    patients(1, 2);
    HttpResponse<String> answer = node.get(FeedNode.ADMIN, "/ws/atomfeed/patient/1");
    String etag = answer.headers().firstValue("ETag").orElseThrow();
    assertThat(
            node.get(FeedNode.ADMIN, "/ws/atomfeed/patient/1", "If-None-Match", etag).statusCode())
        .isEqualTo(304);
    patients(3, 3);
    assertThat(
            node.get(FeedNode.ADMIN, "/ws/atomfeed/patient/1", "If-None-Match", etag).statusCode())
        .as("a page follows")
        .isEqualTo(200);
  }

  @Test
  void aFeedIsClosedUntilItIsOpened() {
    patients(1, 1);
    String path = "/ws/atomfeed/patient/recent";
    assertThat(node.get(FeedNode.NOBODY, path).statusCode()).isEqualTo(401);
    assertThat(node.get(FeedNode.NOBODY, "/ws/atomfeed/nothing/recent").statusCode())
        .as("a stranger does not learn which feeds there are")
        .isEqualTo(401);
    assertThat(node.get("nurse", path).statusCode()).isEqualTo(403);
    node.expect("PUT", "/clinic/_security", "{\"members\":{\"names\":[\"nurse\"]}}");
    assertThat(node.get("nurse", path).statusCode()).isEqualTo(200);
    assertThat(node.get("visitor", path).statusCode()).isEqualTo(403);
  }

  @Test
  void aTokenInACookieOpensItsFeedAndNoOther() throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest("sesame".getBytes(StandardCharsets.US_ASCII));
    node.expect(
        "PUT",
        "/_feeds/site",
        "{\"database\":\"clinic\",\"type\":\"Location\",\"readers\":[{\"name\":\"child\",\"sha256\":\""
            + HexFormat.of().formatHex(hash)
            + "\"},{\"name\":\"other\",\"sha256\":\""
            + NOBODYS
            + "\"}]}");
    String path = "/ws/atomfeed/site/recent";
    assertThat(node.get(FeedNode.NOBODY, path, "Cookie", "a=b; SkerryFeed=sesame").statusCode())
        .isEqualTo(200);
    assertThat(node.get(FeedNode.NOBODY, path, "Cookie", "SkerryFeed=\"sesame\"").statusCode())
        .isEqualTo(200);
    for (String cookie :
        List.of("SkerryFeed=Sesame", "SkerryFeed=", "sesame", ";;=", "Other=sesame")) {
      assertThat(node.get(FeedNode.NOBODY, path, "Cookie", cookie).statusCode())
          .as(cookie)
          .isEqualTo(401);
    }
    assertThat(
            node.get(FeedNode.NOBODY, "/ws/atomfeed/patient/recent", "Cookie", "SkerryFeed=sesame")
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void aFeedForAnyoneNeedsNoName() {
    node.expect(
        "PUT",
        "/_feeds/site",
        "{\"database\":\"clinic\",\"type\":\"Location\",\"readers\":\"anyone\"}");
    assertThat(node.get(FeedNode.NOBODY, "/ws/atomfeed/site/recent").statusCode()).isEqualTo(200);
    assertThat(node.get(FeedNode.NOBODY, "/clinic/_all_docs").statusCode()).isEqualTo(401);
  }

  @Test
  void aFilterTagIsOneMoreCategory() {
    node.expect(
        "PUT",
        "/_feeds/site",
        "{\"database\":\"clinic\",\"type\":\"Location\",\"filter\":{\"bean\":\"locationFilter\","
            + "\"members\":[\"address.country\",\"address.state\",\"address.district\","
            + "\"address.city\",\"address.postalCode\"]}}");
    node.write(
        "clinic",
        List.of(
            "{\"_id\":\"Location/1\",\"resourceType\":\"Location\",\"address\":{\"country\":\"KE\","
                + "\"city\":\"\\\"Mombasa\\\" & <coast>\\u0007\"}}"));
    Document feed = FeedNode.xml(node.get(FeedNode.ADMIN, "/ws/atomfeed/site/recent").body());
    Element entry = FeedNode.elements(feed.getDocumentElement(), "entry").getFirst();
    assertThat(FeedNode.elements(entry, "category"))
        .extracting(category -> category.getAttribute("term"))
        .containsExactly(
            "CREATED",
            "site",
            "<feedFilter><beanName>locationFilter</beanName><filter>KE%%%\"Mombasa\" &amp;"
                + " &lt;coast&gt;\ufffd%</filter></feedFilter>");
  }

  @Test
  void aFeedOutlivesItsDatabase() {
    patients(1, 3);
    List<String> before = FeedNode.entries(page("1"));
    node.expect("DELETE", "/clinic", "");
    assertThat(FeedNode.entries(page("1"))).isEqualTo(before);
    node.expect("PUT", "/clinic", "");
    patients(4, 4);
    assertThat(FeedNode.entries(page("1"))).isEqualTo(before);
    assertThat(FeedNode.entries(page("2"))).hasSize(2);
  }

  @Test
  void feedsBeginAnewWhenTheirEventsAreDropped() {
    patients(1, 3);
    assertThat(FeedNode.entries(page("2"))).hasSize(1);
    node.expect("DELETE", "/_feed_events", "");
    assertThat(FeedNode.entries(page("1"))).hasSize(2);
  }
}
