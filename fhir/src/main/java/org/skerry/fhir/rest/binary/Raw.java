package org.skerry.fhir.rest.binary;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.skerry.attachment.AttachmentBody;
import org.skerry.document.AttachmentRef;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.fhir.rest.Call;
import org.skerry.http.AnswerHead;
import org.skerry.http.ByteRange;
import org.skerry.http.Exchange;

/** Attachments as they are: whole, or a range. */
final class Raw {
  private Raw() {}

  /** A content is whatever somebody sent: a browser must not run it as a page of this node. */
  static AnswerHead head(int status, String type) {
    return AnswerHead.of(status, type)
        .with("Content-Security-Policy", "sandbox")
        .with("X-Content-Type-Options", "nosniff");
  }

  /** Sends a content, or the one range that is asked for. */
  static void send(Call call, AttachmentRef content, IntFunction<AnswerHead> heads)
      throws IOException {
    var store = call.database().store().attachments();
    long total = content.length();
    boolean whole = content.encoding() != Encoding.IDENTITY;
    Optional<ByteRange> range =
        call.exchange()
            .header("Range")
            .filter(header -> !whole)
            .map(header -> ByteRange.parse(header, total))
            .filter(ranges -> ranges.size() == 1)
            .map(List::getFirst);
    if (range.isEmpty()) {
      AnswerHead head = heads.apply(200);
      send(
          call.exchange(),
          whole ? head : head.with("Accept-Ranges", "bytes"),
          AttachmentBody.decoded(store, content));
      return;
    }
    send(
        call.exchange(),
        heads.apply(206).with("Content-Range", range.get().of(total)),
        AttachmentBody.range(store, content, range.get().from(), range.get().length()));
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
}
