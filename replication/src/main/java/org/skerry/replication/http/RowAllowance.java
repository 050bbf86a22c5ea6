package org.skerry.replication.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An answer of rows, none of which may be longer than it should: what a peer sends without an end
 * would fill the memory. Used by one thread. Closing it leaves the answer open, since closing that
 * would read the rest.
 */
final class RowAllowance extends FilterInputStream {
  private final int longest;
  private long left;
  private long taken;

  /**
   * Rows of that answer.
   *
   * @param longest the most bytes that a row may have, and what stands before the first and behind
   *     the last; a reader's buffer may hold more
   */
  RowAllowance(InputStream answer, int longest) {
    super(answer);
    this.longest = longest;
    this.left = longest;
  }

  /** A row has ended. */
  void next() {
    left = longest;
  }

  /** How many bytes were read. */
  long taken() {
    return taken;
  }

  @Override
  public int read() throws IOException {
    int octet = super.read();
    take(octet < 0 ? 0 : 1);
    return octet;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    take(Math.max(0, count));
    return count;
  }

  private void take(int count) throws IOException {
    taken += count;
    left -= count;
    if (left < 0) {
      throw new OddAnswerException("a row is longer than " + longest + " bytes");
    }
  }

  @Override
  public void close() {
    // Whoever sent the request ends it.
  }
}
