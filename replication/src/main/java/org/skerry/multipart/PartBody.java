package org.skerry.multipart;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A part's body as a stream over the common buffer; dead when the next part begins. */
final class PartBody extends InputStream {
  private final DelimitedInput input;
  private boolean over;

  PartBody(DelimitedInput input) {
    this.input = input;
  }

  @Override
  public int read() throws IOException {
    checkCurrent();
    return input.available() == 0 ? -1 : input.take() & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    checkCurrent();
    if (length == 0) {
      return 0;
    }
    return input.available() == 0 ? -1 : input.copy(target, offset, length);
  }

  @Override
  public long skip(long count) throws IOException {
    checkCurrent();
    long left = count;
    while (left > 0 && input.available() > 0) {
      int some = (int) Math.min(left, input.buffered());
      input.skip(some);
      left -= some;
    }
    return Math.max(0, count - left);
  }

  @Override
  public int available() throws IOException {
    checkCurrent();
    return input.buffered();
  }

  /** Passes what nobody read. */
  void finish() throws IOException {
    skip(Long.MAX_VALUE);
    over = true;
  }

  private void checkCurrent() throws IOException {
    if (over) {
      throw new IOException("this part is over: the next one was asked for");
    }
  }
}
