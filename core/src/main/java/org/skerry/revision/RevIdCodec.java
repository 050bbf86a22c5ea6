package org.skerry.revision;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The binary form of one revision's name: generation as varint; one byte, 0 for a hash of 16 bytes,
 * else a foreign hash's length; the hash.
 */
public final class RevIdCodec {
  /** No revision takes more bytes than this. */
  public static final int MAX_BYTES = 5 + 1 + RevId.MAX_FOREIGN_BYTES;

  private static final int SEVEN_BITS = 7;

  private RevIdCodec() {}

  /** How many bytes {@link #write} appends. */
  public static int length(RevId rev) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(rev.generation());
    return (bits + SEVEN_BITS - 1) / SEVEN_BITS + 1 + rev.rawHash().length;
  }

  /** Appends the revision to the buffer, which must have room for it. */
  public static void write(ByteBuffer out, RevId rev) {
    int generation = rev.generation();
    while ((generation & ~0x7f) != 0) {
      out.put((byte) (generation & 0x7f | 0x80));
      generation >>>= 7;
    }
    out.put((byte) generation);
    byte[] hash = rev.rawHash();
    out.put(rev.foreign() ? (byte) hash.length : 0);
    out.put(hash);
  }

  /**
   * Reads one revision from the buffer's position.
   *
   * @throws CorruptRevTreeException when the bytes are something else
   */
  public static RevId read(ByteBuffer in) {
    try {
      int generation = 0;
      int shift = 0;
      int next = in.get();
      while (next < 0 && shift < 28) {
        generation |= (next & 0x7f) << shift;
        shift += 7;
        next = in.get();
      }
      generation |= next << shift;
      if (next < 0 || generation < 1) {
        throw new CorruptRevTreeException("revision of generation " + generation);
      }
      int length = in.get() & 0xff;
      byte[] hash = new byte[length == 0 ? RevId.HASH_BYTES : length];
      in.get(hash);
      return length == 0
          ? RevId.adopt(generation, hash, false)
          : RevId.adoptForeign(generation, hash);
    } catch (BufferUnderflowException e) {
      throw new CorruptRevTreeException("revision ends early", e);
    }
  }
}
