package org.skerry.http;

import java.util.Arrays;
import java.util.List;
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
  private static final Pattern UNIT = Pattern.compile("bytes\\s*=\\s*");
  private static final Pattern ONE = Pattern.compile("\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

  /** Who asks for more gets the whole, as from CouchDB: each may be all of it. */
  private static final int MOST = 9;

  /** How many bytes it has. */
  public long length() {
    return to - from + 1;
  }

  /** {@code Content-Range} for this range of so many bytes. */
  public String of(long total) {
    return "bytes " + from + "-" + to + "/" + total;
  }

  /**
   * Reads a {@code Range} header. What is none, and more than nine ranges, are answered with the
   * whole, as the specification allows.
   *
   * @param total bytes that there are
   * @return those that exist, in the order asked for; none where the whole is to be answered
   * @throws HttpProblem 416 when no byte of any exists
   */
  public static List<ByteRange> parse(String header, long total) {
    Matcher unit = UNIT.matcher(header.strip());
    if (!unit.lookingAt()) {
      return List.of();
    }
    String[] wanted = header.strip().substring(unit.end()).split(",", MOST + 1);
    List<Matcher> read = Arrays.stream(wanted).map(ONE::matcher).toList();
    if (wanted.length > MOST || !read.stream().allMatch(ByteRange::isRange)) {
      return List.of();
    }
    List<ByteRange> there =
        read.stream().map(one -> of(one, total)).flatMap(Optional::stream).toList();
    if (there.isEmpty()) {
      throw new HttpProblem(
              416, "requested_range_not_satisfiable", "Requested range not satisfiable")
          .with("Content-Range", "bytes */" + total);
    }
    return there;
  }

  private static boolean isRange(Matcher parts) {
    return parts.matches() && !(parts.group(1).isEmpty() && parts.group(2).isEmpty());
  }

  private static Optional<ByteRange> of(Matcher parts, long total) {
    long from;
    long to;
    if (parts.group(1).isEmpty()) {
      from = Math.max(0, total - Long.parseLong(parts.group(2)));
      to = total - 1;
    } else {
      from = Long.parseLong(parts.group(1));
      to = parts.group(2).isEmpty() ? total - 1 : Long.parseLong(parts.group(2));
    }
    return from >= total || to < from
        ? Optional.empty()
        : Optional.of(new ByteRange(from, Math.min(to, total - 1)));
  }
}
