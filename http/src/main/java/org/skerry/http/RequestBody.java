package org.skerry.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** A request's body: unzipped, and ended with 413 when it is longer than allowed. */
final class RequestBody extends InputStream {
  private static final int FIRST_BUFFER = 4096;

  /**
   * So much is taken for a body that has yet to come: who only says that it is long has no more.
   */
  private static final int LARGEST_TRUSTED_HINT = 64 << 10;

  /**
   * A client that has sent the first of what it said gets room for this many times as much: a
   * megabyte of documents is copied no more.
   */
  private static final int FIRST_TRUST = 32;

  /** From then on, for this many times as much as it has sent. */
  private static final int TRUST = 4;

  private final InputStream in;
  private long left;

  private RequestBody(InputStream in, long limit) {
    this.in = in;
    this.left = limit;
  }

  /**
   * A body as it came.
   *
   * @param limit in bytes
   */
  static RequestBody plain(InputStream in, long limit) {
    return new RequestBody(in, limit);
  }

  /**
   * A zipped body.
   *
   * @param limit in bytes after unzipping, so that a small body cannot unfold into a large one
   * @throws BrokenBodyException when it does not begin as gzip does
   */
  static RequestBody gzipped(InputStream in, long limit) throws BrokenBodyException {
    try {
      return new RequestBody(new GZIPInputStream(in), limit);
    } catch (IOException e) {
      throw new BrokenBodyException(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int n = in.read(buffer, offset, length);
      if (n > 0) {
        left -= n;
      }
      if (left < 0) {
        throw HttpProblem.tooLarge("the request entity is too large");
      }
      return n;
    } catch (IOException e) {
      throw new BrokenBodyException(e);
    }
  }

  /**
   * All that is left, in memory.
   *
   * @param expected its length in bytes when that is known, else negative: only a hint
   * @param limit in bytes
   * @param room from which a body has what it needs beyond the first buffer, until it is read
   * @throws HttpProblem 413 when there is more, 503 when there is no room
   */
  byte[] readAll(long expected, int limit, HeapRoom room) throws IOException {
    if (expected > limit) {
      throw tooLong(limit);
    }
    long first = expected >= 0 ? Math.min(expected, LARGEST_TRUSTED_HINT) : FIRST_BUFFER;
    byte[] buffer = new byte[(int) Math.min(first, limit)];
    int length = readNBytes(buffer, 0, buffer.length);
    long taken = 0;
    try {
      while (length == buffer.length) {
        int next = read(); // Nothing more, mostly: then what was read needs no copy.
        if (next < 0) {
          return buffer;
        }
        if (length >= limit) {
          throw tooLong(limit);
        }
        int larger = larger(length, expected, limit);
        room.take(larger - length, taken);
        taken += larger - length;
        buffer = Arrays.copyOf(buffer, larger);
        buffer[length++] = (byte) next;
        length += readNBytes(buffer, length, buffer.length - length);
      }
      return Arrays.copyOf(buffer, length);
    } finally {
      room.giveBack(taken);
    }
  }

  /**
   * Twice as much, but not more than is allowed. Of what is expected more at once: what is copied
   * on the way there is a small part of it.
   */
  private static int larger(int length, long expected, int limit) {
    return expected > length
        ? (int) Math.min((long) trust(length) * length, expected)
        : (int) Math.min(Math.max(2L * length, FIRST_BUFFER), limit);
  }

  private static int trust(int length) {
    return length <= LARGEST_TRUSTED_HINT ? FIRST_TRUST : TRUST;
  }

  private static HttpProblem tooLong(int limit) {
    return HttpProblem.tooLarge(
        "the request entity is too large: more than " + limit + " bytes in one piece");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
