package org.skerry.replication.http;

import org.skerry.replication.http.Calls.Answer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;

/**
 * A request that got no answer, or a bad one, says of the line that it is down, of the peer that it
 * fails altogether, or that it stumbles over just this: asking for something else tells.
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
    return isAnswered(calls, answer -> true);
  }

  /** Whether the peer answers well when it is asked about its database. */
  static boolean isGood(Calls calls) {
    return isAnswered(calls, Answer::isGood);
  }

  private static boolean isAnswered(Calls calls, Calls.Reader<Boolean> reader) {
    try {
      return calls.call(Request.get(""), reader);
    } catch (PeerException e) {
      return false;
    }
  }
}
