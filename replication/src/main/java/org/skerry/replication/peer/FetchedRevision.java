package org.skerry.replication.peer;

import java.util.List;
import org.skerry.attachment.AttachmentForm;
import org.skerry.document.DocId;
import org.skerry.document.DocumentLimits;
import org.skerry.document.DocumentReader;
import org.skerry.document.IncomingDocument;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.StoredRevision;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import org.skerry.wire.JsonOut;

/**
 * A revision between two peers, in the form in which its source had it. Immutable.
 *
 * <p>Two forms, because a document that goes from one HTTP peer to another is never taken apart,
 * and one that goes from one local database to another is never put together.
 */
public sealed interface FetchedRevision {
  DocId id();

  RevId rev();

  /** About how much memory it takes, in bytes. */
  int weight();

  /** The document as CouchDB's JSON, with {@code _revisions}. Shared: do not change. */
  byte[] json();

  /** A document as JSON. */
  record AsJson(DocId id, RevId rev, byte[] json) implements FetchedRevision {
    @Override
    public int weight() {
      return json.length;
    }

    /** Takes the document apart, and checks all of it. */
    public IncomingDocument parse() {
      return DocumentReader.read(json, new DocumentLimits(Integer.MAX_VALUE - 8, 500));
    }
  }

  /**
   * A document as a store keeps it.
   *
   * @param form which of its attachments' bytes follow
   */
  record AsStored(DocId id, StoredRevision revision, RevPath path, AttachmentForm form)
      implements FetchedRevision {
    @Override
    public RevId rev() {
      return revision.rev();
    }

    @Override
    public int weight() {
      return revision.body().json().length + 64 * path.revisions().size();
    }

    @Override
    public byte[] json() {
      DocumentExtras extras = DocumentExtras.NONE.withRevisions(path).withAttachments(form, true);
      return JsonOut.bytes(out -> DocumentJson.write(out, id, revision, extras));
    }

    /** The names of the attachments, in order. */
    public List<String> attachmentNames() {
      return revision.attachments().stream().map(attachment -> attachment.name()).toList();
    }
  }
}
