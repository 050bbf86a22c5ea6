package org.skerry.fhir.resource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Copies bytes, with some places replaced; from front to back. One thread. */
final class Splice {
  private final byte[] from;
  private final ByteArrayOutputStream out;
  private int at;

  Splice(byte[] from, int start) {
    this.from = from;
    this.at = start;
    this.out = new ByteArrayOutputStream(from.length + 128);
  }

  /** Copies up to the first position, and goes on at the second with something else between. */
  void replace(int start, int end, byte[] instead) {
    out.write(from, at, start - at);
    out.writeBytes(instead);
    at = end;
  }

  void replace(int start, int end, String instead) {
    replace(start, end, instead.getBytes(StandardCharsets.UTF_8));
  }

  /** How long the copy is, once it reaches a position. */
  int lengthAt(int position) {
    return out.size() + position - at;
  }

  /** All of it, up to a position. */
  byte[] finish(int end) {
    out.write(from, at, end - at);
    return out.toByteArray();
  }
}
