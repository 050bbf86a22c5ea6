package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerInfo;
import org.skerry.replication.peer.Refusal;
import org.skerry.replication.peer.Selection;
import tools.jackson.databind.json.JsonMapper;

class ReplicationTest {
  private final Island clinic = new Island("clinic");
  private final Island centre = new Island("centre");
  private final ReplicationSpec spec =
      ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"));

  @AfterEach
  void close() {
    clinic.close();
    centre.close();
  }

  private Replication replication(ReplicationSpec what) {
    return replication(clinic.peer(), centre.peer(), what);
  }

  private static Replication replication(Peer source, Peer target, ReplicationSpec what) {
    return AtOnce.replication(source, target, what);
  }

  private ReplicationResult completed(ReplicationSpec what) {
    Replication replication = replication(what);
    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    return replication.result().orElseThrow();
  }

  @Test
  void everyLeafArrives() {
    for (int i = 0; i < 3000; i++) {
      clinic.edit("patient-" + i, "{\"i\":" + i + "}");
    }
    clinic.edit("patient-1", "{\"i\":\"again\"}");
    clinic.conflict("patient-2", "1-ffffffffffffffffffffffffffffffff", "{\"other\":1}");
    clinic.delete("patient-3");

    ReplicationResult result = completed(spec);

    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
    assertThat(result.noChanges()).isFalse();
    assertThat(result.history().getFirst().counts())
        .isEqualTo(new Counts(3001, 3001, 3001, 3001, 0));
  }

  @Test
  void theSecondTimeThereIsNothingToDo() {
    clinic.edit("a", "{}");
    ReplicationResult first = completed(spec);
    ReplicationResult second = completed(spec);

    assertThat(second.noChanges()).isTrue();
    assertThat(second.sessionId()).isEqualTo(first.sessionId());
    assertThat(second.history()).isEqualTo(first.history());
  }

