package org.skerry.http.couch.document;

import java.util.List;
import java.util.Optional;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.http.HttpProblem;
import org.skerry.revision.InvalidRevIdException;
import org.skerry.revision.RevId;
import tools.jackson.databind.JsonNode;

/** One element of {@code docs} in {@code _bulk_get}. */
sealed interface BulkRequest {
  /**
   * A revision, or all leaves.
   *
   * @param since the revisions that the reader has, so that only later attachments come with bytes
   */
  record Valid(DocId id, Optional<RevId> rev, List<RevId> since) implements BulkRequest {}

  /**
   * Something that cannot be asked for.
   *
   * @param id as it was asked for, if it was
   * @param rev what should have been a revision, if that is the mistake
   */
  record Invalid(Optional<String> id, Optional<String> rev, String error, String reason)
      implements BulkRequest {}

  /** Reads an element; a mistake concerns it alone. */
  static BulkRequest of(JsonNode doc) {
    if (!doc.isObject() || doc.isEmpty()) {
      return invalid(Optional.empty(), "bad_request", "document must be a JSON object");
    }
    JsonNode id = doc.path("id");
    if (id.isMissingNode()) {
      return invalid(Optional.empty(), "bad_request", "document id missed");
    }
    if (!id.isString()) {
      return invalid(Optional.of(id.toString()), "illegal_docid", "Document id must be a string");
    }
    try {
      return revision(DocId.of(id.asString()), doc);
    } catch (BadDocumentException e) {
      return invalid(Optional.of(id.asString()), "illegal_docid", String.valueOf(e.getMessage()));
    }
  }

  private static BulkRequest revision(DocId id, JsonNode doc) {
    JsonNode rev = doc.path("rev");
    String text = rev.isString() ? rev.asString() : rev.toString();
    try {
      Optional<RevId> wanted =
          doc.hasNonNull("rev") ? Optional.of(RevId.parse(text)) : Optional.empty();
      List<RevId> since =
          doc.hasNonNull("atts_since") ? ReadOptions.revs(doc.get("atts_since")) : List.of();
      return new Valid(id, wanted, since);
    } catch (InvalidRevIdException e) {
      return new Invalid(
          Optional.of(id.text()), Optional.of(text), "bad_request", "Invalid rev format");
    } catch (HttpProblem problem) {
      return invalid(Optional.of(id.text()), problem.error(), problem.reason());
    }
  }

  private static Invalid invalid(Optional<String> id, String error, String reason) {
    return new Invalid(id, Optional.empty(), error, reason);
  }
}
