package org.skerry.revision;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The binary form of a tree, about 18 bytes a revision.
 *
 * <pre>
 *   version   1 byte, {@value #VERSION}
 *   rows      varint
 *   per row, in the tree's order:
 *     flags   1 byte: 1 deleted | 2 has a parent | 4 the parent is the next row | 8 foreign hash
 *     fall    varint: how far the generation falls from the row before (the first row: its generation)
 *     hash    16 bytes, or varint length and bytes of a foreign hash
 *     parent  varint, rows forward; only when 2 is set and 4 is not
 * </pre>
 *
 * A tree written by an unknown version is refused by name; what is cut off or out of bounds is refused as
 * corrupt.
 */
public final class RevTreeCodec {
  /** The version written. */
  public static final int VERSION = 1;

  private static final int DELETED = 1;
  private static final int HAS_PARENT = 2;
  private static final int PARENT_IS_NEXT = 4;
  private static final int FOREIGN = 8;

  private RevTreeCodec() {}

  /** The tree's bytes. */
  public static byte[] encode(RevTree tree) {
    RevId[] revs = tree.revs();
    ByteArrayOutputStream out = new ByteArrayOutputStream(4 + 20 * revs.length);
    out.write(VERSION);
    writeVarint(out, revs.length);
    int before = 0;
    for (int row = 0; row < revs.length; row++) {
      int parent = tree.parents()[row];
      RevId rev = revs[row];
      boolean next = parent == row + 1;
      out.write(
          (tree.deleted()[row] ? DELETED : 0)
              | (parent >= 0 ? HAS_PARENT : 0)
              | (next ? PARENT_IS_NEXT : 0)
              | (rev.foreign() ? FOREIGN : 0));
      writeVarint(out, row == 0 ? rev.generation() : before - rev.generation());
      before = rev.generation();
      if (rev.foreign()) {
        writeVarint(out, rev.rawHash().length);
      }
      out.writeBytes(rev.rawHash());
      if (parent >= 0 && !next) {
        writeVarint(out, parent - row);
      }
    }
    return out.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws CorruptRevTreeException when the bytes are something else
   */
  public static RevTree decode(byte[] bytes) {
    return decode(ByteBuffer.wrap(bytes));
  }

  /**
   * Reads one tree from the buffer's position and leaves the position behind it.
   *
   * @throws CorruptRevTreeException when the bytes are something else
   */
  public static RevTree decode(ByteBuffer in) {
    try {
      int version = in.get();
      if (version != VERSION) {
        throw new CorruptRevTreeException(
            "revision tree of version " + version + ", this program reads version " + VERSION);
      }
      int rows = readVarint(in);
      if (rows > in.remaining()) {
        throw new CorruptRevTreeException("revision tree claims " + rows + " rows");
      }
      return readRows(in, rows);
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new CorruptRevTreeException("revision tree ends early", e);
    }
  }

  private static RevTree readRows(ByteBuffer in, int rows) {
    RevId[] revs = new RevId[rows];
    int[] parents = new int[rows];
    boolean[] deleted = new boolean[rows];
    int generation = 0;
    for (int row = 0; row < rows; row++) {
      int flags = in.get();
      int fall = readVarint(in);
      generation = row == 0 ? fall : generation - fall;
      boolean foreign = (flags & FOREIGN) != 0;
      byte[] hash = new byte[foreign ? hashLength(in) : RevId.HASH_BYTES];
      in.get(hash);
      revs[row] = RevId.adopt(generation, hash, foreign);
      deleted[row] = (flags & DELETED) != 0;
      parents[row] = RevTree.NO_PARENT;
      if ((flags & HAS_PARENT) != 0) {
        parents[row] = row + ((flags & PARENT_IS_NEXT) != 0 ? 1 : readVarint(in));
      }
      if (generation < 1
          || parents[row] >= rows
          || parents[row] >= 0 && parents[row] <= row
          || row > 0 && revs[row].compareTo(revs[row - 1]) > 0) {
        throw new CorruptRevTreeException("revision tree is out of order at row " + row);
      }
    }
    return new RevTree(revs, parents, deleted);
  }

  private static int hashLength(ByteBuffer in) {
    int length = readVarint(in);
    if (length > RevId.MAX_FOREIGN_BYTES) {
      throw new CorruptRevTreeException("revision hash of " + length + " bytes");
    }
    return length;
  }

  private static void writeVarint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  private static int readVarint(ByteBuffer in) {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = in.get();
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        if (value < 0) {
          break;
        }
        return value;
      }
    }
    throw new CorruptRevTreeException("revision tree has a number out of bounds");
  }
}
