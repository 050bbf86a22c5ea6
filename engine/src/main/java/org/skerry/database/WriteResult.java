package org.skerry.database;

import java.util.List;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.Seq;

/** What became of one revision that somebody wanted written. */
public sealed interface WriteResult {
  /** It is durable, and stands in the feed at that position. */
  record Written(RevId rev, Seq seq) implements WriteResult {}

  /** A foreign revision that was here already. */
  record Present(RevId rev) implements WriteResult {}

  /**
   * An edit of something that is no leaf (any more). The leaves are what stands there now, winner
   * first.
   */
  record Conflict(List<Leaf> leaves) implements WriteResult {}

  /** A stub names an attachment that no known revision has. */
  record MissingStub(DocId id, String attachment) implements WriteResult {}

  /**
   * A guard does not let it in.
   *
   * @param error CouchDB's word, as in {@link WriteGuard.Verdict.Refuse}
   * @param reason for people
   */
  record Forbidden(String error, String reason) implements WriteResult {}
}
