package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Refusal;

/** A target that has what it answered in memory until it is told to keep it. */
class DurableTargetTest {
  private final Island clinic = new Island("clinic");
  private final Island centre = new Island("centre");

  @AfterEach
  void close() {
    clinic.close();
    centre.close();
  }

  private static final class Delaying extends DelegatingPeer {
    private final AtomicBoolean open = new AtomicBoolean();

    Delaying(Peer peer) {
      super(peer);
    }

    @Override
    public List<Refusal> write(List<FetchedRevision> revisions) {
      open.set(true);
      return super.write(revisions);
    }

    @Override
    public String ensureFullCommit() {
      open.set(false);
      return super.ensureFullCommit();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsCompletedIsKept(boolean checkpoints) {
    clinic.edit("a", "{}");
    Delaying target = new Delaying(centre.peer());
    ReplicationSpec spec =
        ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"));
    Replication replication =
        AtOnce.replication(clinic.peer(), target, checkpoints ? spec : spec.withoutCheckpoints());
    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
    assertThat(target.open).isFalse();
  }
}
