package org.skerry.store.rocksdb;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.skerry.revision.CorruptRevTreeException;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;

/**
 * What stands under a document's id: its leaves, ready to be answered, whom it concerns, and its
 * branches' recent history, which is decoded only when somebody needs it.
 *
 * <pre>
 *   1 byte   version and flags
 *   varint   sequence of the last change
 *   scope    what sites get of it, its length before it: see {@code store.subset}; left out where
 *            there is nothing to say
 *   leaves   see {@link StoredLeaf}
 *   recent   see {@link Recent}; left out when there is nothing but leaves without ancestors
 * </pre>
 *
 * @param leaves winner first
 * @param scope none where there is nothing to say
 */
record Head(long seq, List<StoredLeaf> leaves, Recent recent, Optional<ScopeBytes> scope) {
  private static final int VERSION = 1;

  /** Of heads with a scope, which older programs would lose. */
  private static final int WITH_SCOPE = 2;

  private static final int VERSION_MASK = 0x0f;
  private static final int HAS_RECENT = 0x10;

  byte[] encode() {
    boolean plain = recent.isPlain();
    RecordWriter out =
        new RecordWriter(
            16
                + StoredLeaf.TYPICAL_BYTES
                + scope.map(known -> known.bytes().length).orElse(0)
                + (plain ? 0 : recent.estimate()));
    int version = scope.isPresent() ? WITH_SCOPE : VERSION;
    out.put(version | (plain ? 0 : HAS_RECENT)).number(seq);
    scope.ifPresent(known -> out.block(known.bytes()));
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
    // Each reading of a document comes by: without a function that stands for many.
    try {
      return read(record, false);
    } catch (BufferUnderflowException | CorruptRevTreeException | IndexOutOfBoundsException e) {
      throw Records.damaged("a document's head", e);
    }
  }

  private static Head read(ByteBuffer in, boolean withRecent) {
    int first = in.get();
    long seq = Records.number(in);
    Optional<ScopeBytes> scope = scope(in, first);
    List<StoredLeaf> leaves = StoredLeaf.read(in, seq);
    if (!withRecent) {
      return new Head(seq, leaves, Recent.NONE, scope);
    }
    return new Head(
        seq,
        leaves,
        (first & HAS_RECENT) != 0 ? Recent.read(in, seq, leaves) : Recent.of(treeOf(leaves)),
        scope);
  }

  /** The scope alone. */
  static Optional<ScopeBytes> decodeScope(byte[] record) {
    return Records.read(
        "a document's head",
        record,
        in -> {
          int first = in.get();
          Records.number(in);
          return scope(in, first);
        });
  }

  private static Optional<ScopeBytes> scope(ByteBuffer in, int first) {
    int version = first & VERSION_MASK;
    if (version == WITH_SCOPE) {
      return Optional.of(new ScopeBytes(Records.block(in)));
    }
    Records.expectVersion("a document's head", version, VERSION);
    return Optional.empty();
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
