package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Refusal;

/** A target that fails when it is sent some documents, and takes the others. */
@Timeout(300)
class FailingTargetTest extends FailingTargetCase {
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
    shared(600);
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

  /** One goes among others, and the one with an attachment goes alone. */
  @Test
  void aLeafThatIsRefusedDoesNotHideOneThatFails() {
    clinic.attach("two", "bones", "bones and more bones");
    clinic.conflict("two", "1-00000000000000000000000000000001", "{}");
    rows.put("two", "forbidden");
    failing.add("PUT two");
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    Replication replication = replicate(30);
    assertThat(state(replication)).isEqualTo(Replication.State.COMPLETED);
    assertThat(replication.status().refusals())
        .extracting(Refusal::id, Refusal::error)
        .containsExactlyInAnyOrder(tuple("two", "forbidden"), tuple("two", Refusal.TARGET_FAILS));
  }

  /** Ten times in all, over a long time, are not ten times in a row. */
  @Test
  void whatWentThroughInBetweenBeginsAnewBesideARefusedLeaf() {
    clinic.attach("two", "bones", "bones");
    clinic.conflict("two", "1-00000000000000000000000000000001", "{}");
    rows.put("two", "forbidden");
    for (int outage = 0; outage < 3; outage++) {
      clinic.attach("two", "bones", "bones " + outage);
      clinic.edit("d" + (outage + 10), "{\"n\":2}");
      failing.add("PUT two");
      replicate(4);
      ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
      assertThat(state(replicate(4))).isEqualTo(Replication.State.FAILED);
      failing.clear();
      isRefused(replicate(4), "forbidden", new String[] {"two"});
    }
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
