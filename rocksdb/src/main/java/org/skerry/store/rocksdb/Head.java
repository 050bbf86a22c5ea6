package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.List;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;

/**
 * What stands under a document's id: its leaves, ready to be answered, and its branches' recent
 * history, which is decoded only when somebody needs it.
 *
 * <pre>
 *   1 byte   version and flags
 *   varint   sequence of the last change
 *   leaves   see {@link StoredLeaf}
 *   recent   see {@link Recent}; left out when there is nothing but leaves without ancestors
 * </pre>
 *
 * @param leaves winner first
 */
record Head(long seq, List<StoredLeaf> leaves, Recent recent) {
  private static final int VERSION = 1;
  private static final int VERSION_MASK = 0x0f;
  private static final int HAS_RECENT = 0x10;

  byte[] encode() {
    boolean plain = recent.isPlain();
    RecordWriter out =
        new RecordWriter(16 + StoredLeaf.TYPICAL_BYTES + (plain ? 0 : recent.estimate()));
    out.put(VERSION | (plain ? 0 : HAS_RECENT)).number(seq);
    StoredLeaf.write(out, seq, leaves);
    if (!plain) {
      recent.write(out, seq);
    }
    return out.toBytes();
  }

  static Head decode(byte[] record) {
    return Records.read("a document's head", record, in -> read(in, true));
  }

  /** The leaves alone; {@link #recent} is empty, whatever it was. */
  static Head decodeLeaves(ByteBuffer record) {
    return Records.read("a document's head", record, in -> read(in, false));
  }

  private static Head read(ByteBuffer in, boolean withRecent) {
    int first = in.get();
    Records.expectVersion("a document's head", first & VERSION_MASK, VERSION);
    long seq = Records.number(in);
    List<StoredLeaf> leaves = StoredLeaf.read(in, seq);
    if (!withRecent) {
      return new Head(seq, leaves, Recent.NONE);
    }
    return new Head(
        seq,
        leaves,
        (first & HAS_RECENT) != 0 ? Recent.read(in, seq, leaves) : Recent.of(treeOf(leaves)));
  }

  /** A tree of leaves without ancestors. */
  private static RevTree treeOf(List<StoredLeaf> leaves) {
    if (leaves.size() == 1) {
      return single(leaves.getFirst());
    }
    return RevTree.unionOf(leaves.stream().map(Head::single).toList());
  }

  private static RevTree single(StoredLeaf stored) {
    return RevTree.of(RevPath.of(stored.leaf().rev()), stored.leaf().deleted());
  }

  boolean deleted() {
    return leaves.getFirst().leaf().deleted();
  }

  boolean conflicted() {
    return StoredLeaf.conflicted(leaves);
  }
}
