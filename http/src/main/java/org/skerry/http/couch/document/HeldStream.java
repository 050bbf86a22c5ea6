package org.skerry.http.couch.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Holds what is written until it is sent, or passes it on at once. One thread. */
final class HeldStream extends OutputStream {
  private static final int FIRST_ROOM = 4 * 1024;

  private final OutputStream stream;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(FIRST_ROOM);
  private boolean holding;

  HeldStream(OutputStream stream) {
    this.stream = stream;
  }

  /** From here on. */
  void hold() {
    holding = true;
  }

  /** How much is held. */
  int size() {
    return held.size();
  }

  /** Sends what is held, and passes on what comes. */
  void send() throws IOException {
    holding = false;
    held.writeTo(stream);
    held.reset();
  }

  @Override
  public void write(int octet) throws IOException {
    (holding ? held : stream).write(octet);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    (holding ? held : stream).write(bytes, offset, count);
  }

  @Override
  public void flush() throws IOException {
    if (!holding) {
      stream.flush();
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
