package org.skerry.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes (RFC 9110, section 14).
 *
 * @param from the first byte
 * @param to the last byte, included
 */
public record ByteRange(long from, long to) {
  private static final Pattern ONE =
      Pattern.compile("bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

  /** How many bytes it has. */
  public long length() {
    return to - from + 1;
  }

  /** {@code Content-Range} for this range of so many bytes. */
  public String of(long total) {
    return "bytes " + from + "-" + to + "/" + total;
  }

  /**
   * Reads a {@code Range} header. Several ranges, and what is no range at all, are answered with
   * the whole, as the specification allows.
   *
   * @param total bytes that there are
   * @throws HttpProblem 416 when no byte of the range exists
   */
  public static Optional<ByteRange> parse(String header, long total) {
    Matcher parts = ONE.matcher(header.strip());
    if (!parts.matches() || parts.group(1).isEmpty() && parts.group(2).isEmpty()) {
      return Optional.empty();
    }
    long from;
    long to;
    if (parts.group(1).isEmpty()) {
      from = Math.max(0, total - Long.parseLong(parts.group(2)));
      to = total - 1;
    } else {
      from = Long.parseLong(parts.group(1));
      to = parts.group(2).isEmpty() ? total - 1 : Long.parseLong(parts.group(2));
    }
    if (from >= total || to < from) {
      throw new HttpProblem(
              416, "requested_range_not_satisfiable", "Requested range not satisfiable")
          .with("Content-Range", "bytes */" + total);
    }
    return Optional.of(new ByteRange(from, Math.min(to, total - 1)));
  }
}
