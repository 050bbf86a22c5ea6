package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.replication.http.PlayedDatabase;
import org.skerry.replication.http.PlayedPeer;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.LocalRevision;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerInfo;

/** What is asked where both ends remember that all is done, and the source may say so. */
@Timeout(300)
class NothingNewTest extends PlayedClinicTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final ReplicationSpec spec =
      ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"));
  private Peer source;

  /** Whether it says with its checkpoint where its feed ends. */
  private volatile boolean says = true;

  @BeforeEach
  void start() throws IOException {
    server = new PlayedPeer(new PlayedDatabase(clinic.peer(), this::hears));
    source = peers.open(server.endpoint());
    clinic.edit("a", "{\"n\":1}");
    replicate(centre.peer());
    asked.clear();
  }

  private boolean hears(String step, HttpExchange exchange) {
    asked.add(step);
    if (says && step.equals("GET _local")) {
      exchange
          .getResponseHeaders()
          .set("X-Skerry-Update-Seq", clinic.peer().info().orElseThrow().updateSeq());
    }
    return false;
  }

  private ReplicationResult replicate(Peer target) {
    Replication replication = AtOnce.replication(source, target, spec);
    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    assertThat(replication.status().behindSince()).isEmpty();
    return replication.result().orElseThrow();
  }

  @Test
  void theTwoCheckpointsAreAllThatIsAsked() {
    Peer target =
        new DelegatingPeer(centre.peer()) {
          @Override
          public Optional<PeerInfo> info() {
            throw new AssertionError("the target was met");
          }
        };
    assertThat(replicate(target).noChanges()).isTrue();
    assertThat(asked).containsExactly("GET _local");
  }

  @Test
  void aSourceThatDoesNotSayIsAsked() {
    says = false;
    assertThat(replicate(centre.peer()).noChanges()).isTrue();
    assertThat(asked).containsExactly("GET _local", "GET");
  }

  @Test
  void whatIsNewIsBroughtAndTheCheckpointReadOnce() {
    clinic.edit("b", "{\"n\":2}");
    assertThat(replicate(centre.peer()).noChanges()).isFalse();
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
    assertThat(asked).startsWith("GET _local", "GET", "GET _changes");
    assertThat(asked.stream().filter("GET _local"::equals)).hasSize(1);
  }

  /** As one that was restored from an older backup. */
  @Test
  void aSourceWhoseCheckpointIsAnotherIsReadAgain() {
    Peer clinicItself = clinic.peer();
    String id = ReplicationId.of("node", source, centre.peer(), spec).base();
    LocalRevision kept = clinicItself.checkpoint(id).orElseThrow();
    Checkpoint now = Checkpoint.parse(kept.json()).orElseThrow();
    Checkpoint older = new Checkpoint("an older session", now.sourceLastSeq(), List.of());
    clinicItself.writeCheckpoint(id, Optional.of(kept.rev()), older.json());
    replicate(centre.peer());
    assertThat(asked).contains("GET _changes");
  }

  /** It may be another one that has come to the same number: that one has no checkpoint. */
  @Test
  void aSourceOfMereNumbersIsAskedForItsCheckpointBehindItsEnd() {
    List<String> calls = new CopyOnWriteArrayList<>();
    Peer numbers =
        new DelegatingPeer(clinic.peer()) {
          @Override
          public Optional<PeerInfo> info() {
            calls.add("info");
            return super.info().map(info -> new PeerInfo("1", info.instance(), info.site()));
          }

          @Override
          public Optional<LocalRevision> checkpoint(String id) {
            calls.add("checkpoint");
            return super.checkpoint(id);
          }
        };
    assertThat(AtOnce.replication(numbers, centre.peer(), spec).run())
        .isEqualTo(Replication.State.COMPLETED);
    assertThat(calls).startsWith("checkpoint", "info", "checkpoint");
  }

  @Test
  void aTargetThatIsAnotherIsFilled() {
    centre.close();
    centre = new Island("centre");
    replicate(centre.peer());
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint()).hasSize(1);
  }
}
