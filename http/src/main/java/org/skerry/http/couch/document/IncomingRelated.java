package org.skerry.http.couch.document;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.skerry.attachment.BadAttachmentException;
import org.skerry.document.DocumentLimits;
import org.skerry.document.DocumentReader;
import org.skerry.document.IncomingDocument;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.multipart.HeaderValue;
import org.skerry.multipart.MultipartReader;
import org.skerry.multipart.Part;
import org.skerry.wire.FollowingParts;

/**
 * A document that came as multipart/related: its JSON first, then its attachments in the order of
 * their members. A part that says another name than its place does is refused, since its bytes
 * would go to the wrong attachment.
 */
final class IncomingRelated implements FollowingParts {
  private final MultipartReader reader;
  private final IncomingDocument document;

  private IncomingRelated(MultipartReader reader, IncomingDocument document) {
    this.reader = reader;
    this.document = document;
  }

  /** The request's body, if it says that it is multipart/related; its document is read. */
  static Optional<IncomingRelated> of(Exchange exchange, DocumentLimits limits) throws IOException {
    Optional<HeaderValue> type = exchange.header("Content-Type").map(HeaderValue::parse);
    if (type.isEmpty() || !type.get().value().equalsIgnoreCase("multipart/related")) {
      return Optional.empty();
    }
    MultipartReader reader = MultipartReader.of(exchange.body(), type.get());
    Part first =
        reader
            .next()
            .orElseThrow(
                () ->
                    HttpProblem.badRequest(
                        "bad_request", "The multipart body has no part with the document"));
    byte[] json = held(first.body(), limits);
    return Optional.of(new IncomingRelated(reader, DocumentReader.read(json, limits)));
  }

  /**
   * Underscore members do not count to a document's size; sixteen times is more than any honest
   * ones.
   */
  private static byte[] held(InputStream body, DocumentLimits limits) throws IOException {
    int most = (int) Math.min(Integer.MAX_VALUE - 8L, 16L * limits.maxBodyBytes());
    byte[] json = body.readNBytes(most);
    if (json.length == most) {
      throw new HttpProblem(413, "document_too_large", "document of " + most + " bytes and more");
    }
    return json;
  }

  IncomingDocument document() {
    return document;
  }

  @Override
  public InputStream next(String name) throws IOException {
    Part part =
        reader
            .next()
            .orElseThrow(
                () ->
                    new BadAttachmentException(
                        "Attachment '"
                            + name
                            + "' follows, but the multipart body ends before it"));
    if (!part.headers().mayBe(name)) {
      throw new BadAttachmentException(
          "Attachment '"
              + name
              + "' should follow here, but the part is named '"
              + part.headers().filename().orElse("")
              + "'");
    }
    return part.body();
  }

  @Override
  public void end() throws IOException {
    if (reader.next().isPresent()) {
      throw new BadAttachmentException("The multipart body has parts that no attachment names");
    }
  }
}