  @Test
  void aRecreatedTargetIsFilledAgain() {
    clinic.edit("a", "{}");
    completed(spec);
    centre.recreate();
    completed(spec);

    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  @Test
  void aRecreatedSourceIsReadFromTheStart() {
    clinic.edit("a", "{}");
    clinic.edit("b", "{}");
    completed(spec);
    clinic.recreate();
    clinic.edit("c", "{}");
    completed(spec);

    assertThat(centre.fingerprint()).containsOnlyKeys("a", "b", "c");
  }

  @Test
  void anotherSelectionBeginsAnew() {
    clinic.edit("a", "{\"kind\":\"x\"}");
    clinic.edit("b", "{\"kind\":\"y\"}");
    completed(spec.selecting(new Selection.DocIds(List.of("a"))));
    assertThat(centre.fingerprint()).containsOnlyKeys("a");

    completed(
        spec.selecting(new Selection.BySelector(new JsonMapper().readTree("{\"kind\":\"y\"}"))));
    assertThat(centre.fingerprint()).containsOnlyKeys("a", "b");
  }

  @Test
  void attachmentsComeAlongOnceAndStay() {
    clinic.attach("a", "x-ray.txt", "bones");
    completed(spec);
    clinic.attach("a", "x-ray.txt", "more bones");
    clinic.attach("b", "other.txt", "teeth");
    completed(spec);

    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
    assertThat(centre.attachment("a", "x-ray.txt")).isEqualTo("more bones");
    assertThat(centre.attachment("b", "other.txt")).isEqualTo("teeth");
  }

  @Test
  void aMissingTargetIsCreatedOnlyWhenAskedFor() {
    clinic.edit("a", "{}");
    centre.databases().drop("centre");

    Replication refused = replication(spec);
    assertThat(refused.run()).isEqualTo(Replication.State.FAILED);
    assertThat(refused.lastError().orElseThrow()).hasMessageContaining("could not open centre");

    completed(spec.creatingTarget());
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());

    // The source remembers that everything was done.
    centre.databases().drop("centre");
    assertThat(replication(spec).run()).isEqualTo(Replication.State.FAILED);
    completed(spec.creatingTarget());
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  @Test
  void aRefusedDocumentIsReportedAndBlocksNobody() {
    clinic.edit("good", "{}");
    clinic.edit("bad", "{}");
    clinic.edit("fine", "{}");
    PickyPeer picky = new PickyPeer(centre.peer(), "bad");
    Replication replication = replication(clinic.peer(), picky, spec);

    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    assertThat(centre.fingerprint()).containsOnlyKeys("good", "fine");
    assertThat(replication.status().refusals()).extracting(Refusal::id).containsExactly("bad");
    assertThat(replication.result().orElseThrow().history().getFirst().counts())
        .isEqualTo(new Counts(3, 3, 3, 2, 1));

    picky.relent();
    assertThat(replication.retryRefused()).isEqualTo(1);
    assertThat(replication.status().refusals()).isEmpty();
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  /** CouchDB says so of single documents when a shard does not answer in time. */
  @Test
  void whatATargetFailsToWriteIsWrittenLater() {
    clinic.edit("good", "{}");
    clinic.edit("slow", "{}");
    Peer slow =
        new DelegatingPeer(centre.peer()) {
          private boolean failed;

          @Override
          public List<Refusal> write(List<FetchedRevision> revisions) {
            if (failed) {
              return super.write(revisions);
            }
            failed = true;
            super.write(revisions.subList(0, 1));
            String rev = revisions.getLast().rev().toString();
            return List.of(
                new Refusal(
                    "slow", rev, Refusal.TARGET_FAILS, "The request could not be processed"));
          }
        };
    Replication replication = replication(clinic.peer(), slow, spec);

    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    assertThat(replication.status().refusals()).isEmpty();
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  @Test
  void aLineThatBreaksOftenDelaysAndLosesNothing() {
    for (int i = 0; i < 500; i++) {
      clinic.edit("patient-" + i, "{\"i\":" + i + "}");
      if (i % 50 == 0) {
        clinic.attach("scan-" + i, "scan", "scan of " + i);
      }
    }
    SplittableRandom random = new SplittableRandom(7);
    ReplicationSpec live = spec.continuous();
    Peer source = new BrokenLine(clinic.peer(), random.split(), 0.2);
    Peer target = new BrokenLine(centre.peer(), random.split(), 0.2);
    Replication replication = replication(source, target, live);
    Thread running = Thread.ofVirtual().start(replication::run);
    LiveReplicationTest.await(() -> centre.fingerprint().equals(clinic.fingerprint()));
    replication.cancel();
    join(running);

    assertThat(replication.status().state()).isEqualTo(Replication.State.CANCELLED);
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  /** A target whose disk is full until somebody has made room. */
  private static final class FullPeer extends DelegatingPeer {
    private int room;
    private int refused;

    FullPeer(Peer peer, int room) {
      super(peer);
      this.room = room;
    }

    /** Takes so many calls, then refuses seven, then has room for good. */
    private void take() {
      room--;
      if (room < 0 && refused < 7) {
        refused++;
        throw new PeerException(PeerException.Kind.FAILING, "answered 507: insufficient_storage");
      }
    }

    @Override
    public List<Refusal> write(List<FetchedRevision> revisions) {
      take();
      return super.write(revisions);
    }

    @Override
    public Optional<Refusal> write(FetchedRevision revision, FollowingBytes bytes) {
      take();
      return super.write(revision, bytes);
    }

    @Override
    public Optional<String> writeCheckpoint(String id, Optional<String> seen, byte[] json) {
      take();
      return super.writeCheckpoint(id, seen, json);
    }
  }

  @Test
  void aTargetThatIsFullForAWhileGetsEverythingAfterwards() {
    for (int room = 0; room < 6; room++) {
      centre.recreate();
      clinic.recreate();
      for (int i = 0; i < 700; i++) {
        clinic.edit("patient-" + i, "{\"i\":" + i + "}");
        if (i % 100 == 0) {
          clinic.attach("scan-" + i, "scan", "scan of " + i);
        }
      }
      FullPeer full = new FullPeer(centre.peer(), room);
      Replication replication = replication(clinic.peer(), full, spec);
      assertThat(replication.run()).as("room for %s", room).isEqualTo(Replication.State.COMPLETED);
      assertThat(full.refused).isEqualTo(7);
      assertThat(replication.status().refusals()).isEmpty();
      assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
    }
  }

  /** It comes to the end of the feed each time, and would begin anew for ever. */
  @Test
  void whoCannotKeepACheckpointGivesUp() {
    clinic.edit("a", "{}");
    Peer forgetful =
        new DelegatingPeer(clinic.peer()) {
          @Override
          public Optional<String> writeCheckpoint(String id, Optional<String> seen, byte[] json) {
            throw new PeerException(PeerException.Kind.FAILING, "answered 500: no room for it");
          }
        };
    Replication replication = replication(forgetful, centre.peer(), spec);

    assertThat(replication.run()).isEqualTo(Replication.State.FAILED);
    assertThat(replication.lastError().orElseThrow()).hasMessageContaining("no room for it");
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  @Test
  void whereTheFeedEndsNobodyAsksForChangesNorMeetsTheTarget() {
    clinic.edit("a", "{}");
    completed(spec);
    CountingPeer counting = new CountingPeer(clinic.peer());
    CountingPeer target = new CountingPeer(centre.peer());
    Replication again = replication(counting, target, spec);

    assertThat(again.run()).isEqualTo(Replication.State.COMPLETED);
    assertThat(again.result().orElseThrow().noChanges()).isTrue();
    assertThat(counting.asked).isZero();
    assertThat(target.met).isZero();
    assertThat(again.status().pending()).isZero();
    assertThat(again.status().behindSince()).isEmpty();
  }

  @Test
  void aPeerThatSaysNothingOfItsFeedIsAskedForChanges() {
    clinic.edit("a", "{}");
    CountingPeer counting =
        new CountingPeer(clinic.peer()) {
          @Override
          public Optional<PeerInfo> info() {
            return super.info().map(known -> new PeerInfo("0", known.instance(), known.site()));
          }
        };

    assertThat(replication(counting, centre.peer(), spec).run())
        .isEqualTo(Replication.State.COMPLETED);
    assertThat(counting.asked).isPositive();
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  @Test
  void aSiteAsksForChangesWhereverItsFeedEnds() {
    clinic.edit("a", "{}");
    completed(spec);
    CountingPeer counting =
        new CountingPeer(clinic.peer()) {
          @Override
          public Optional<PeerInfo> info() {
            return super.info()
                .map(known -> new PeerInfo(known.updateSeq(), known.instance(), Optional.of("s")));
          }
        };

    assertThat(replication(counting, centre.peer(), spec).run())
        .isEqualTo(Replication.State.COMPLETED);
    assertThat(counting.asked).isPositive();
  }

  @Test
  void aTargetThatLostItsCheckpointIsMetBeforeAnythingIsWritten() {
    clinic.edit("a", "{}");
    completed(spec);
    centre.recreate();
    CountingPeer target = new CountingPeer(centre.peer());

    assertThat(replication(clinic.peer(), target, spec).run())
        .isEqualTo(Replication.State.COMPLETED);
    assertThat(target.met).isPositive();
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  /** Counts how often it is met, and how often its changes are asked for. */
  private static class CountingPeer extends DelegatingPeer {
    private int met;
    private int asked;

    CountingPeer(Peer peer) {
      super(peer);
    }

    @Override
    public Optional<PeerInfo> info() {
      met++;
      return super.info();
    }

    @Override
    public ChangesPage changes(ChangesQuery query) {
      asked++;
      return super.changes(query);
    }
  }

  @Test
  void withWinnersOnlyNoConflictTravels() {
    clinic.edit("a", "{}");
    clinic.conflict("a", "1-ffffffffffffffffffffffffffffffff", "{\"other\":1}");
    ReplicationSpec winners =
        new ReplicationSpec(
            spec.source(),
            spec.target(),
            spec.selection(),
            false,
            false,
            true,
            Optional.empty(),
            true,
            spec.checkpointInterval());

    completed(winners);
    assertThat(centre.document("a").orElseThrow().leaves()).hasSize(1);
  }

  static void join(Thread thread) {
    CountDownLatch ended = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                thread.join();
                ended.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      ended.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
