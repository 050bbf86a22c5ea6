package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;

/** Which ends a replicator opens, and that it closes each of them. */
@Timeout(300)
class ReplicatorEndsTest {
  private static final Endpoint CLINIC = new Endpoint.Local("clinic");
  private static final Endpoint CENTRE = new Endpoint.Local("centre");
  private static final Endpoint NOWHERE = new Endpoint.Local("nowhere");

  /** Whether closing an end throws. */
  private volatile boolean breaking;

  private final Island clinic = new Island("clinic");
  private final Island centre = new Island("centre");
  private final List<String> open = new ArrayList<>();
  private final Replicator replicator = new Replicator("node", this::open, Surroundings.system());

  @AfterEach
  void close() {
    replicator.close();
    clinic.close();
    centre.close();
  }

  private Peer open(Endpoint end) {
    if (end.equals(NOWHERE)) {
      throw new PeerException(PeerException.Kind.NO_DATABASE, "there is no such place");
    }
    boolean near = end.equals(CLINIC);
    return new Counted(near ? "clinic" : "centre", (near ? clinic : centre).peer());
  }

  /** A peer that is known to be open. */
  private final class Counted extends DelegatingPeer {
    private final String what;

    Counted(String what, Peer peer) {
      super(peer);
      this.what = what;
      synchronized (open) {
        open.add(what);
      }
    }

    @Override
    public void close() {
      synchronized (open) {
        open.remove(what);
      }
      super.close();
      if (breaking) {
        throw new IllegalStateException("the line of " + what + " broke");
      }
    }
  }

  private List<String> left() {
    synchronized (open) {
      return List.copyOf(open);
    }
  }

  @Test
  void aSourceWhoseTargetCannotBeOpenedIsClosedAgain() {
    ReplicationSpec spec = ReplicationSpec.of(CLINIC, NOWHERE);
    assertThatThrownBy(() -> replicator.start(spec)).isInstanceOf(PeerException.class);
    assertThatThrownBy(() -> replicator.id(spec)).isInstanceOf(PeerException.class);
    assertThat(left()).isEmpty();
    assertThat(replicator.running()).isEmpty();
  }

  @Test
  void aReplicationThatEndsHasClosedBoth() throws Exception {
    clinic.edit("a", "{}");
    replicator.run(ReplicationSpec.of(CLINIC, CENTRE));
    assertThat(centre.document("a")).isPresent();
    assertThat(left()).isEmpty();
  }

  @Test
  void anEndThatCannotBeClosedTakesNoResultAway() throws Exception {
    breaking = true;
    clinic.edit("a", "{}");
    CountDownLatch told = new CountDownLatch(1);
    replicator.listen((one, origin) -> told.countDown());
    ReplicationSpec spec = ReplicationSpec.of(CLINIC, CENTRE);
    Replication ran = replicator.run(spec);
    told.await();
    assertThat(ran.status().state()).isEqualTo(Replication.State.COMPLETED);
    assertThat(centre.document("a")).isPresent();
    assertThat(replicator.retryRefused(spec)).isZero();
    Replication live = replicator.start(spec.continuous());
    assertThat(replicator.start(spec.continuous())).isSameAs(live);
    assertThat(replicator.cancel(spec.continuous())).containsSame(live);
    assertThatThrownBy(() -> replicator.id(ReplicationSpec.of(CLINIC, NOWHERE)))
        .isInstanceOf(PeerException.class);
    assertThat(left()).isEmpty();
    assertThat(replicator.running()).isEmpty();
  }

  @Test
  void whoJoinsOneThatRunsOpensNothingThatStaysOpen() throws Exception {
    ReplicationSpec spec = ReplicationSpec.of(CLINIC, CENTRE).continuous();
    CountDownLatch told = new CountDownLatch(1);
    replicator.listen((one, origin) -> told.countDown());
    Replication first = replicator.start(spec);
    assertThat(replicator.start(spec)).isSameAs(first);
    assertThat(left()).containsExactlyInAnyOrder("clinic", "centre");
    assertThat(replicator.begin(spec, Origin.NOBODY)).isEmpty();
    assertThat(replicator.count(origin -> true)).isEqualTo(1);
    assertThat(replicator.spec(first.id().toString())).contains(spec);
    assertThat(replicator.cancel(spec)).containsSame(first);
    told.await();
    assertThat(left()).isEmpty();
    assertThat(replicator.find(first.id().toString())).isEmpty();
  }

  @Test
  void whoIsClosedBeginsNoMore() {
    replicator.close();
    assertThatThrownBy(() -> replicator.start(ReplicationSpec.of(CLINIC, CENTRE)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(left()).isEmpty();
  }
}
