package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skerry.revision.RevId;
import org.skerry.revision.RevTree;
import org.skerry.revision.RevTreeCodec;

/**
 * The newest part of a document's history, bounded, so that an update's cost does not follow the
 * history's length. What is older stands in segments of its own ({@link History}); the union of all
 * is the known tree.
 *
 * <pre>
 *   varint ×3   oldest segment, segment behind the newest, highest generation in them
 *   tree        see RevTreeCodec
 *   varint each revision that is no leaf, newest first: 0, or how far its body's sequence lies back, plus 1
 * </pre>
 *
 * @param bodies where superseded revisions have their bodies; compaction may have removed them
 *     since
 */
record Recent(RevTree tree, Map<RevId, Long> bodies, Segments segments) {
  static final Recent NONE = of(RevTree.empty());

  /**
   * The segments of one document: numbers from {@code low} up to but not including {@code high}.
   *
   * @param newest no revision that stands only there has a higher generation
   */
  record Segments(int low, int high, int newest) {
    static final Segments NONE = new Segments(0, 0, 0);

    boolean isEmpty() {
      return low == high;
    }

    int count() {
      return high - low;
    }
  }

  static Recent of(RevTree tree) {
    return new Recent(tree, Map.of(), Segments.NONE);
  }

  /** Whether the leaves say everything. */
  boolean isPlain() {
    return segments.isEmpty() && bodies.isEmpty() && tree.size() == tree.leaves().size();
  }

  int estimate() {
    return 24 * tree.size() + 16;
  }

  void write(RecordWriter out, long seq) {
    out.number(segments.low).number(segments.high).number(segments.newest);
    out.raw(RevTreeCodec.encode(tree));
    for (RevId rev : tree.revisions()) {
      if (!tree.isLeaf(rev)) {
        out.number(Optional.ofNullable(bodies.get(rev)).map(body -> seq - body + 1).orElse(0L));
      }
    }
  }

  static Recent read(ByteBuffer in, long seq, List<StoredLeaf> leaves) {
    Segments segments = new Segments(Records.count(in), Records.count(in), Records.count(in));
    RevTree tree = RevTreeCodec.decode(in);
    Set<RevId> leafRevs =
        leaves.stream().map(stored -> stored.leaf().rev()).collect(Collectors.toSet());
    Map<RevId, Long> bodies = new HashMap<>();
    for (RevId rev : tree.revisions()) {
      if (!leafRevs.contains(rev)) {
        long back = Records.number(in);
        if (back > 0) {
          bodies.put(rev, seq - back + 1);
        }
      }
    }
    return new Recent(tree, bodies, segments);
  }
}
