package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.replication.http.PlayedDatabase;
import org.skerry.replication.http.PlayedPeer;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Refusal;

/** A target that fails when it is sent some documents, and takes the others. */
@Timeout(300)
class FailingTargetTest extends PlayedClinicTest {
  /** What it answers where it says nothing and hangs up. */
  private static final int NOTHING = 0;

  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final List<String> steps = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong ticks = new AtomicLong();
  private final Surroundings surroundings =
      new Surroundings(InstantSource.system(), ticks::get, new SplittableRandom(1));
  private final Memory memory = Memory.of(new KeptRefusals(), ticks::get);
  private final ReplicationSpec spec =
      ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"));
  private Peer target;
  private volatile int status = 500;

  /** What a row of a good answer says of a document, by its id. */
  private final Map<String, String> rows = new ConcurrentHashMap<>();

  /** Whether such a row names another revision than was sent. */
  private volatile boolean misnamed;

  /** Whether nothing at all gets through. */
  private volatile boolean down;

  @BeforeEach
  void start() throws IOException {
    Peer taking =
        new DelegatingPeer(centre.peer()) {
          @Override
          public List<Refusal> write(List<FetchedRevision> revisions) {
            super.write(revisions.stream().filter(one -> word(one).isEmpty()).toList());
            return revisions.stream()
                .filter(one -> !word(one).isEmpty())
                .map(one -> new Refusal(one.id().text(), named(one), word(one), "played"))
                .toList();
          }
        };
    server = new PlayedPeer(new PlayedDatabase(taking, this::fails));
    target = peers.open(server.endpoint());
    for (int i = 10; i < 40; i++) {
      clinic.edit("d" + i, "{}");
    }
  }

  private String word(FetchedRevision revision) {
    return rows.getOrDefault(revision.id().text(), "");
  }

  private String named(FetchedRevision revision) {
    return misnamed ? "7-11111111111111111111111111111111" : revision.rev().toString();
  }

