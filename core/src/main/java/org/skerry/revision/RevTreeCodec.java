package org.skerry.revision;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

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
 * A tree written by an unknown version is refused by name; what is cut off or out of bounds is
 * refused as corrupt.
 */
public final class RevTreeCodec {
  /** The version written. */
  public static final int VERSION = 1;

  private static final int DELETED = 1;
  private static final int HAS_PARENT = 2;
  private static final int PARENT_IS_NEXT = 4;
  private static final int FOREIGN = 8;
  private static final int ALL_FLAGS = 15;

  private static final int MAX_VARINT = 5;

  /** No row takes less: flags, fall, and a foreign hash of one byte with its length. */
  private static final int MIN_ROW_BYTES = 4;

  private RevTreeCodec() {}

  /** The tree's bytes. */
  public static byte[] encode(RevTree tree) {
    ByteBuffer out = ByteBuffer.allocate(1 + MAX_VARINT + bound(tree));
    out.put((byte) VERSION);
    writeVarint(out, tree.rows());
    int before = 0;
    for (int row = 0; row < tree.rows(); row++) {
      int parent = tree.parent(row);
      RevId rev = tree.rev(row);
      boolean next = parent == row + 1;
      out.put(
          (byte)
              ((tree.deleted(row) ? DELETED : 0)
                  | (parent >= 0 ? HAS_PARENT : 0)
                  | (next ? PARENT_IS_NEXT : 0)
                  | (rev.foreign() ? FOREIGN : 0)));
      writeVarint(out, row == 0 ? rev.generation() : before - rev.generation());
      before = rev.generation();
      if (rev.foreign()) {
        writeVarint(out, rev.rawHash().length);
      }
      out.put(rev.rawHash());
      if (parent >= 0 && !next) {
        writeVarint(out, parent - row);
      }
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /** How many bytes the rows take at most. */
  private static int bound(RevTree tree) {
    int bytes = 0;
    for (int row = 0; row < tree.rows(); row++) {
      bytes += 1 + MAX_VARINT + tree.rev(row).rawHash().length;
      bytes += tree.parent(row) > row + 1 ? MAX_VARINT : 0;
      bytes += tree.rev(row).foreign() ? MAX_VARINT : 0;
    }
    return bytes;
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
      if (rows > in.remaining() / MIN_ROW_BYTES) {
        throw new CorruptRevTreeException("revision tree claims " + rows + " rows");
      }
      return readRows(in, rows);
    } catch (BufferUnderflowException e) {
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
      if (generation < 1 || (flags & ~ALL_FLAGS) != 0) {
        throw outOfOrder(row);
      }
      revs[row] = readRev(in, generation, (flags & FOREIGN) != 0);
      deleted[row] = (flags & DELETED) != 0;
      parents[row] = RevTree.NO_PARENT;
      if ((flags & HAS_PARENT) != 0) {
        int forward = (flags & PARENT_IS_NEXT) != 0 ? 1 : readVarint(in);
        parents[row] = forward > 0 && forward < rows - row ? row + forward : rows;
      }
    }
    check(revs, parents, deleted);
    return new RevTree(revs, parents, deleted);
  }

  private static RevId readRev(ByteBuffer in, int generation, boolean foreign) {
    if (!foreign) {
      byte[] hash = new byte[RevId.HASH_BYTES];
      in.get(hash);
      return RevId.adopt(generation, hash, false);
    }
    byte[] hash = new byte[hashLength(in)];
    in.get(hash);
    return RevId.adoptForeign(generation, hash);
  }

  /** Checks what every tree keeps, so that damage is found here and not by a wrong answer later. */
  private static void check(RevId[] revs, int[] parents, boolean[] deleted) {
    for (int row = 0; row < revs.length; row++) {
      if (!isLinked(revs, parents, row) || row > 0 && !isOrdered(revs, parents, deleted, row)) {
        throw outOfOrder(row);
      }
    }
  }

  /** Whether a parent is one generation behind, and named by its first row. */
  private static boolean isLinked(RevId[] revs, int[] parents, int row) {
    int parent = parents[row];
    if (parent < 0) {
      return true;
    }
    return parent < revs.length
        && revs[parent].generation() == revs[row].generation() - 1
        && (parent == row + 1 || revs[parent].compareTo(revs[parent - 1]) != 0);
  }

  /** Newest first; of one revision's rows the greatest parent first, and none without. */
  private static boolean isOrdered(RevId[] revs, int[] parents, boolean[] deleted, int row) {
    int order = revs[row - 1].compareTo(revs[row]);
    return order > 0
        || order == 0
            && parents[row - 1] >= 0
            && parents[row - 1] < parents[row]
            && deleted[row - 1] == deleted[row];
  }

  private static CorruptRevTreeException outOfOrder(int row) {
    return new CorruptRevTreeException("revision tree is out of order at row " + row);
  }

  private static int hashLength(ByteBuffer in) {
    int length = readVarint(in);
    if (length < 1 || length > RevId.MAX_FOREIGN_BYTES) {
      throw new CorruptRevTreeException("revision hash of " + length + " bytes");
    }
    return length;
  }

  private static void writeVarint(ByteBuffer out, int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out.put((byte) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
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
