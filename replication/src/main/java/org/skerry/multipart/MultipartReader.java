package org.skerry.multipart;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skerry.multipart.MultipartException.Kind;

/**
 * Reads a multipart, part by part.
 *
 * <pre>{@code
 * MultipartReader reader = MultipartReader.of(body, HeaderValue.parse(contentType));
 * for (Optional<Part> part = reader.next(); part.isPresent(); part = reader.next()) {
 *   store(part.get().headers(), part.get().body());
 * }
 * }</pre>
 *
 * <p>An empty {@link #next} means that the closing delimiter was read, and the input to its end.
 * The input is not closed. After an exception the reader is of no more use and says so.
 */
public final class MultipartReader {
  private final DelimitedInput input;
  private final MultipartLimits limits;
  private @Nullable PartBody current;
  private boolean started;
  private boolean complete;
  private boolean broken;

  /**
   * A reader with the usual limits.
   *
   * @throws MultipartException when the boundary can be none
   */
  public MultipartReader(InputStream in, String boundary) throws MultipartException {
    this(in, boundary, MultipartLimits.DEFAULT);
  }

  /**
   * A reader.
   *
   * @throws MultipartException when the boundary can be none
   */
  public MultipartReader(InputStream in, String boundary, MultipartLimits limits)
      throws MultipartException {
    if (!Delimiter.isBoundary(boundary)) {
      throw new MultipartException(
          Kind.MALFORMED,
          "a boundary is 1 to "
              + Delimiter.MAX_BOUNDARY
              + " printable characters, not: "
              + boundary);
    }
    this.input = new DelimitedInput(in, Delimiter.of(boundary));
    this.limits = limits;
  }

  /**
   * A reader of a body of that type.
   *
   * @throws MultipartException when it is no {@code multipart/…}, or names no boundary
   */
  public static MultipartReader of(InputStream in, HeaderValue contentType)
      throws MultipartException {
    return of(in, contentType, MultipartLimits.DEFAULT);
  }

  static MultipartReader of(InputStream in, HeaderValue contentType, MultipartLimits limits)
      throws MultipartException {
    if (!contentType.isMultipart()) {
      throw new MultipartException(Kind.MALFORMED, "not a multipart: " + contentType.value());
    }
    String boundary =
        contentType
            .parameter("boundary")
            .orElseThrow(
                () -> new MultipartException(Kind.MALFORMED, "multipart without a boundary"));
    return new MultipartReader(in, boundary, limits);
  }

  /**
   * The next part; what was left of the one before is skipped. Empty at the end.
   *
   * @throws MultipartException when the multipart is cut off, malformed, or beyond the limits
   * @throws IOException when the input cannot be read
   */
  public Optional<Part> next() throws IOException {
    if (complete) {
      return Optional.empty();
    }
    if (broken) {
      throw new MultipartException(Kind.MALFORMED, "multipart was not readable before this part");
    }
    broken = true;
    Optional<Part> part = advance();
    broken = false;
    return part;
  }

  private Optional<Part> advance() throws IOException {
    if (started) {
      finishCurrent();
    } else {
      started = true;
      skipPreamble();
    }
    if (input.passDelimiter()) {
      input.drain(limits.outsideBytes());
      complete = true;
      return Optional.empty();
    }
    PartHeaders headers = new HeaderReader(input, limits.headerBytes()).read();
    input.passHeadersEnd();
    PartBody body = new PartBody(input);
    current = body;
    return Optional.of(new Part(headers, body, limits));
  }

  private void finishCurrent() throws IOException {
    PartBody body = current;
    if (body != null) {
      body.finish();
      current = null;
    }
  }

  private void skipPreamble() throws IOException {
    long skipped = 0;
    int ready;
    while ((ready = input.available()) > 0) {
      skipped += ready;
      // Two bytes are the line break that was put before the input.
      if (skipped > limits.outsideBytes() + 2L) {
        throw new MultipartException(
            Kind.TOO_LARGE,
            "no delimiter in the first " + limits.outsideBytes() + " bytes of the multipart");
      }
      input.skip(ready);
    }
  }
}
