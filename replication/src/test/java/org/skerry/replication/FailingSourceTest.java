package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.replication.http.PlayedDatabase;
import org.skerry.replication.http.PlayedPeer;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Refusal;
import org.skerry.revision.RevId;

/** A source that fails when it is asked for some of its documents, and gives the others. */
@Timeout(300)
class FailingSourceTest extends FailingEndCase {
  /** What it answers where it says nothing and hangs up. */
  private static final int NOTHING = -1;

  private Peer source;

  /** What it answers; 0 where it begins a good answer and hangs up. */
  private volatile int status = 500;

  /** What stands in its answer to many, and to one, before it hangs up. */
  private volatile String begun = "";

  private volatile String type = "application/json";
  private volatile String one = "[{\"ok\":";

  private volatile boolean knowsBulkGet = true;

  /** Whether it gives many where none of them fails. */
  private volatile boolean alone;

  @BeforeEach
  void start() throws IOException {
    server = new PlayedPeer(new PlayedDatabase(clinic.peer(), this::fails));
    source = peers.open(server.endpoint());
    thirty();
  }

  private boolean fails(String step, HttpExchange exchange) throws IOException {
    boolean bulk = step.equals("POST _bulk_get");
    if (bulk && !knowsBulkGet) {
      PlayedDatabase.fail(exchange, 404, "not_found");
      return true;
    }
    boolean odd = bulk ? names(exchange) : failing.contains(step.replace("GET ", ""));
    if (odd && status == 0) {
      PlayedDatabase.breakOff(
          exchange, bulk ? "application/json" : type, bulk ? "{\"results\":[" + begun : one);
    } else if (odd && status != NOTHING) {
      exchange.getResponseHeaders().set("Retry-After", "0");
      PlayedDatabase.fail(exchange, status, "internal_server_error");
    }
    return odd;
  }

  /** Whether it is asked for one of them; for any, where it fails altogether. */
  private boolean names(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.setStreams(new ByteArrayInputStream(body), null);
    String asked = new String(body, StandardCharsets.UTF_8);
    return failing.stream().anyMatch(id -> !alone || asked.contains("\"id\":\"" + id + "\""));
  }

  /** As a schedule begins it, which knows it from before. */
  private Replication replicate(int attempts) {
    return replicate(centre.peer(), attempts);
  }

  private Replication replicate(Peer target, int attempts) {
    return replicate(source, target, attempts);
  }

  private static void isRefused(Replication replication, String... ids) {
    isRefused(replication, Refusal.SOURCE_FAILS, ids);
  }

