package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevIdCodec;

/**
 * A leaf with the place of its body.
 *
 * @param body the sequence under which the body stands
 * @param bodyBytes the body's length as its author wrote it
 * @param storedBytes the length of its record
 * @param attached whether it names attachments
 */
record StoredLeaf(Leaf leaf, long body, int bodyBytes, int storedBytes, boolean attached) {
  private static final int DELETED = 1;
  private static final int ATTACHED = 2;

  /** Most documents have one leaf, whose record is about this long. */
  static final int TYPICAL_BYTES = 32;

  /** Writes leaves of a document that last changed at {@code seq}; bodies are never younger. */
  static void write(RecordWriter out, long seq, List<StoredLeaf> leaves) {
    out.number(leaves.size());
    for (StoredLeaf stored : leaves) {
      out.put((stored.leaf.deleted() ? DELETED : 0) | (stored.attached ? ATTACHED : 0))
          .rev(stored.leaf.rev())
          .number(seq - stored.body)
          .number(stored.bodyBytes)
          .number(stored.storedBytes);
    }
  }

  static List<StoredLeaf> read(ByteBuffer in, long seq) {
    int count = Records.countOfRest(in);
    if (count == 1) {
      return List.of(readOne(in, seq));
    }
    List<StoredLeaf> leaves = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      leaves.add(readOne(in, seq));
    }
    return leaves;
  }

  private static StoredLeaf readOne(ByteBuffer in, long seq) {
    int flags = in.get();
    Leaf leaf = new Leaf(RevIdCodec.read(in), (flags & DELETED) != 0);
    return new StoredLeaf(
        leaf,
        seq - Records.number(in),
        Records.count(in),
        Records.count(in),
        (flags & ATTACHED) != 0);
  }

  StoredLeaf as(Leaf changed) {
    return leaf.equals(changed)
        ? this
        : new StoredLeaf(changed, body, bodyBytes, storedBytes, attached);
  }

  static List<Leaf> leaves(List<StoredLeaf> stored) {
    return stored.size() == 1
        ? List.of(stored.getFirst().leaf)
        : stored.stream().map(StoredLeaf::leaf).toList();
  }

  static Set<RevId> live(List<StoredLeaf> leaves) {
    return leaves.stream()
        .map(StoredLeaf::leaf)
        .filter(leaf -> !leaf.deleted())
        .map(Leaf::rev)
        .collect(Collectors.toSet());
  }

  static boolean conflicted(List<StoredLeaf> leaves) {
    // Asked for each document that is written, of one leaf mostly: no stream for it.
    int live = 0;
    for (StoredLeaf stored : leaves) {
      live += stored.leaf.deleted() ? 0 : 1;
    }
    return live > 1;
  }
}
