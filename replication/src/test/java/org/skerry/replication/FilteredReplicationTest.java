package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.FilterName;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.LiveChanges;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Selection;

/** Replications through a function, which somebody writes anew. */
class FilteredReplicationTest {
  private final Island clinic = new Island("clinic");
  private final Island centre = new Island("centre");
  private final FilteringPeer source = new FilteringPeer(clinic.peer());
  private final ReplicationSpec spec =
      ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"))
          .selecting(new Selection.ByFilter("desk/mine", Map.of()));

  @AfterEach
  void close() {
    clinic.close();
    centre.close();
  }

  /** A source whose function is the list of the ids that it lets pass. */
  private static final class FilteringPeer extends DelegatingPeer {
    private volatile Optional<String> function = Optional.of("a");

    FilteringPeer(Peer peer) {
      super(peer);
    }

    @Override
    public Optional<String> filterSource(FilterName filter) {
      assertThat(filter).isEqualTo(new FilterName("desk", "mine"));
      return function;
    }

    private ChangesQuery passing(ChangesQuery query) {
      List<String> ids = List.of(function.orElseThrow().split(","));
      return new ChangesQuery(
          query.since(), query.limit(), new Selection.DocIds(ids), query.winnersOnly());
    }

    @Override
    public ChangesPage changes(ChangesQuery query) {
      return super.changes(passing(query));
    }

    @Override
    public LiveChanges follow(ChangesQuery query) {
      return super.follow(passing(query));
    }
  }

  private Replication replication(ReplicationSpec what) {
    Peer target = centre.peer();
    return new Replication(
        ReplicationId.of("node", source, target, what),
        source,
        target,
        what,
        Surroundings.system(),
        new Backoff(Duration.ZERO, Duration.ZERO),
        Pipeline::new);
  }

  private ReplicationResult completed() {
    Replication replication = replication(spec);
    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    return replication.result().orElseThrow();
  }

  @Test
  void withTheSameFunctionItGoesOn() {
    clinic.edit("a", "{}");
    ReplicationResult first = completed();
    clinic.edit("a", "{\"v\":2}");
    ReplicationResult second = completed();
    assertThat(second.history()).hasSize(2);
    assertThat(second.history().getFirst().startLastSeq())
        .isEqualTo(first.history().getFirst().endLastSeq());
  }

  @Test
  void withAnotherFunctionOfTheSameNameItBeginsAnew() {
    clinic.edit("a", "{}");
    clinic.edit("b", "{}");
    completed();
    assertThat(centre.fingerprint()).containsOnlyKeys("a");

    source.function = Optional.of("a,b");
    ReplicationResult anew = completed();
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
    assertThat(anew.history()).hasSize(1);
  }

  @Test
  void withTheFirstFunctionAgainItGoesOnWhereThatWas() {
    clinic.edit("a", "{}");
    completed();
    source.function = Optional.of("a,b");
    completed();
    source.function = Optional.of("a");
    assertThat(completed().noChanges()).isTrue();
  }

  @Test
  void aFunctionThatIsNotThereIsNamed() {
    source.function = Optional.empty();
    Replication replication = replication(spec);
    assertThat(replication.run()).isEqualTo(Replication.State.FAILED);
    assertThat(replication.lastError().orElseThrow())
        .hasMessageContaining("no filter function desk/mine at clinic");
  }

  @Test
  void aLiveOneNoticesWithTheNextCheckpoint() {
    ReplicationSpec often =
        new ReplicationSpec(
            spec.source(),
            spec.target(),
            spec.selection(),
            true,
            false,
            false,
            Optional.empty(),
            true,
            Duration.ofMillis(1));
    clinic.edit("a", "{}");
    clinic.edit("b", "{}");
    Replication replication = replication(often);
    Thread running = Thread.ofVirtual().start(replication::run);
    LiveReplicationTest.await(() -> replication.status().checkpointedSeq().startsWith("2-"));
    assertThat(centre.fingerprint()).containsOnlyKeys("a");

    source.function = Optional.of("a,b");
    clinic.edit("a", "{\"v\":2}");
    LiveReplicationTest.await(() -> centre.fingerprint().equals(clinic.fingerprint()));
    replication.cancel();
    ReplicationTest.join(running);
  }
}
