package org.skerry.http.couch.document;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.skerry.document.AttachmentRef;
import org.skerry.document.DocId;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.multipart.HeaderValue;
import org.skerry.multipart.MultipartWriter;
import org.skerry.multipart.PartHeaders;
import org.skerry.revision.RevId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/**
 * Revisions on their way out as multipart/mixed: one part each, itself a multipart if attachments
 * follow.
 */
final class MixedDocuments {
  private static final String JSON = "application/json";

  private final OutputStream out;
  private final MultipartWriter writer;

  private MixedDocuments(OutputStream out, MultipartWriter writer) {
    this.out = out;
    this.writer = writer;
  }

  static MixedDocuments begin(Exchange exchange) throws IOException {
    String boundary = MultipartWriter.newBoundary();
    String type = HeaderValue.of("multipart/mixed").with("boundary", boundary).toString();
    OutputStream out = exchange.stream(AnswerHead.of(200, type));
    return new MixedDocuments(out, new MultipartWriter(out, boundary));
  }

  /** A revision, with its attachments' bytes if they are wanted. */
  void document(DocId id, Found found, ReadOptions options, AttachmentStore store)
      throws IOException {
    DocumentExtras extras =
        options.revs() ? DocumentExtras.NONE.withRevisions(found.path()) : DocumentExtras.NONE;
    Predicate<AttachmentRef> lacking = DocumentReading.lacking(found.path(), options.attsSince());
    Optional<AttachmentRef> lost =
        options.attachments()
            ? found.revision().attachments().stream()
                .filter(lacking.and(one -> isLost(one, store)))
                .findFirst()
            : Optional.empty();
    if (lost.isPresent()) {
      // Said, where the answer would break off and nothing behind it be read.
      String why = "the bytes of attachment '" + lost.get().name() + "' are not here";
      missing(found.revision().rev(), Optional.of(why));
    } else if (options.attachments() && found.revision().attachments().stream().anyMatch(lacking)) {
      MultipartWriter nested = writer.nested("related", PartHeaders.EMPTY);
      new RelatedDocument(id, found.revision(), extras, lacking).write(nested, store);
      nested.finish();
    } else {
      json(HeaderValue.of(JSON), body -> DocumentJson.write(body, id, found.revision(), extras));
    }
  }

  private static boolean isLost(AttachmentRef attachment, AttachmentStore store) {
    Optional<AttachmentStore.Pin> pin = store.pin(attachment.blob());
    pin.ifPresent(AttachmentStore.Pin::close);
    return pin.isEmpty();
  }

  /**
   * A revision that is not here.
   *
   * @param damage why, where it was and cannot be read any more
   */
  void missing(RevId rev, Optional<String> damage) throws IOException {
    json(
        HeaderValue.of(JSON).with("error", "true"),
        body -> {
          body.writeStartObject();
          body.writeStringProperty("missing", rev.toString());
          damage.ifPresent(why -> body.writeStringProperty("reason", why));
          body.writeEndObject();
        });
  }

  /** A row of {@code _bulk_get} without a document. */
  void refused(BulkRow.Refused refused) throws IOException {
    json(HeaderValue.of(JSON).with("error", "true"), refused::write);
  }

  private void json(HeaderValue type, Consumer<JsonGenerator> content) throws IOException {
    writer.part(PartHeaders.EMPTY.with("Content-Type", type)).write(JsonOut.bytes(content));
  }

  void end() throws IOException {
    writer.finish();
    out.close();
  }
}
