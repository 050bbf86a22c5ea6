package org.skerry.multipart;

import java.io.InputStream;
import java.util.Random;

/**
 * An input that gives a few bytes at a time, as a network does; now and then it gives none at all.
 */
final class Trickle extends InputStream {
  private final byte[] bytes;
  private final Random random;
  private final int most;
  private int at;

  Trickle(byte[] bytes, int most, long seed) {
    this.bytes = bytes;
    this.most = most;
    this.random = new Random(seed);
  }

  @Override
  public int read() {
    return at == bytes.length ? -1 : bytes[at++] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (at == bytes.length) {
      return -1;
    }
    int wanted = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(most);
    int count = Math.min(Math.min(wanted, length), bytes.length - at);
    System.arraycopy(bytes, at, target, offset, count);
    at += count;
    return count;
  }
}
