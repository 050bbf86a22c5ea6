package org.skerry.http.couch;

import java.util.List;
import org.skerry.changes.SinceTokens;
import org.skerry.database.Database;
import org.skerry.revision.Leaf;
import org.skerry.store.AttachmentStore;
import org.skerry.store.StoredDocument;
import org.skerry.wire.DocumentJson;
import tools.jackson.core.JsonGenerator;

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
   * @return its position
   */
  String write(JsonGenerator out, StoredDocument document, List<Leaf> revisions, long number) {
    String seq = tokens.format(document.seq());
    out.writeStartObject();
    if (number % seqInterval == 0) {
      out.writeStringProperty("seq", seq);
    } else {
      out.writeNullProperty("seq");
    }
    out.writeStringProperty("id", document.id().text());
    out.writeArrayPropertyStart("changes");
    for (Leaf leaf : revisions) {
      out.writeStartObject();
      out.writeStringProperty("rev", leaf.rev().toString());
      out.writeEndObject();
    }
    out.writeEndArray();
    if (document.deleted()) {
      out.writeBooleanProperty("deleted", true);
    }
    if (documents.include()) {
      out.writeName("doc");
      DocumentJson.write(
          out,
          document.id(),
          document.revisions().getFirst(),
          documents.extras(document, attachments));
    }
    out.writeEndObject();
    return seq;
  }
}
