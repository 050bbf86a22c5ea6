package org.skerry.multipart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The headers of a part, in their order. Names are compared without regard to case. Immutable. */
public final class PartHeaders {
  /** No headers, which is allowed. */
  public static final PartHeaders EMPTY = new PartHeaders(List.of());

  /** One line. */
  public record Header(String name, String value) {
    /**
     * A header.
     *
     * @throws IllegalArgumentException when the name is no token or the value holds a control
     *     character, which could end the line
     */
    public Header {
      if (!isToken(name)) {
        throw new IllegalArgumentException("not a header's name: " + name);
      }
      for (int i = 0; i < value.length(); i++) {
        if (isForbidden(value.charAt(i))) {
          throw new IllegalArgumentException("control character in header " + name);
        }
      }
    }
  }

  private final List<Header> headers;

  private PartHeaders(List<Header> headers) {
    this.headers = headers;
  }

  static PartHeaders of(List<Header> headers) {
    return new PartHeaders(List.copyOf(headers));
  }

  /** Of an attachment, whatever it is called: the document says both exactly, in JSON. */
  public static PartHeaders ofAttachment(String name, String contentType) {
    return EMPTY
        .with("Content-Disposition", HeaderValue.of("attachment").with("filename", name))
        .with("Content-Type", HeaderValue.line(contentType));
  }

  /**
   * The same with one more header.
   *
   * @throws IllegalArgumentException when it cannot be written
   */
  public PartHeaders with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return of(more);
  }

  /** The same with one more header. */
  public PartHeaders with(String name, HeaderValue value) {
    return with(name, value.toString());
  }

  /** The first value under a name. */
  public Optional<String> first(String name) {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return Optional.of(header.value());
      }
    }
    return Optional.empty();
  }

  /** The {@code Content-Type}, taken apart. */
  public Optional<HeaderValue> contentType() {
    return first("Content-Type").map(HeaderValue::parse);
  }

  /** The name in {@code Content-Disposition}, as it stands there. */
  public Optional<String> filename() {
    return first("Content-Disposition")
        .map(HeaderValue::parse)
        .flatMap(disposition -> disposition.parameter("filename"));
  }

  /** Whether it is an attachment of that name, as far as is said. */
  public boolean mayBe(String attachment) {
    return filename()
        .map(
            said -> said.equals(attachment) || said.equals(HeaderValue.withoutControls(attachment)))
        .orElse(true);
  }

  /** What {@code Content-Encoding} says, in lower case. */
  public Optional<String> contentEncoding() {
    return first("Content-Encoding").map(value -> value.strip().toLowerCase(Locale.ROOT));
  }

  /** All of them. */
  public List<Header> all() {
    return headers;
  }

  static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 0x7f || "()<>@,;:\\\"/[]?={}".indexOf(c) >= 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isForbidden(char c) {
    return c < ' ' && c != '\t' || c == 0x7f;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof PartHeaders other && headers.equals(other.headers);
  }

  @Override
  public int hashCode() {
    return headers.hashCode();
  }

  @Override
  public String toString() {
    return headers.toString();
  }
}
