package org.skerry.http.couch.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentBody;
import org.skerry.database.Database;
import org.skerry.document.AttachmentRef;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.document.DocId;
import org.skerry.http.AcceptEncoding;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead;
import org.skerry.http.ByteRange;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.multipart.HeaderValue;
import org.skerry.multipart.MultipartWriter;
import org.skerry.revision.RevId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.Fields;
import org.skerry.store.StoredRevision;

/**
 * {@code GET /db/doc/attachment}: its bytes, whole or ranges, streamed. Bytes kept with gzip go out
 * so to clients that take it, and decoded to others.
 */
final class GetAttachment implements DatabaseEndpoint {
  private final DocumentPath path;

  GetAttachment(DocumentPath path) {
    this.path = path;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    AttachmentRef attachment =
        find(exchange, database, path.id(exchange), exchange.variable("attachment"));
    String tag = '"' + attachment.digest().substring("md5-".length()) + '"';
    if (Revs.clientHas(exchange, tag)) {
      exchange.answer(Answer.empty(304).with("ETag", tag));
      return;
    }
    AttachmentStore store = database.store().attachments();
    boolean encoded = attachment.encoding() == Encoding.GZIP;
    AnswerHead head = head(200, HeaderValue.line(attachment.contentType()), attachment, tag);
    if (!encoded) {
      answerIdentity(exchange, store, attachment, head, tag);
    } else if (AcceptEncoding.gzip(exchange)) {
      send(
          exchange,
          head.with("Content-Encoding", "gzip"),
          AttachmentBody.stored(store, attachment));
    } else {
      send(exchange, head, AttachmentBody.decoded(store, attachment));
    }
  }

  /**
   * An attachment is whatever somebody uploaded: a browser must not run it as a page of this node.
   */
  private static AnswerHead head(int status, String type, AttachmentRef attachment, String tag) {
    boolean encoded = attachment.encoding() == Encoding.GZIP;
    AnswerHead head =
        AnswerHead.of(status, type)
            .with("ETag", tag)
            .with("Accept-Ranges", encoded ? "none" : "bytes")
            .with("Content-Security-Policy", "sandbox")
            .with("X-Content-Type-Options", "nosniff");
    return encoded ? head.with("Vary", "Accept-Encoding") : head;
  }

  private static AttachmentRef find(Exchange exchange, Database database, DocId id, String name) {
    DocumentReading reading = new DocumentReading(database.store());
    Optional<RevId> rev = ReadOptions.rev(exchange.query());
    StoredRevision revision =
        rev.isPresent()
            ? reading
                .revision(id, rev.get())
                .orElseThrow(() -> HttpProblem.notFound("missing"))
                .revision()
            : reading.live(id, Fields.WINNER).revisions().getFirst();
    return revision.attachments().stream()
        .filter(attachment -> attachment.name().equals(name))
        .findFirst()
        .orElseThrow(() -> HttpProblem.notFound("Document is missing attachment"));
  }

  private static void answerIdentity(
      Exchange exchange,
      AttachmentStore store,
      AttachmentRef attachment,
      AnswerHead head,
      String tag)
      throws IOException {
    long total = attachment.length();
    // Who has the beginning of other bytes (RFC 9110, section 13.1.5) gets all of these.
    boolean same = exchange.header("If-Range").map(tag::equals).orElse(true);
    List<ByteRange> ranges =
        exchange
            .header("Range")
            .filter(any -> same)
            .map(header -> ByteRange.parse(header, total))
            .orElse(List.of());
    switch (ranges.size()) {
      case 0 ->
          send(
              exchange,
              head.with("Content-MD5", attachment.digest().substring("md5-".length())),
              AttachmentBody.stored(store, attachment));
      case 1 -> {
        ByteRange bytes = ranges.getFirst();
        AnswerHead partial =
            new AnswerHead(206, head.headers(), head.length())
                .with("Content-Range", bytes.of(total));
        send(
            exchange,
            partial,
            AttachmentBody.range(store, attachment, bytes.from(), bytes.length()));
      }
      default -> send(exchange, new AttachmentRanges(store, attachment, ranges), tag);
    }
  }

  private static void send(Exchange exchange, AnswerHead head, AttachmentBody body)
      throws IOException {
    try (InputStream bytes = body.stream()) {
      OutputStream out = exchange.stream(head.withLength(body.length()));
      if (!exchange.isHead()) {
        bytes.transferTo(out);
      }
      out.close();
    }
  }

  private static void send(Exchange exchange, AttachmentRanges ranges, String tag)
      throws IOException {
    String boundary = MultipartWriter.newBoundary();
    String type = AttachmentRanges.contentType(boundary);
    OutputStream out = exchange.stream(head(206, type, ranges.attachment(), tag));
    if (!exchange.isHead()) {
      ranges.write(out, boundary);
    }
    out.close();
  }
}
