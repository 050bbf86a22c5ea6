package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.revision.RevId;
import org.skerry.store.PurgeRequest;

/** Replications that are told where to begin. */
class SinceSeqTest {
  private final Island clinic = new Island("clinic");
  private final Island centre = new Island("centre");
  private final ReplicationSpec spec =
      ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"));

  @AfterEach
  void close() {
    clinic.close();
    centre.close();
  }

  private ReplicationResult completed(ReplicationSpec what) {
    Replication replication = AtOnce.replication(clinic.peer(), centre.peer(), what);
    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    return replication.result().orElseThrow();
  }

  /** Everything from there on. */
  private ReplicationSpec since(String seq) {
    return new ReplicationSpec(
        spec.source(),
        spec.target(),
        spec.selection(),
        false,
        false,
        false,
        Optional.of(seq),
        true,
        spec.checkpointInterval());
  }

  @Test
  void sinceSeqBeginsThere() {
    clinic.edit("a", "{}");
    String seq = clinic.peer().info().orElseThrow().updateSeq();
    clinic.edit("b", "{}");

    completed(since(seq));
    assertThat(centre.fingerprint()).containsOnlyKeys("b");
  }

  /** What stands before is not done, and nobody else's checkpoint may say so. */
  @Test
  void whatSinceSeqLeftOutComesWithTheWhole() {
    clinic.edit("a", "{}");
    String seq = clinic.peer().info().orElseThrow().updateSeq();
    clinic.edit("b", "{}");

    completed(since(seq));
    completed(spec);
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  /** What is written while the line is down comes after the moment at which it was asked for. */
  @Test
  void sinceNowIsTheMomentOfTheFirstAttempt() {
    clinic.edit("a", "{}");
    Peer breaking =
        new DelegatingPeer(clinic.peer()) {
          private boolean broke;

          @Override
          public Optional<String> writeCheckpoint(String id, Optional<String> seen, byte[] json) {
            if (!broke) {
              broke = true;
              clinic.edit("b", "{}");
              throw new PeerException(PeerException.Kind.UNREACHABLE, "the line broke");
            }
            return super.writeCheckpoint(id, seen, json);
          }
        };

    assertThat(AtOnce.replication(breaking, centre.peer(), since("now")).run())
        .isEqualTo(Replication.State.COMPLETED);
    assertThat(centre.fingerprint()).containsOnlyKeys("b");
    clinic.edit("c", "{}");
    completed(since("now"));
    assertThat(centre.fingerprint()).containsOnlyKeys("b", "c");
  }

  /** Neither where it stopped, which the new target lacks, nor at the very beginning. */
  @Test
  void sinceSeqBeginsThereAgainWithANewTarget() {
    clinic.edit("a", "{}");
    ReplicationSpec since = since(clinic.peer().info().orElseThrow().updateSeq());
    clinic.edit("b", "{}");
    Peer recreated =
        new DelegatingPeer(centre.peer()) {
          private boolean done;

          @Override
          public String ensureFullCommit() {
            if (!done) {
              done = true;
              centre.recreate();
            }
            return super.ensureFullCommit();
          }
        };

    Replication replication = AtOnce.replication(clinic.peer(), recreated, since);
    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    assertThat(centre.fingerprint()).containsOnlyKeys("b");
  }

  @Test
  void sinceSeqGoesOnAtItsOwnCheckpoint() {
    clinic.edit("a", "{}");
    ReplicationSpec since = since(clinic.peer().info().orElseThrow().updateSeq());
    clinic.edit("b", "{}");
    completed(since);
    ReplicationResult again = completed(since);
    assertThat(again.noChanges()).isTrue();
  }

  @Test
  void sinceSeqBeginsThereThoughAllIsDone() {
    RevId rev = clinic.edit("a", "{}");
    completed(spec);
    centre.database().store().purge(List.of(new PurgeRequest(DocId.of("a"), List.of(rev))));
    completed(since("0"));
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }
}