  /** The others come at once; the checkpoint waits, as it may be a matter of the moment. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theOthersComeAndTheCheckpointWaits(boolean bulk) {
    knowsBulkGet = bulk;
    failing.add("d20");
    Replication replication = replicate(30);
    assertThat(state(replication)).isEqualTo(Replication.State.FAILED);
    assertThat(replication.lastError().orElseThrow()).hasMessageContaining("/d20");
    assertThat(centre.fingerprint()).hasSize(29).doesNotContainKey("d20");
    assertThat(replication.status().checkpointedSeq()).startsWith("10-");
    failing.clear();
    replication = replicate(30);
    assertThat(state(replication)).isEqualTo(Replication.State.COMPLETED);
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  void whatFailedOftenAndForLongIsSetApart(int answered) {
    status = answered;
    knowsBulkGet = false;
    failing.add("d20");
    assertThat(state(replicate(9))).isEqualTo(Replication.State.FAILED);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    Replication replication = replicate(30);
    isRefused(replication, "d20");
    assertThat(replication.status().refusals())
        .extracting(Refusal::id, Refusal::reason)
        .containsExactly(
            tuple(
                "d20",
                "GET /d20 at "
                    + source.name()
                    + " was answered "
                    + answered
                    + ": internal_server_error: played"));
    assertThat(centre.fingerprint()).hasSize(29);
  }

  /** A source that breaks off inside a document, or a line that never stands for as long. */
  @ParameterizedTest
  @CsvSource({"0,true", "0,false", "-1,true", "-1,false"})
  void whatBreaksOffOftenAndForLongIsSetApart(int answered, boolean bulk) {
    status = answered;
    knowsBulkGet = bulk;
    failing.add("d20");
    Replication replication = replicate(30);
    assertThat(state(replication)).isEqualTo(Replication.State.FAILED);
    assertThat(centre.fingerprint()).hasSize(29).doesNotContainKey("d20");
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    isRefused(replicate(30), "d20");
    failing.clear();
    assertThat(state(replicate(30))).isEqualTo(Replication.State.COMPLETED);
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  /** A row that says so comes again each time, and is no document. */
  @Test
  void whatIsUnreadableInFrontOfABreakIsNoGain() {
    status = 0;
    failing.add("d20");
    RevId rev = clinic.document("d10").orElseThrow().winner().rev();
    begun =
        "{\"id\":\"d10\",\"docs\":[{\"error\":{\"id\":\"d10\",\"rev\":\""
            + rev
            + "\",\"error\":\"not_found\",\"reason\":\"missing\"}}]},";
    replicate(30);
    assertThat(centre.fingerprint()).hasSize(29).doesNotContainKey("d20");
  }

  /** Whoever writes its attachment meanwhile has done nothing wrong. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAttachmentThatBreaksOffKeepsNothingBack(boolean far) throws IOException {
    status = 0;
    knowsBulkGet = false;
    failing.add("d20");
    RevId rev = clinic.document("d20").orElseThrow().winner().rev();
    type = "multipart/mixed; boundary=m";
    one =
        """
        --m
        Content-Type: multipart/related; boundary=r

        --r
        Content-Type: application/json

        {"_id":"d20","_rev":"%s","_attachments":{"scan":{"follows":true,"length":200,"revpos":1,\
        "content_type":"image/png"}}}
        --r

        half of it\
        """
            .formatted(rev)
            .replace("\n", "\r\n");
    try (PlayedPeer other =
        new PlayedPeer(new PlayedDatabase(centre.peer(), (step, exchange) -> false))) {
      Peer target = far ? peers.open(other.endpoint()) : centre.peer();
      assertThat(replicate(target, 30).lastError())
          .map(PeerException::kind)
          .contains(PeerException.Kind.FAILING);
      assertThat(centre.fingerprint()).hasSize(29).doesNotContainKey("d20");
      ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
      Replication replication = replicate(target, 30);
      isRefused(replication, "d20");
      assertThat(replication.status().refusals().getFirst().reason())
          .startsWith("GET /d20 at " + source.name());
    }
    assertThat(centre.fingerprint()).hasSize(29);
  }

  /** Each answer brings a document more before the line breaks. */
  @Test
  void whatCameBeforeTheLineBrokeIsKept() {
    status = 0;
    failing.add("none of them alone");
    RevId rev = clinic.edit("e10", "{}");
    begun =
        "{\"id\":\"e10\",\"docs\":[{\"ok\":{\"_id\":\"e10\",\"_rev\":\""
            + rev
            + "\",\"_revisions\":{\"start\":1,\"ids\":[\""
            + rev.toString().substring(2)
            + "\"]}}}]},";
    replicate(1);
    assertThat(centre.fingerprint()).containsOnlyKeys("e10");
  }

  /** Each session asks for it once more, and somebody may by hand. */
  @Test
  void whatIsSetApartIsAskedForAgain() {
    failing.add("d20");
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    Replication replication = replicate(30);
    isRefused(replication, "d20");
    assertThat(replication.retryRefused()).isZero();
    isRefused(replicate(30), "d20");
    failing.clear();
    assertThat(replication.retryRefused()).isOne();
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
    assertThat(replicate(30).status().refusals()).isEmpty();
  }

  @Test
  void theNextSessionAsksForWhatIsSetApart() {
    failing.add("d20");
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    isRefused(replicate(30), "d20");
    failing.clear();
    Replication replication = replicate(30);
    assertThat(state(replication)).isEqualTo(Replication.State.COMPLETED);
    assertThat(replication.status().refusals()).isEmpty();
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  /** A part of it is down, or all of it; nothing is passed over. */
  @Test
  void aSourceThatFailsManyIsWaitedFor() {
    knowsBulkGet = false;
    failing.addAll(clinic.fingerprint().keySet());
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    Replication replication = replicate(30);
    assertThat(state(replication)).isEqualTo(Replication.State.FAILED);
    assertThat(replication.status().refusals()).isEmpty();
    assertThat(replication.status().checkpointedSeq()).isEqualTo("0");
    failing.clear();
    for (int i = 0; i <= Tuning.MOST_FAILING; i++) {
      failing.add("d" + (10 + i));
    }
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    replication = replicate(30);
    assertThat(state(replication)).isEqualTo(Replication.State.FAILED);
    assertThat(replication.status().refusals()).hasSizeLessThanOrEqualTo(Tuning.MOST_FAILING);
    assertThat(centre.fingerprint()).hasSize(19);
    failing.remove("d10");
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    assertThat(replicate(30).status().refusals()).hasSize(Tuning.MOST_FAILING);
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 507, 429})
  void aSourceThatIsBusyIsWaitedFor(int answered) {
    status = answered;
    knowsBulkGet = false;
    failing.add("d20");
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    assertThat(state(replicate(30))).isEqualTo(Replication.State.FAILED);
  }

  @Test
  void whatCameInBetweenHasNotFailedForLong() {
    knowsBulkGet = false;
    failing.add("d20");
    replicate(9);
    failing.clear();
    assertThat(state(replicate(9))).isEqualTo(Replication.State.COMPLETED);
    clinic.edit("d20", "{\"n\":2}");
    clinic.edit("d21", "{\"n\":2}");
    failing.add("d20");
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    assertThat(state(replicate(9))).isEqualTo(Replication.State.FAILED);
  }

  /** Nobody waits for what would come behind it, and it may be the source that fails. */
  @Test
  void whatIsAloneIsWaitedFor() {
    assertThat(state(replicate(9))).isEqualTo(Replication.State.COMPLETED);
    ticks.addAndGet(1);
    clinic.edit("d20", "{\"n\":2}");
    failing.add("d20");
    replicate(9);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    assertThat(state(replicate(9))).isEqualTo(Replication.State.FAILED);
    clinic.edit("d21", "{\"n\":2}");
    isRefused(replicate(9), "d20");
  }

  /** Each page is known again, whatever others do. */
  @Test
  void severalPagesMayFail() {
    replicate(9);
    ticks.addAndGet(1);
    for (String id : List.of("x", "y")) {
      clinic.edit(id, "{}");
      for (int i = 0; i < 1_100; i++) {
        clinic.edit(id + i, "{}");
        centre.edit(id + i, "{}");
      }
    }
    clinic.edit("behind", "{}");
    alone = true;
    failing.addAll(List.of("x", "y"));
    for (int i = 0; i < 3; i++) {
      replicate(30);
      ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    }
    isRefused(replicate(30), "x", "y");
    assertThat(centre.fingerprint()).containsKey("behind");
  }

  /** Whoever comes first and still fails hides nobody; also where the peers are opened anew. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatHasHealedComesBehindWhatHasNot(boolean anew) {
    failing.addAll(List.of("d11", "d12", "d13"));
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    isRefused(replicate(30), "d11", "d12", "d13");
    alone = true;
    failing.remove("d13");
    source = anew ? peers.open(server.endpoint()) : source;
    isRefused(replicate(30), "d11", "d12");
    assertThat(centre.fingerprint()).containsKey("d13");
  }
}