  private boolean fails(String step, HttpExchange exchange) throws IOException {
    steps.add(step);
    if (down) {
      return true;
    }
    boolean odd = failing.contains(step.replace("PUT ", ""));
    if (step.equals("POST _bulk_docs")) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.setStreams(new ByteArrayInputStream(body), null);
      String docs = new String(body, StandardCharsets.UTF_8);
      odd = failing.stream().anyMatch(id -> docs.contains("\"_id\":\"" + id + "\""));
    }
    if (odd) {
      failures.incrementAndGet();
    }
    if (odd && status != NOTHING) {
      PlayedDatabase.fail(exchange, status, "internal_server_error");
    }
    return odd;
  }

  /** As a schedule begins it, which knows it from before. */
  private Replication replicate(int attempts) {
    Replication replication =
        new Replication(
            ReplicationId.of("node", clinic.peer(), target, spec),
            clinic.peer(),
            target,
            spec,
            surroundings,
            new Patience(new Backoff(Duration.ZERO, Duration.ZERO), attempts, false, false),
            memory,
            Pipeline::new);
    replication.run();
    return replication;
  }

  private static Replication.State state(Replication replication) {
    return replication.status().state();
  }

  private static void isRefused(Replication replication, String... ids) {
    assertThat(state(replication)).isEqualTo(Replication.State.COMPLETED);
    assertThat(replication.status().refusals()).extracting(Refusal::id).containsExactly(ids);
    assertThat(replication.status().refusals())
        .extracting(Refusal::error)
        .containsOnly(Refusal.TARGET_FAILS);
  }

  private void equal() {
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 504, NOTHING})
  void theOthersGoAndTheCheckpointWaits(int answered) {
    status = answered;
    failing.add("d20");
    Replication replication = replicate(9);
    assertThat(state(replication)).isEqualTo(Replication.State.FAILED);
    assertThat(replication.lastError())
        .map(PeerException::kind)
        .contains(PeerException.Kind.FAILING);
    assertThat(centre.fingerprint()).hasSize(29).doesNotContainKey("d20");
    assertThat(replication.status().refusals()).isEmpty();
    assertThat(replication.status().checkpointedSeq()).startsWith("10-");
    failing.clear();
    assertThat(state(replicate(9))).isEqualTo(Replication.State.COMPLETED);
    equal();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 504, NOTHING})
  void whatFailedOftenAndForLongIsSetApart(int answered) {
    status = answered;
    failing.add("d20");
    failing.add("d21");
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    clinic.edit("late", "{}");
    isRefused(replicate(30), "d20", "d21");
    assertThat(centre.fingerprint()).hasSize(29).containsKey("late");
    failing.remove("d20");
    isRefused(replicate(30), "d21");
    failing.clear();
    Replication replication = replicate(30);
    assertThat(replication.status().refusals()).isEmpty();
    equal();
  }

  /** A line that never stands for as long as it takes. */
  @ParameterizedTest
  @ValueSource(ints = {408, 500, NOTHING})
  void anAttachmentThatDoesNotGetThroughKeepsNothingBack(int answered) {
    status = answered;
    clinic.attach("scan", "bones", "bones and more bones");
    clinic.attach("other", "bones", "bones");
    clinic.edit("behind", "{}");
    failing.add("scan");
    assertThat(state(replicate(30))).isEqualTo(Replication.State.FAILED);
    assertThat(centre.fingerprint()).hasSize(32).doesNotContainKey("scan");
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    Replication replication = replicate(30);
    isRefused(replication, "scan");
    assertThat(replication.status().refusals().getFirst().reason())
        .startsWith("PUT /scan at " + target.name());
    failing.clear();
    assertThat(replication.retryRefused()).isOne();
    equal();
    assertThat(centre.attachment("scan", "bones")).isEqualTo("bones and more bones");
  }

  /** Nothing says that the documents are at fault, and little is sent for nothing. */
  @ParameterizedTest
  @ValueSource(ints = {500, NOTHING})
  void aTargetThatFailsOverManyIsWaitedFor(int answered) {
    status = answered;
    clinic.fingerprint().keySet().forEach(failing::add);
    replicate(2);
    assertThat(failures).hasValueLessThan(50);
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    Replication replication = replicate(30);
    assertThat(state(replication)).isEqualTo(Replication.State.FAILED);
    assertThat(replication.status().refusals()).isEmpty();
    assertThat(replication.status().checkpointedSeq()).isEqualTo("0");
    failing.clear();
    replicate(30);
    equal();
  }

  /** Nobody waits for what would go behind it, and it may be the target that fails. */
  @Test
  void whatIsAloneIsWaitedFor() {
    replicate(9);
    ticks.addAndGet(1);
    clinic.edit("d20", "{\"n\":2}");
    failing.add("d20");
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    assertThat(state(replicate(30))).isEqualTo(Replication.State.FAILED);
    clinic.edit("d21", "{\"n\":2}");
    isRefused(replicate(30), "d20");
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 507})
  void aTargetThatIsBusyIsWaitedFor(int answered) {
    status = answered;
    failing.add("d20");
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    Replication replication = replicate(30);
    assertThat(state(replication)).isEqualTo(Replication.State.FAILED);
    assertThat(replication.status().refusals()).isEmpty();
  }

  @Test
  void aLineThatIsDownIsNoMatterOfADocument() {
    down = true;
    Replication replication = replicate(30);
    assertThat(replication.lastError())
        .map(PeerException::kind)
        .contains(PeerException.Kind.UNREACHABLE);
  }

  /** A node of a cluster is down, which an answer of others says of what it has. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRowThatSaysItFailsIsTriedAgain(boolean other) {
    misnamed = other;
    rows.put("d20", "internal_server_error");
    assertThat(state(replicate(9))).isEqualTo(Replication.State.FAILED);
    assertThat(centre.fingerprint()).hasSize(29).doesNotContainKey("d20");
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    Replication replication = replicate(9);
    isRefused(replication, "d20");
    assertThat(replication.status().refusals().getFirst().rev()).startsWith("1-9d94");
    rows.clear();
    assertThat(replicate(9).status().refusals()).isEmpty();
    equal();
  }

  /** When all others are written nothing but those is left. */
  @Test
  void rowsThatFailAreCountedWhereNoneIsWritten() {
    rows.put("d20", "internal_server_error");
    rows.put("d21", "internal_server_error");
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    isRefused(replicate(30), "d20", "d21");
    assertThat(centre.fingerprint()).hasSize(28);
  }

  /** A function of the target's threw something, or took too long. */
  @ParameterizedTest
  @ValueSource(strings = {"unknown_error", "timeout"})
  void whatMayBeARefusalIsOne(String word) {
    for (int i = 10; i < 25; i++) {
      rows.put("d" + i, word);
    }
    Replication replication = replicate(1);
    assertThat(state(replication)).isEqualTo(Replication.State.COMPLETED);
    assertThat(replication.status().refusals()).extracting(Refusal::error).containsOnly(word);
    assertThat(centre.fingerprint()).hasSize(15);
  }

  /** Pages of what the target has already, as where both write and pull. */
  @Test
  void whatStandsPagesBehindIsTried() {
    replicate(9);
    ticks.addAndGet(1);
    clinic.edit("x", "{}");
    for (int i = 0; i < 40; i++) {
      clinic.edit("p" + i, "{}");
      centre.edit("p" + i, "{}");
    }
    clinic.edit("behind", "{}");
    failing.add("x");
    Replication replication = replicate(30);
    assertThat(state(replication)).isEqualTo(Replication.State.FAILED);
    assertThat(replication.status().checkpointedSeq()).startsWith("30-");
    assertThat(centre.fingerprint()).containsKey("behind");
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    isRefused(replicate(30), "x");
  }

  /** They stay missing, and are sent again in a batch of their own each time. */
  @Test
  void refusedOnesInFrontDoNotHideIt() {
    for (int i = 0; i < 8; i++) {
      clinic.edit("a" + i, "{\"n\":\"" + "x".repeat(Tuning.HEAP_BYTES / 6) + "\"}");
      rows.put("a" + i, "forbidden");
    }
    for (int i = 0; i < 20; i++) {
      clinic.edit("e" + i, "{}");
    }
    failing.add("e3");
    replicate(30);
    assertThat(centre.fingerprint()).containsKey("e19").doesNotContainKey("e3");
  }

  /** Whoever tries again by hand hears that the target fails, and why they were refused stays. */
  @Test
  void whatWasRefusedStaysSoWhileTheTargetFails() {
    for (int i = 10; i < 25; i++) {
      rows.put("d" + i, "forbidden");
    }
    Replication replication = replicate(9);
    failing.addAll(rows.keySet());
    assertThatThrownBy(replication::retryRefused)
        .isInstanceOfSatisfying(
            PeerException.class, e -> assertThat(e.kind()).isEqualTo(PeerException.Kind.FAILING));
    assertThat(replication.status().refusals())
        .hasSize(15)
        .extracting(Refusal::error)
        .containsOnly("forbidden");
  }

  /** What is new does not wait until all that is set apart was sent. */
  @Test
  void whatIsSetApartComesLast() {
    for (int i = 0; i < 5; i++) {
      clinic.attach("scan" + i, "bones", "bones");
      failing.add("scan" + i);
    }
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    replicate(30);
    steps.clear();
    clinic.edit("urgent", "{}");
    replicate(1);
    assertThat(steps).containsSubsequence("POST _bulk_docs", "PUT scan0", "PUT scan4");
    assertThat(steps.stream().filter(step -> step.startsWith("PUT scan"))).hasSize(5);
  }

  /** It would end the thread, and the node with it, each time that the node is started. */
  @Test
  void aDocumentForWhichThereIsNoMemoryEndsNothingElse() {
    Peer source =
        new DelegatingPeer(clinic.peer()) {
          @Override
          public void fetch(List<MissingRevisions> wanted, FetchSink sink) {
            throw new OutOfMemoryError("played");
          }
        };
    Replication replication = AtOnce.replication(source, target, spec);
    assertThat(replication.run()).isEqualTo(Replication.State.FAILED);
    assertThat(replication.lastError().orElseThrow()).hasMessageContaining("played");
  }
}
