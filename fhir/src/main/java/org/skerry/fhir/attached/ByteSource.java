package org.skerry.fhir.attached;

import java.io.IOException;
import java.io.InputStream;

/** A stream's bytes one after the other, read many at once. One thread. */
final class ByteSource {
  private static final int CHUNK = 16 * 1024;

  private final InputStream in;
  private final byte[] chunk = new byte[CHUNK];
  private int at;
  private int end;

  ByteSource(InputStream in) {
    this.in = in;
  }

  /** The next byte, or -1 at the end. */
  int next() throws IOException {
    if (at == end) {
      end = Math.max(0, in.read(chunk));
      at = 0;
      if (end == 0) {
        return -1;
      }
    }
    return chunk[at++] & 0xff;
  }
}
