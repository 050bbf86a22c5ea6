package org.skerry.multipart;

import java.io.IOException;
import java.io.InputStream;

/** A part of a multipart: headers, and a body that can be read until the next part is asked for. */
public final class Part {
  private final PartHeaders headers;
  private final InputStream body;
  private final MultipartLimits limits;

  Part(PartHeaders headers, InputStream body, MultipartLimits limits) {
    this.headers = headers;
    this.body = body;
    this.limits = limits;
  }

  public PartHeaders headers() {
    return headers;
  }

  /**
   * The body. Its end means that the part is whole: where the input was cut off, reading throws a
   * {@link MultipartException}. Closing it is not needed; what is left unread is skipped.
   */
  public InputStream body() {
    return body;
  }

  /** Whether the body is a multipart itself. */
  public boolean isMultipart() {
    return headers.contentType().map(HeaderValue::isMultipart).orElse(false);
  }

  /**
   * A reader of the body, when it is a multipart.
   *
   * @throws MultipartException when it is none, or names no boundary
   */
  public MultipartReader nested() throws IOException {
    return MultipartReader.of(
        body, headers.contentType().orElse(HeaderValue.of("no content type")), limits);
  }
}
