package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.replication.peer.ChangeRow;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.LiveChanges;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerInfo;

/**
 * Databases that are deleted and created again under a replication: of what is in the new ones
 * nothing is passed over because of a position in the old.
 */
@Timeout(300)
class RecreatedDatabaseTest {
  private final Island clinic = new Island("clinic");
  private final Island centre = new Island("centre");

  @AfterEach
  void close() {
    clinic.close();
    centre.close();
  }

  /** A peer whose positions are mere numbers, as PouchDB's are, and that says nothing of itself. */
  private static class Numbered extends DelegatingPeer {
    Numbered(Peer peer) {
      super(peer);
    }

    private static String number(String seq) {
      return seq.replaceAll("-.*", "");
    }

    private static ChangesPage numbered(ChangesPage page) {
      List<ChangeRow> rows =
          page.rows().stream()
              .map(row -> new ChangeRow(row.id(), number(row.seq()), row.revs()))
              .toList();
      return new ChangesPage(rows, number(page.lastSeq()), page.pending(), page.last());
    }

    @Override
    public Optional<PeerInfo> info() {
      return super.info().map(info -> new PeerInfo(number(info.updateSeq()), "", info.site()));
    }

    @Override
    public String ensureFullCommit() {
      super.ensureFullCommit();
      return "";
    }

    @Override
    public ChangesPage changes(ChangesQuery query) {
      return numbered(super.changes(query));
    }

    @Override
    public LiveChanges follow(ChangesQuery query) {
      LiveChanges live = super.follow(query);
      return new LiveChanges() {
        @Override
        public Optional<ChangesPage> next(int limit, Duration wait) throws InterruptedException {
          return live.next(limit, wait).map(Numbered::numbered);
        }

        @Override
        public void close() {
          live.close();
        }
      };
    }
  }

  private Replication live(Peer source, Peer target, Duration checkpoints) {
    ReplicationSpec spec =
        new ReplicationSpec(
            new Endpoint.Local("clinic"),
            new Endpoint.Local("centre"),
            org.skerry.replication.peer.Selection.EVERYTHING,
            true,
            false,
            false,
            Optional.empty(),
            true,
            checkpoints);
    return new Replication(
        ReplicationId.of("node", source, target, spec),
        source,
        target,
        spec,
        new Surroundings(java.time.InstantSource.system(), new SplittableRandom(1)),
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)),
        Pipeline::new);
  }

  /** Runs it until it has brought three documents. */
  private Thread startedBehindThree(Replication replication) {
    for (int i = 0; i < 3; i++) {
      clinic.edit("old-" + i, "{}");
    }
    Thread running = Thread.ofVirtual().start(replication::run);
    LiveReplicationTest.await(() -> replication.status().doneSeq().startsWith("3"));
    return running;
  }

  /**
   * @param numbered whether positions are mere numbers
   * @param minutes between two checkpoints: with many there is none before
   */
  @ParameterizedTest
  @CsvSource({"false, 0", "false, 60", "true, 0", "true, 60"})
  void ofANewSourceNothingIsPassedOver(boolean numbered, int minutes) {
    Peer source = numbered ? new Numbered(clinic.peer()) : clinic.peer();
    Peer target = numbered ? new Numbered(centre.peer()) : centre.peer();
    Replication replication = live(source, target, Duration.ofMinutes(minutes));
    Thread running = startedBehindThree(replication);
    clinic.databases().drop("clinic");
    clinic.databases().create("clinic");
    for (int i = 0; i < 5; i++) {
      clinic.edit("new-" + i, "{}");
    }
    LiveReplicationTest.await(
        () -> centre.fingerprint().entrySet().containsAll(clinic.fingerprint().entrySet()));
    replication.cancel();
    ReplicationTest.join(running);
  }

  @ParameterizedTest
  @CsvSource({"false, 0", "false, 60", "true, 0", "true, 60"})
  void aNewTargetGetsAll(boolean numbered, int minutes) {
    Peer source = numbered ? new Numbered(clinic.peer()) : clinic.peer();
    Peer target = numbered ? new Numbered(centre.peer()) : centre.peer();
    Replication replication = live(source, target, Duration.ofMinutes(minutes));
    Thread running = startedBehindThree(replication);
    centre.recreate();
    clinic.edit("new", "{}");
    LiveReplicationTest.await(() -> centre.document("new").isPresent());
    replication.cancel();
    ReplicationTest.join(running);

    Replication again = live(source, target, Duration.ZERO);
    Thread second = Thread.ofVirtual().start(again::run);
    LiveReplicationTest.await(() -> centre.fingerprint().equals(clinic.fingerprint()));
    again.cancel();
    ReplicationTest.join(second);
  }

  /** It is read by whoever may read it; that no position can be kept there is said behind that. */
  @Test
  void aSourceThatKeepsNoCheckpointIsReadAllTheSame() {
    clinic.edit("a", "{}");
    Peer closed =
        new Numbered(clinic.peer()) {
          @Override
          public Optional<String> writeCheckpoint(String id, Optional<String> seen, byte[] json) {
            throw new PeerException(PeerException.Kind.DENIED, "for reading alone");
          }
        };
    Replication replication = live(closed, centre.peer(), Duration.ZERO);
    Thread running = Thread.ofVirtual().start(replication::run);
    LiveReplicationTest.await(() -> centre.document("a").isPresent());
    LiveReplicationTest.await(() -> replication.status().lastError().isPresent());
    assertThat(replication.status().lastError()).contains("for reading alone");
    replication.cancel();
    ReplicationTest.join(running);
  }
}
