package org.skerry.store;

import java.util.List;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/**
 * Leaves of one document that are to be forgotten, with the ancestors that only they have. What is
 * no leaf of it is left alone.
 */
public record PurgeRequest(DocId id, List<RevId> revs) {
  public PurgeRequest {
    revs = List.copyOf(revs);
  }
}
