package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.replication.peer.ChangeRow;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.LiveChanges;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Selection;

/** A peer that passes {@code limit} over, and whose changes never end. */
@Timeout(300)
class EndlessChangesTest {
  private final HttpPeers peers = new HttpPeers();
  private PlayedPeer server;
  private Peer peer;

  /** Goes on until somebody hangs up. */
  private IntFunction<String> rows = EndlessChangesTest::row;

  private boolean compressed;

  /** Rows of a live feed. */
  private final AtomicInteger fed = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    server = new PlayedPeer(this::answer);
    peer = peers.open(server.endpoint());
  }

  @AfterEach
  void stop() {
    server.close();
    peers.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (compressed) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    if (exchange.getRequestURI().getQuery().contains("feed=continuous")) {
      feed(body);
      return;
    }
    try (OutputStream out = compressed ? new GZIPOutputStream(body) : body) {
      out.write("{\"results\":[".getBytes(StandardCharsets.UTF_8));
      for (int i = 1; true; i++) {
        out.write(rows.apply(i).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** A row of a megabyte in each line. */
  private void feed(OutputStream body) throws IOException {
    String id = "d".repeat(ChangesReader.LONGEST_ROW - 100);
    while (true) {
      int seq = fed.incrementAndGet();
      String row = "{\"seq\":\"" + seq + "\",\"id\":\"" + id + "\",\"changes\":[]}\n";
      body.write(row.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String row(int seq) {
    return row(seq + "-x", seq);
  }

  private static String row(String seq, int number) {
    return "{\"seq\":\"" + seq + "\",\"id\":\"d" + number + "\",\"changes\":[{\"rev\":\"1-a\"}]},";
  }

  private ChangesPage page(String since) {
    return peer.changes(new ChangesQuery(since, 10, Selection.EVERYTHING, false));
  }

  private void isOdd(String why) {
    assertThatThrownBy(() -> page("0"))
        .isInstanceOfSatisfying(
            PeerException.class, e -> assertThat(e.kind()).isEqualTo(PeerException.Kind.NONSENSE))
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isReadInPagesThatEndBetweenTwoRows(boolean packed) {
    compressed = packed;
    ChangesPage page = page("0");
    assertThat(page.rows()).hasSize(40);
    assertThat(page.lastSeq()).isEqualTo("40-x");
    assertThat(page.last()).isFalse();
    assertThat(page.pending()).isEqualTo(-1);
  }

  /** Else the other documents of that position would be passed over. */
  @Test
  void rowsOfOnePositionStayTogether() {
    rows = i -> row(i < 60 ? i / 45 + "-x" : i + "-x", i);
    ChangesPage page = page("0-x");
    assertThat(page.rows()).hasSize(59);
    assertThat(page.lastSeq()).isEqualTo("1-x");
  }

  @Test
  void aPageThatWouldEndWhereItBeganGoesOn() {
    rows = i -> row(i < 60 ? "5-x" : i + "-x", i);
    ChangesPage page = page("5-x");
    assertThat(page.rows()).hasSize(60);
    assertThat(page.lastSeq()).isEqualTo("60-x");
    assertThat(page.last()).isFalse();
  }

  /** Behind a row there may be what stands before it. */
  @Test
  void rowsInNoOrderAreNotCut() {
    rows = i -> row((i % 7) * 10 + i % 10 + "-x", i);
    isOdd("in no order");
  }

  @Test
  void otherPositionsAreTakenToBeInOrder() {
    rows = i -> row("g1AAAA" + i, i);
    assertThat(page("0").rows()).extracting(ChangeRow::id).hasSize(40).endsWith("d40");
  }

  @Test
  void largeRowsMakeAShortPage() {
    rows = i -> row(i + "-x", i).replace("1-a", "1-" + "a".repeat(1_000_000));
    assertThat(page("0").rows()).hasSizeBetween(10, 20);
  }

  @Test
  void aRowWithoutAnEndIsNotKept() {
    rows = i -> i < 3 ? row(i) : i == 3 ? "{\"seq\":\"3-x\",\"id\":\"" : "x".repeat(1000);
    isOdd("a row is longer than 1048576 bytes");
  }

  @Test
  void rowsOfOnePositionWithoutAnEndAreNotKept() {
    rows = i -> row("1-x", i).replace("1-a", "1-" + "a".repeat(100_000));
    isOdd("at one position");
  }

  /** Whoever sends is slowed down: what is read ahead has a bound, beside what the line holds. */
  @Test
  void aLiveFeedIsReadAheadByAFewMegabytes() throws InterruptedException {
    try (LiveChanges live = peer.follow(new ChangesQuery("0", 10, Selection.EVERYTHING, false))) {
      int taken = 0;
      while (taken < 60) {
        List<ChangeRow> rows = live.next(1, Duration.ofMinutes(1)).orElseThrow().rows();
        taken += rows.size();
        assertThat(rows.getFirst().seq()).isEqualTo("" + taken);
        assertThat(fed.get() - taken).isLessThan(60);
      }
    }
  }
}
