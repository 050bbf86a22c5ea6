package org.skerry.http.couch;

import org.junit.jupiter.api.AfterEach;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerContract;

/** Our client against our server: both sides of the protocol at once. */
class HttpPeerTest extends PeerContract {
  private final ServedIsland served = new ServedIsland(island.databases());

  @AfterEach
  void stop() {
    served.close();
  }

  @Override
  protected Peer peer() {
    return served.peer("island");
  }
}
