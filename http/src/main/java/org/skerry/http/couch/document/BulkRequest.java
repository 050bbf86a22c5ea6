package org.skerry.http.couch.document;

import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/** One element of {@code docs} in {@code _bulk_get}. */
sealed interface BulkRequest {
  /**
   * A revision, or the winner.
   *
   * @param since the revisions that the reader has, so that only later attachments come with bytes
   */
  record Valid(DocId id, Optional<RevId> rev, List<RevId> since) implements BulkRequest {}

  /** Something that cannot be asked for. */
  record Invalid(String id, String rev, String error, String reason) implements BulkRequest {}
}
