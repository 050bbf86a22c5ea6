package org.skerry.replication.peer;

import java.util.List;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/**
 * Takes what {@link Peer#fetch} reads. An exception it throws ends the reading and reaches the
 * caller.
 */
public interface FetchSink {
  /** A revision whose attachments, if it has any, the other end has too. It may be kept. */
  void revision(FetchedRevision revision);

  /**
   * A revision with attachments; their bytes can be read until this returns, in the order of the
   * document.
   */
  void withAttachments(FetchedRevision revision, FollowingBytes bytes);

  /**
   * A revision that the source listed and does not give.
   *
   * @param reason in the source's words
   */
  void unreadable(DocId id, RevId rev, String reason);

  /**
   * The source failed when it was asked for a document by itself, and can be asked for others.
   *
   * @param revs those that were asked for
   * @param why thrown where the sink does not want to know
   */
  default void failing(DocId id, List<RevId> revs, PeerException why) {
    throw why;
  }

  /**
   * Revisions were asked for together ({@code _bulk_get}).
   *
   * @param asked how many
   * @param given how many of them came
   */
  default void readInBulk(int asked, int given) {}
}
