package org.skerry.replication.peer;

/** Turns what somebody named into a peer. */
@FunctionalInterface
public interface PeerOpener {
  /**
   * A peer of that name. Whether it can be reached shows at its first step. Whoever opens it closes
   * it.
   */
  Peer open(Endpoint endpoint);
}
