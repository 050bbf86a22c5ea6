package org.skerry.atom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.ict4h.atomfeed.client.domain.Event;
import org.ict4h.atomfeed.client.exceptions.AtomFeedClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.store.MemoryStore;
import org.skerry.store.ordered.MemoryOrderedStore;

/** The feed as the programs of others read it: with {@code org.ict4h:atomfeed-client} itself. */
@Timeout(300)
class AtomFeedClientIT {
  private static final String TOKEN = "a reader's token";

  private final MemoryStore store = new MemoryStore();
  private final MemoryOrderedStore derived = new MemoryOrderedStore();
  private FeedNode node;
  private FeedReader reader;

  @BeforeEach
  void start() throws Exception {
    node = new FeedNode(store, derived);
    node.create("clinic");
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(StandardCharsets.UTF_8));
    node.expect(
        "PUT",
        "/_feeds/patient",
        "{\"database\":\"clinic\",\"type\":\"Patient\",\"page_size\":5,"
            + "\"readers\":[{\"name\":\"child\",\"sha256\":\""
            + HexFormat.of().formatHex(hash)
            + "\"}]}");
    reader = new FeedReader(node.feed("patient"), Map.of(Readers.COOKIE, TOKEN));
  }

  @AfterEach
  void stop() throws Exception {
    reader.close();
    node.close();
  }

  private void patients(int from, int to) {
    node.write(
        "clinic",
        IntStream.range(from, to)
            .mapToObj(i -> "{\"_id\":\"Patient/p" + i + "\",\"resourceType\":\"Patient\"}")
            .toList());
  }

  private static List<String> links(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{\"fhir\":\"/fhir/clinic/Patient/p" + i + "\"}")
        .toList();
  }

  @Test
  void aFirstReadOfTenThousandEvents() throws Exception {
    patients(0, 10_000);
    reader.read();
    assertThat(reader.contents()).isEqualTo(links(0, 10_000));
    assertThat(reader.failed()).isZero();
    assertThat(reader.marker()).isEqualTo(node.url() + "/ws/atomfeed/patient/2000");
    reader.read();
    assertThat(reader.processed()).as("nothing is new").hasSize(10_000);
    patients(10_000, 10_003);
    reader.read();
    assertThat(reader.contents().subList(10_000, 10_003)).isEqualTo(links(10_000, 10_003));
  }

  @Test
  void anEmptyFeedIsReadAndGoneOnWith() {
    reader.read();
    assertThat(reader.processed()).isEmpty();
    patients(0, 3);
    reader.read();
    assertThat(reader.contents()).isEqualTo(links(0, 3));
  }

  @Test
  void anEventSaysWhatHappened() {
    patients(0, 1);
    reader.read();
    node.write("clinic", List.of("{\"_id\":\"Patient/x\",\"resourceType\":\"Patient\"}"));
    Event event = reader.processed().getFirst();
    assertThat(event.getTitle()).isEqualTo("Patient");
    assertThat(event.getUpdatedDate()).isNotNull();
    assertThat(FeedReader.terms(event)).containsExactly("CREATED", "patient");
  }

  @Test
  void resumedReadsWhileOthersWrite() throws Exception {
    int writers = 4;
    int each = 250;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writing =
          IntStream.range(0, writers)
              .<Future<?>>mapToObj(
                  writer ->
                      threads.submit(
                          () -> {
                            for (int i = 0; i < each; i += 5) {
                              patients(writer * each + i, writer * each + i + 5);
                            }
                          }))
              .toList();
      while (!writing.stream().allMatch(Future::isDone)) {
        reader.read();
      }
      for (Future<?> one : writing) {
        one.get();
      }
    }
    reader.read();
    assertThat(reader.contents())
        .containsExactlyInAnyOrderElementsOf(links(0, writers * each))
        .doesNotHaveDuplicates();
    assertThat(reader.failed()).isZero();
  }

  @Test
  void failedEventsAreRetriedAndTheReaderGoesOn() throws Exception {
    patients(0, 40);
    reader.poison(event -> event.getContent().matches(".*p(3|7|11|20|21|30).*"));
    reader.read();
    assertThat(reader.failed()).as("it stops after five").isEqualTo(5);
    assertThat(reader.processed()).hasSizeLessThan(34);
    reader.retryFailed();
    assertThat(reader.failed()).isEqualTo(5);
    reader.poison(event -> false);
    reader.retryFailed();
    assertThat(reader.failed()).isZero();
    reader.read();
    assertThat(reader.contents()).containsExactlyInAnyOrderElementsOf(links(0, 40));
  }

  @Test
  void theReaderGoesOnAfterTheNodeWasStartedAnew() throws IOException {
    patients(0, 12);
    reader.read();
    int port = node.port();
    node.close();
    node = new FeedNode(store, new MemoryOrderedStore(), port);
    patients(12, 30);
    reader.read();
    assertThat(reader.contents()).isEqualTo(links(0, 30));
  }

  @Test
  void aFilterTagArrivesAsOneTerm() throws Exception {
    node.expect(
        "PUT",
        "/_feeds/location",
        "{\"database\":\"clinic\",\"type\":\"Location\",\"readers\":\"anyone\",\"filter\":{"
            + "\"bean\":\"locationFilter\",\"members\":[\"address.country\",\"address.state\"]}}");
    node.write(
        "clinic",
        List.of(
            "{\"_id\":\"Location/1\",\"resourceType\":\"Location\",\"address\":{\"country\":\"KE\"}}"));
    try (FeedReader open = new FeedReader(node.feed("location"), Map.of())) {
      open.read();
      assertThat(FeedReader.terms(open.processed().getFirst()))
          .contains(
              "<feedFilter><beanName>locationFilter</beanName><filter>KE%</filter></feedFilter>");
    }
  }

  @Test
  void aReaderWithoutItsTokenIsNotLetIn() throws Exception {
    patients(0, 3);
    try (FeedReader stranger = new FeedReader(node.feed("patient"), Map.of())) {
      assertThatThrownBy(stranger::read).isInstanceOf(AtomFeedClientException.class);
      assertThat(stranger.processed()).isEmpty();
    }
  }
}
