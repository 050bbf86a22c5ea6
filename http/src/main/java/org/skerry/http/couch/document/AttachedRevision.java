package org.skerry.http.couch.document;

import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentInput;
import org.skerry.database.Database;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/**
 * The revision whose attachments an edit changes.
 *
 * @param parent nothing when the request names none
 */
record AttachedRevision(Optional<RevId> parent, Body body, List<AttachmentRef> attachments) {
  private static final AttachedRevision NONE =
      new AttachedRevision(Optional.empty(), Body.EMPTY, List.of());

  /**
   * The revision that the request names, or nothing yet.
   *
   * @throws HttpProblem 409 when it names none and there is a live document, or names one that is
   *     no leaf
   */
  static AttachedRevision of(Exchange exchange, Database database, DocId id) {
    Optional<RevId> rev = Revs.agreed(exchange, Optional.empty());
    Optional<StoredDocument> document =
        new DocumentReading(database.store()).load(id, new Fields(false, Fields.Bodies.LEAVES));
    if (rev.isEmpty()) {
      if (document.isPresent() && !document.get().deleted()) {
        throw HttpProblem.conflict();
      }
      return NONE;
    }
    StoredRevision revision =
        document.flatMap(found -> found.revision(rev.get())).orElseThrow(HttpProblem::conflict);
    return new AttachedRevision(rev, revision.body(), revision.attachments());
  }

  /**
   * What there is for a request that names no revision, and so will change nothing.
   *
   * @throws HttpProblem 404 when there is no live document
   */
  static AttachedRevision winner(Database database, DocId id) {
    StoredRevision revision =
        new DocumentReading(database.store()).live(id, Fields.WINNER).revisions().getFirst();
    return new AttachedRevision(Optional.empty(), revision.body(), revision.attachments());
  }

  /** The attachments that stay, as stubs. */
  List<AttachmentInput> stubsWithout(String name) {
    return attachments.stream()
        .filter(attachment -> !attachment.name().equals(name))
        .<AttachmentInput>map(
            attachment ->
                new AttachmentInput.Stub(
                    attachment.name(),
                    Optional.of(attachment.revpos()),
                    Optional.of(attachment.digest())))
        .toList();
  }

  boolean has(String name) {
    return attachments.stream().anyMatch(attachment -> attachment.name().equals(name));
  }
}
