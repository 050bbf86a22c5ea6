package org.skerry.replication.http;

import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;

/**
 * A request that got no answer says of the line that it is down, or of the peer that it stumbles
 * over just this: asking for something else tells.
 */
final class StandingLine {
  private StandingLine() {}

  /**
   * Whether another request is answered, whatever it says.
   *
   * @param broken what became of the first
   */
  static boolean isSeen(Calls calls, PeerException broken) {
    if (broken.kind() != Kind.UNREACHABLE || Thread.currentThread().isInterrupted()) {
      return false;
    }
    try {
      return calls.call(Request.get(""), answer -> true);
    } catch (PeerException e) {
      return false;
    }
  }
}
