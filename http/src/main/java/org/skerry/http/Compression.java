package org.skerry.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * Which answers go out compressed to clients that take gzip: long texts. Lines are bad where
 * records are written, and lists of records shrink to a tenth.
 *
 * <p>What has an entity tag goes out as it is. Clients of CouchDB read a document's revision from
 * it, and the same tag must not name two forms of one body (RFC 9110, section 8.8.3.3).
 */
final class Compression {
  /** What fits into one packet does not travel faster when it is shorter. */
  static final int SHORTEST = 1400;

  private static final Set<String> TYPES =
      Set.of(
          "application/json",
          "application/fhir+json",
          "application/fhir+xml",
          "application/fhir+ndjson",
          "application/atom+xml",
          "text/plain");

  /** Headers of what has a form of its own already. */
  private static final Set<String> FIXED = Set.of("etag", "content-encoding", "content-range");

  private Compression() {}

  /** Whether an answer with this head is one form of two. */
  static boolean suits(AnswerHead head) {
    boolean text = false;
    for (AnswerHead.Header header : head.headers()) {
      String name = header.name();
      if (name.equals("Content-Type")) {
        text = isText(header.value());
      } else if (FIXED.contains(name.toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return text;
  }

  private static boolean isText(String type) {
    int parameters = type.indexOf(';');
    return TYPES.contains(parameters < 0 ? type : type.substring(0, parameters).strip());
  }

  /** All of a body that is in memory. */
  static byte[] gzip(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(SHORTEST, body.length / 4));
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not break
    }
    return out.toByteArray();
  }
}
