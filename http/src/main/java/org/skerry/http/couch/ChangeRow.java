package org.skerry.http.couch;

import java.io.IOException;
import java.util.List;
import org.skerry.changes.SinceTokens;
import org.skerry.database.Database;
import org.skerry.revision.Leaf;
import org.skerry.store.AttachmentStore;
import org.skerry.store.StoredDocument;

/** Writes rows of {@code _changes}, the same in every form of the feed. */
final class ChangeRow {
  private final SinceTokens tokens;
  private final AttachmentStore attachments;
  private final DocumentOptions documents;
  private final long seqInterval;

  ChangeRow(Database database, DocumentOptions documents, long seqInterval) {
    this.tokens = database.changes().tokens();
    this.attachments = database.store().attachments();
    this.documents = documents;
    this.seqInterval = seqInterval;
  }

  /**
   * Writes a row.
   *
   * @param number of the row in its answer, from 1
   */
  void write(RowOut out, StoredDocument document, List<Leaf> revisions, long number)
      throws IOException {
    out.raw("{\"seq\":");
    if (number % seqInterval == 0) {
      out.write('"');
      out.number(document.seq().number());
      out.raw(tokens.suffix(document.seq()));
      out.write('"');
    } else {
      out.raw("null");
    }
    out.raw(",\"id\":");
    out.id(document.id());
    String before = ",\"changes\":[{\"rev\":";
    for (Leaf leaf : revisions) {
      out.raw(before);
      out.rev(leaf.rev());
      before = "},{\"rev\":";
    }
    out.raw(document.deleted() ? "}],\"deleted\":true" : "}]");
    if (documents.include()) {
      out.raw(",\"doc\":");
      out.document(
          document.id(), document.revisions().getFirst(), documents.extras(document, attachments));
    }
    out.write('}');
  }
}
