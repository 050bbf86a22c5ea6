package org.skerry.store.rocksdb;

import java.io.InputStream;
import java.util.Objects;
import java.util.function.Supplier;

/** Reads a blob chunk by chunk, and keeps it from being swept until it is closed. One thread. */
final class BlobStream extends InputStream {
  private final Cabinet cabinet;
  private final Supplier<Gate.Pass> gate;
  private final BlobPin pin;
  private final BlobRecord record;
  private long position;
  private byte[] chunk = new byte[0];
  private long chunkNumber = -1;

  BlobStream(
      Cabinet cabinet, Supplier<Gate.Pass> gate, BlobPin pin, BlobRecord record, long position) {
    this.cabinet = cabinet;
    this.gate = gate;
    this.pin = pin;
    this.record = record;
    this.position = position;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (position >= record.length()) {
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    load(position / Blobs.CHUNK_BYTES);
    int at = (int) (position % Blobs.CHUNK_BYTES);
    int part = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, into, offset, part);
    position += part;
    return part;
  }

  private void load(long number) {
    if (number == chunkNumber) {
      return;
    }
    long expected = Math.min(Blobs.CHUNK_BYTES, record.length() - number * Blobs.CHUNK_BYTES);
    try (var _ = gate.get()) {
      chunk =
          cabinet
              .tables()
              .get(
                  Family.CHUNKS,
                  cabinet.tables().latest(),
                  Keys.chunk(cabinet.number(), record.upload(), (int) number))
              .filter(bytes -> bytes.length == expected)
              .orElseThrow(
                  () -> cabinet.shelf().lost("part " + number + " of attachment " + pin.blob()));
    }
    chunkNumber = number;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.clamp(count, 0, record.length() - position);
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, record.length() - position);
  }

  @Override
  public void close() {
    pin.close();
  }
}
