package org.skerry.replication.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * An answer that is given up when it comes too slowly to come to an end: a peer, or what stands
 * before it, that sends a byte now and then is never silent for long enough to be taken for gone,
 * and would hold a replication's place for ever.
 *
 * <p>Only the time counts in which its reader waits for it, so that nobody is blamed who is read
 * slowly. The bound is one that no line can fall short of which is not dead: a line may be silent
 * for a minute, and what it brings then is a packet, nine bytes for each second of it at least.
 * Used by one thread.
 */
final class Pace extends FilterInputStream {
  /** How long an answer is waited for before its pace is judged, each time anew. */
  static final Duration TIME = Duration.ofMinutes(10);

  /** The fewest bytes in that time: one a second. */
  static final long FEWEST = TIME.toSeconds();

  private final LongSupplier ticks;
  private long waited;
  private long came;

  /**
   * The pace of that answer.
   *
   * @param ticks nanoseconds since some moment
   */
  Pace(InputStream answer, LongSupplier ticks) {
    super(answer);
    this.ticks = ticks;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    long begun = ticks.getAsLong();
    int count = super.read(bytes, offset, length);
    waited += ticks.getAsLong() - begun;
    came += Math.max(0, count);
    if (count >= 0 && waited >= TIME.toNanos()) {
      if (came < FEWEST) {
        throw new IOException(
            "it sent " + came + " bytes in " + Duration.ofNanos(waited).toSeconds() + " seconds");
      }
      waited = 0;
      came = 0;
    }
    return count;
  }
}
