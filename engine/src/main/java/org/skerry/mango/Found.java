package org.skerry.mango;

import java.util.List;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.StoredRevision;

/** A document in an answer. */
public sealed interface Found {
  /**
   * A document as a whole.
   *
   * @param conflicts the other live leaves; empty also when nobody asked
   */
  record Whole(DocId id, StoredRevision revision, List<RevId> conflicts) implements Found {}

  /** Those members that were asked for, as a JSON object. */
  record Members(byte[] json) implements Found {}
}
