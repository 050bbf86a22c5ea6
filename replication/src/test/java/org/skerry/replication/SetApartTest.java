package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Refusal;

/** Documents over which a target fails for long, among others with troubles of their own. */
@Timeout(300)
class SetApartTest extends FailingTargetCase {
  private Replication later() {
    replicate(30);
    ticks.addAndGet(Tuning.FAILING_TIME.toNanos());
    return replicate(30);
  }

  /** Each batch is known again, whatever others do. */
  @Test
  void severalBatchesOfAPageMayFail() {
    for (String id : List.of("a0", "a1", "b0", "b1")) {
      clinic.edit(id, "{\"n\":\"" + "x".repeat(Tuning.HEAP_BYTES * 6 / 10) + "\"}");
      failing.add(id);
    }
    clinic.edit("behind", "{}");
    later();
    isRefused(later(), "a0", "a1", "b0", "b1");
    assertThat(centre.fingerprint()).containsKey("behind");
  }

  /** One that waits already keeps nobody from finding out about another. */
  @Test
  void oneThatFailedBeforeIsSetApartAlone() {
    replicate(9);
    ticks.addAndGet(1);
    failing.add("x");
    clinic.edit("x", "{}");
    clinic.edit("other", "{}");
    replicate(4);
    ticks.addAndGet(1);
    failing.add("y");
    clinic.edit("y", "{}");
    shared(1_100);
    clinic.edit("behind", "{}");
    later();
    later();
    isRefused(later(), "x", "y");
    assertThat(centre.fingerprint()).containsKey("behind");
  }

  /** What is apart has no room for more, and has its turn where a session ends by another. */
  @Test
  void whatHasHealedMakesRoom() {
    for (int i = 10; i < 10 + Tuning.MOST_FAILING; i++) {
      failing.add("d" + i);
    }
    assertThat(later().status().refusals()).hasSize(Tuning.MOST_FAILING);
    failing.clear();
    failing.add("lost");
    clinic.edit("lost", "{}");
    clinic.edit("behind", "{}");
    later();
    isRefused(later(), "lost");
    assertThat(centre.fingerprint()).containsKeys("behind", "d10", "d19");
  }

  /** One that still fails holds up no others that somebody tries again by hand. */
  @Test
  void aRetryByHandGoesOnBehindOneThatFails() {
    for (int i = 10; i < 25; i++) {
      rows.put("d" + i, "forbidden");
    }
    Replication replication = replicate(9);
    rows.clear();
    failing.add("d10");
    assertThat(replication.retryRefused()).isEqualTo(14);
    assertThat(replication.status().refusals())
        .extracting(Refusal::id, Refusal::error)
        .containsExactly(tuple("d10", "forbidden"));
  }

  /** They have room of their own. */
  @Test
  void thereIsRoomBesideVeryManyRefused() {
    for (int i = 0; i < Tuning.REFUSALS; i++) {
      clinic.edit("f" + i, "{}");
      rows.put("f" + i, "forbidden");
    }
    replicate(9);
    failing.add("x");
    clinic.edit("x", "{}");
    clinic.edit("behind", "{}");
    assertThat(state(later())).isEqualTo(Replication.State.COMPLETED);
    assertThat(centre.fingerprint()).containsKey("behind");
  }

  /** It is what a gateway stumbles over that is large, too. */
  @Test
  void oneForWhichThereIsNoMemoryEndsNothing() {
    failing.add("d20");
    later();
    clinic.edit("late", "{}");
    Peer source =
        new DelegatingPeer(clinic.peer()) {
          @Override
          public void fetch(List<MissingRevisions> wanted, FetchSink sink) {
            if (wanted.getFirst().id().text().equals("d20")) {
              throw new OutOfMemoryError("played");
            }
            super.fetch(wanted, sink);
          }
        };
    Replication replication = replicate(source, 3);
    isRefused(replication, "d20");
    assertThat(centre.fingerprint()).containsKey("late");
  }

  /** However many pages: a target may have everything but the last. */
  @Test
  void whatStandsVeryManyPagesBehindIsTried() {
    failing.add("x");
    replicate(9);
    ticks.addAndGet(1);
    clinic.edit("x", "{}");
    shared((Tuning.EMPTY_PAGES + 20) * Tuning.SMALLEST_BATCH);
    clinic.edit("behind", "{}");
    for (int i = 0; i < 4; i++) {
      later();
    }
    isRefused(later(), "x");
    assertThat(centre.fingerprint()).containsKey("behind");
  }
}
