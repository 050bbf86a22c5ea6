package org.skerry.multipart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.skerry.multipart.MultipartException.Kind;

/**
 * Reads a part's headers, up to and not including the line break that ends them. Lines end with CR
 * and LF; one that begins with a blank continues the one before. Text is UTF-8, as CouchDB writes
 * file names.
 */
final class HeaderReader {
  /** Characters of a line that is no header. */
  private static final int SHOWN = 80;

  private final DelimitedInput input;
  private final int limit;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
  private int total;

  HeaderReader(DelimitedInput input, int limit) {
    this.input = input;
    this.limit = limit;
  }

  PartHeaders read() throws IOException {
    List<String> lines = new ArrayList<>();
    while (!input.isAtLineBreak()) {
      String text = line();
      boolean continues = text.startsWith(" ") || text.startsWith("\t");
      if (continues && lines.isEmpty()) {
        throw malformed(text);
      }
      if (continues) {
        lines.add(lines.removeLast() + " " + text.strip());
      } else {
        lines.add(text);
      }
    }
    List<PartHeaders.Header> headers = new ArrayList<>();
    for (String text : lines) {
      headers.add(header(text));
    }
    return PartHeaders.of(headers);
  }

  private String line() throws IOException {
    line.reset();
    byte before = 0;
    byte next = input.next();
    while (before != '\r' || next != '\n') {
      if (++total > limit) {
        throw new MultipartException(
            Kind.TOO_LARGE, "headers of a part exceed " + limit + " bytes");
      }
      line.write(next);
      before = next;
      next = input.next();
    }
    // All but the CR, which is the last byte kept.
    return new String(line.toByteArray(), 0, line.size() - 1, StandardCharsets.UTF_8);
  }

  private static PartHeaders.Header header(String line) throws MultipartException {
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw malformed(line);
    }
    try {
      return new PartHeaders.Header(
          line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    } catch (IllegalArgumentException e) {
      throw malformed(line);
    }
  }

  /** Cut between characters: half of one has no UTF-8. */
  private static MultipartException malformed(String line) {
    String shown =
        line.codePointCount(0, line.length()) <= SHOWN
            ? line
            : line.substring(0, line.offsetByCodePoints(0, SHOWN)) + "…";
    return new MultipartException(Kind.MALFORMED, "not a header of a part: " + shown);
  }
}
