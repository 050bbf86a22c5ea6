package org.skerry.store.rocksdb;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.skerry.revision.CorruptRevTreeException;
import org.skerry.store.StoreException;

/** Reads what {@link RecordWriter} wrote. */
final class Records {
  private Records() {}

  /**
   * Reads a whole record, and says which one is damaged when it is.
   *
   * @param what names the record in the message
   */
  static <T> T read(String what, byte[] bytes, Function<ByteBuffer, T> reader) {
    return read(what, ByteBuffer.wrap(bytes), reader);
  }

  static <T> T read(String what, ByteBuffer bytes, Function<ByteBuffer, T> reader) {
    try {
      return reader.apply(bytes);
    } catch (BufferUnderflowException | CorruptRevTreeException | IndexOutOfBoundsException e) {
      throw damaged(what, e);
    }
  }

  /** What is thrown in place of what a damaged record makes its reader throw. */
  static StoreException damaged(String what, RuntimeException cause) {
    return Faults.damaged(what + " cannot be read (" + cause.getMessage() + ")", cause);
  }

  /** Refuses a record that a newer program wrote. */
  static void expectVersion(String what, int found, int expected) {
    if (found != expected) {
      throw new StoreException(
          what
              + " has version "
              + found
              + ", this program reads version "
              + expected
              + ". Use the program that wrote it, or a newer one");
    }
  }

  static long number(ByteBuffer in) {
    int next = in.get();
    long value = next & 0x7fL;
    for (int shift = 7; next < 0; shift += 7) {
      if (shift >= Long.SIZE) {
        throw new BufferUnderflowException();
      }
      next = in.get();
      value |= (next & 0x7fL) << shift;
    }
    return value;
  }

  /** A number that counts something in memory. */
  static int count(ByteBuffer in) {
    long value = number(in);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new BufferUnderflowException();
    }
    return (int) value;
  }

  /** A count of things that take at least a byte each in what follows. */
  static int countOfRest(ByteBuffer in) {
    int count = count(in);
    if (count > in.remaining()) {
      throw new BufferUnderflowException();
    }
    return count;
  }

  static byte[] block(ByteBuffer in) {
    byte[] bytes = new byte[countOfRest(in)];
    in.get(bytes);
    return bytes;
  }

  static String text(ByteBuffer in) {
    return new String(block(in), StandardCharsets.UTF_8);
  }
}
