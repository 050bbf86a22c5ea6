package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skerry.revision.RevId;
import org.skerry.revision.RevIdCodec;

/** Builds one record: numbers as varints, texts and bytes behind their length. One thread. */
final class RecordWriter {
  private static final int SEVEN_BITS = 7;

  private byte[] bytes;
  private ByteBuffer buffer;

  RecordWriter(int expected) {
    bytes = new byte[Math.max(16, expected)];
    buffer = ByteBuffer.wrap(bytes);
  }

  private void reserve(int more) {
    if (buffer.remaining() < more) {
      int position = buffer.position();
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, position + more));
      buffer = ByteBuffer.wrap(bytes).position(position);
    }
  }

  RecordWriter put(int oneByte) {
    reserve(1);
    buffer.put((byte) oneByte);
    return this;
  }

  /** A number from 0. */
  RecordWriter number(long value) {
    // Of 0, too, there is a byte. What is reserved beyond what is needed is copied for nothing.
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
    reserve((bits + SEVEN_BITS - 1) / SEVEN_BITS);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer.put((byte) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    buffer.put((byte) rest);
    return this;
  }

  RecordWriter raw(byte[] more, int offset, int length) {
    reserve(length);
    buffer.put(more, offset, length);
    return this;
  }

  RecordWriter raw(byte[] more) {
    return raw(more, 0, more.length);
  }

  RecordWriter block(byte[] more) {
    return number(more.length).raw(more);
  }

  RecordWriter text(String text) {
    return block(text.getBytes(StandardCharsets.UTF_8));
  }

  RecordWriter rev(RevId rev) {
    reserve(RevIdCodec.length(rev));
    RevIdCodec.write(buffer, rev);
    return this;
  }

  byte[] toBytes() {
    return buffer.position() == bytes.length ? bytes : Arrays.copyOf(bytes, buffer.position());
  }
}
