package org.skerry.http.couch.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.skerry.attachment.AttachmentBody;
import org.skerry.document.AttachmentRef;
import org.skerry.http.ByteRange;
import org.skerry.multipart.HeaderValue;
import org.skerry.multipart.MultipartWriter;
import org.skerry.multipart.PartHeaders;
import org.skerry.store.AttachmentStore;

/**
 * Several ranges of one attachment, as {@code multipart/byteranges} (RFC 9110, section 14.6),
 * streamed.
 */
record AttachmentRanges(AttachmentStore store, AttachmentRef attachment, List<ByteRange> ranges) {
  /** The media type of the whole answer. */
  static String contentType(String boundary) {
    return HeaderValue.of("multipart/byteranges").with("boundary", boundary).toString();
  }

  /** Writes them, and the end. */
  void write(OutputStream out, String boundary) throws IOException {
    MultipartWriter writer = new MultipartWriter(out, boundary);
    for (ByteRange range : ranges) {
      PartHeaders headers =
          PartHeaders.EMPTY
              .with("Content-Type", HeaderValue.line(attachment.contentType()))
              .with("Content-Range", range.of(attachment.length()));
      AttachmentBody body = AttachmentBody.range(store, attachment, range.from(), range.length());
      try (InputStream bytes = body.stream()) {
        bytes.transferTo(writer.part(headers));
      }
    }
    writer.finish();
  }
}
