package org.skerry.replication.peer;

class LocalPeerTest extends PeerContract {
  @Override
  protected Peer peer() {
    return island.peer();
  }
}
