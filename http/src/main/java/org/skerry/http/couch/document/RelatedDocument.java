package org.skerry.http.couch.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.attachment.AttachmentBody;
import org.skerry.attachment.AttachmentForm;
import org.skerry.document.AttachmentRef;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.document.DocId;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.multipart.HeaderValue;
import org.skerry.multipart.MultipartWriter;
import org.skerry.multipart.PartHeaders;
import org.skerry.store.AttachmentStore;
import org.skerry.store.StoredRevision;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import org.skerry.wire.JsonOut;

/**
 * A document on its way out as multipart/related: its JSON, then the bytes of its attachments as
 * they are stored.
 *
 * @param which the attachments whose bytes the reader lacks
 */
record RelatedDocument(
    DocId id, StoredRevision revision, DocumentExtras extras, Predicate<AttachmentRef> which) {

  /**
   * Sends the document as the whole answer.
   *
   * @param tag the ETag, if there is one
   */
  void answer(Exchange exchange, AttachmentStore store, Optional<String> tag) throws IOException {
    String boundary = MultipartWriter.newBoundary();
    String type = HeaderValue.of("multipart/related").with("boundary", boundary).toString();
    AnswerHead head = AnswerHead.of(200, type);
    OutputStream out = exchange.stream(tag.map(name -> head.with("ETag", name)).orElse(head));
    MultipartWriter writer = new MultipartWriter(out, boundary);
    write(writer, store);
    writer.finish();
    out.close();
  }

  /** Writes all parts; the caller finishes the multipart. */
  void write(MultipartWriter writer, AttachmentStore store) throws IOException {
    DocumentExtras following = extras.withAttachments(new AttachmentForm.Follows(which), true);
    writer
        .part(PartHeaders.EMPTY.with("Content-Type", "application/json"))
        .write(JsonOut.bytes(out -> DocumentJson.write(out, id, revision, following)));
    for (AttachmentRef attachment : revision.attachments()) {
      if (which.test(attachment)) {
        OutputStream part = writer.part(headers(attachment));
        try (InputStream bytes = AttachmentBody.stored(store, attachment).stream()) {
          bytes.transferTo(part);
        }
      }
    }
  }

  private static PartHeaders headers(AttachmentRef attachment) {
    PartHeaders headers =
        PartHeaders.ofAttachment(attachment.name(), attachment.contentType())
            .with("Content-Length", Long.toString(attachment.storedLength()));
    return attachment.encoding() == Encoding.GZIP
        ? headers.with("Content-Encoding", "gzip")
        : headers;
  }
}
