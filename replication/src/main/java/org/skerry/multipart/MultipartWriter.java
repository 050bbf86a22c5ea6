package org.skerry.multipart;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * Writes a multipart, part by part, in CouchDB's manner: nothing before the first delimiter, and no
 * line break after the closing one.
 *
 * <p>The end is written by {@link #finish} and by nothing else, so that what was broken off by an
 * exception is recognised as such. The output is not closed. Bodies are not searched for the
 * boundary: use {@link #newBoundary}.
 */
public final class MultipartWriter {
  private final OutputStream out;
  private final String boundary;
  private boolean first = true;
  private boolean finished;
  private Body current = new Body();

  /**
   * A writer.
   *
   * @throws IllegalArgumentException when the boundary can be none
   */
  public MultipartWriter(OutputStream out, String boundary) {
    if (!Delimiter.isBoundary(boundary)) {
      throw new IllegalArgumentException("not a boundary: " + boundary);
    }
    this.out = out;
    this.boundary = boundary;
  }

  /** A boundary that no body holds: 122 random bits. */
  public static String newBoundary() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /**
   * The media type of what is written, with its boundary: {@code multipart/SUBTYPE; boundary="…"}.
   */
  public HeaderValue contentType(String subtype) {
    return HeaderValue.of("multipart/" + subtype).with("boundary", boundary);
  }

  /**
   * Begins a part, which ends when the next begins. Its body is written to the stream returned;
   * closing that is not needed and closes nothing.
   */
  public OutputStream part(PartHeaders headers) throws IOException {
    begin(headers);
    return current;
  }

  /**
   * Begins a part that is a multipart itself, of a new boundary. It has to be finished before the
   * next part.
   */
  public MultipartWriter nested(String subtype, PartHeaders headers) throws IOException {
    String inner = newBoundary();
    HeaderValue type = HeaderValue.of("multipart/" + subtype).with("boundary", inner);
    begin(headers.with("Content-Type", type));
    return new MultipartWriter(current, inner);
  }

  private void begin(PartHeaders headers) throws IOException {
    if (finished) {
      throw new IllegalStateException("the multipart is finished");
    }
    current = new Body();
    StringBuilder head = new StringBuilder(first ? "--" : "\r\n--").append(boundary).append("\r\n");
    for (PartHeaders.Header header : headers.all()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    head.append("\r\n");
    out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    first = false;
  }

  /** Writes the closing delimiter. The output is neither flushed nor closed. */
  public void finish() throws IOException {
    if (!finished) {
      finished = true;
      current = new Body();
      String end = (first ? "--" : "\r\n--") + boundary + "--";
      out.write(end.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Writes through while its part is the current one. */
  private final class Body extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      checkCurrent();
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      checkCurrent();
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    private void checkCurrent() throws IOException {
      if (current != this) {
        throw new IOException("this part is over: the next one was begun");
      }
    }
  }
}
