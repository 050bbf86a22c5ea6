package org.skerry.http.couch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.skerry.changes.SinceTokens;
import org.skerry.database.Database;
import org.skerry.mango.Projection;
import org.skerry.revision.Leaf;
import org.skerry.store.AttachmentStore;
import org.skerry.store.StoredDocument;

/** Writes rows of {@code _changes}, the same in every form of the feed. */
final class ChangeRow {
  private final SinceTokens tokens;
  private final AttachmentStore attachments;
  private final DocumentOptions documents;
  private final Optional<Projection> fields;
  private final long seqInterval;

  /**
   * Rows of a database's feed.
   *
   * @param fields what is shown of documents, if not all
   * @param seqInterval every so many rows the position is told
   */
  ChangeRow(
      Database database, DocumentOptions documents, Optional<Projection> fields, long seqInterval) {
    this.tokens = database.changes().tokens();
    this.attachments = database.store().attachments();
    this.documents = documents;
    this.fields = fields;
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
      if (fields.isPresent()) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        RowOut into = new RowOut(whole);
        write(into, document);
        into.close();
        out.raw(fields.get().of(whole.toByteArray()));
      } else {
        write(out, document);
      }
    }
    out.write('}');
  }

  private void write(RowOut out, StoredDocument document) throws IOException {
    out.document(
        document.id(), document.revisions().getFirst(), documents.extras(document, attachments));
  }
}
