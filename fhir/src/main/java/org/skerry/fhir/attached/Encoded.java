package org.skerry.fhir.attached;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/** Bytes in base64, as they are read. One thread. */
final class Encoded extends InputStream {
  /** A multiple of three, so that padding comes at the end alone. */
  private static final int CHUNK = 3 * 8 * 1024;

  private final InputStream bytes;
  private byte[] digits = new byte[0];
  private int at;

  Encoded(InputStream bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    return fill() ? digits[at++] : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, digits.length - at);
    System.arraycopy(digits, at, target, offset, count);
    at += count;
    return count;
  }

  private boolean fill() throws IOException {
    if (at == digits.length) {
      digits = Base64.getEncoder().encode(bytes.readNBytes(CHUNK));
      at = 0;
    }
    return digits.length > 0;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
