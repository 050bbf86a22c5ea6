package org.skerry.replication.http;

import org.skerry.replication.http.Calls.Answer;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Refusal;

/** What a status says of the documents that were sent or asked for. */
final class Refusals {
  private Refusals() {}

  /**
   * Bad request, expectation or precondition (a missing stub), too large, not to be processed. And
   * a conflict, though under their own names revisions have none: a peer that finds one finds it
   * each time.
   */
  static boolean isAboutDocuments(int status) {
    return switch (status) {
      case 400, 409, 412, 413, 417, 422 -> true;
      default -> false;
    };
  }

  /** Whether somebody does not know, or does not let in, whoever sends it. */
  static boolean isDenied(int status) {
    return status == 401 || status == 403;
  }

  /**
   * Whether it may be that of a document, and others go through. A database that is full or busy
   * says 503 or 507; these a database says that stumbles over a document, and a gateway that lost
   * patience with it, or with whoever sent it too slowly.
   */
  static boolean mayBeOfTheDocument(int status) {
    return status == 500 || status == 502 || status == 504 || status == 408;
  }

  /** A refusal of one revision, in the words of its answer. */
  static Refusal of(FetchedRevision revision, Answer answer) {
    String said = Calls.said(answer);
    int colon = said.indexOf(": ");
    String word = colon < 0 ? "bad_request" : said.substring(0, colon);
    String error =
        switch (answer.status()) {
          case 401 -> Refusal.UNAUTHORIZED;
          // A database says that a document is forbidden; a gateway says what it likes.
          case 403 -> word.equals("forbidden") ? word : Refusal.UNAUTHORIZED;
          case 413 -> "too_large";
          default -> word;
        };
    return new Refusal(revision.id().text(), revision.rev().toString(), error, said);
  }

  /** The peer failed when it was sent that one alone. */
  static Refusal failing(FetchedRevision revision, PeerException why) {
    return new Refusal(
        revision.id().text(),
        revision.rev().toString(),
        Refusal.TARGET_FAILS,
        String.valueOf(why.getMessage()));
  }
}
