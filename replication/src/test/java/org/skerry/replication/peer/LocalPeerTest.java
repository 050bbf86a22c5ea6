package org.skerry.replication.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LocalPeerTest extends PeerContract {
  @Override
  protected Peer peer() {
    return island.peer();
  }

  /** No time makes it a name: a replication that is asked to create it ends at once. */
  @Test
  void whatNoDatabaseMayBeCalledIsNotCreatedLater() {
    Endpoint.Local odd = new Endpoint.Local("Bad Name");
    try (LocalPeer peer = new LocalPeer(island.databases(), odd, "node", LocalLimits.DEFAULT)) {
      assertThatThrownBy(peer::create)
          .isInstanceOfSatisfying(PeerException.class, e -> assertThat(e.isTransient()).isFalse())
          .hasMessageContaining("Must begin with a letter");
    }
  }
}
