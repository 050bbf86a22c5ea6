package org.skerry.postgres.capture;

import java.util.List;
import java.util.Optional;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.postgres.row.RowRef;
import org.skerry.revision.RevId;

/**
 * A revision that is to be written.
 *
 * @param row whose row it is
 */
record Draft(RowRef row, DocId id, Optional<RevId> parent, RevId rev, Content content) {
  /** What a revision says. */
  record Content(boolean deleted, Body body, List<AttachmentRef> attachments) {
    static final Content DELETED = new Content(true, Body.EMPTY, List.of());

    Content {
      attachments = List.copyOf(attachments);
    }
  }

  /** A revision, named by what it follows and says. */
  static Draft of(RowRef row, String id, Optional<RevId> parent, Content content) {
    return new Draft(row, DocId.of(id), parent, Documents.name(parent, content), content);
  }
}
