package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.rocksdb.ReadOptions;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;
import org.skerry.revision.RevTreeCodec;
import org.skerry.store.rocksdb.Recent.Segments;

/**
 * A document's history beyond its {@link Recent} part: segments, each written once, numbered from
 * the oldest. Neighbours share the revisions at which they join, so that the union of all is the
 * whole tree.
 */
final class History {
  private static final int VERSION = 1;

  private History() {}

  /** Some revisions, and where superseded ones have their bodies. */
  record Part(RevTree tree, Map<RevId, Long> bodies) {}

  static byte[] encode(Part part) {
    RecordWriter out = new RecordWriter(24 * part.tree.size() + 8);
    out.put(VERSION).raw(RevTreeCodec.encode(part.tree));
    for (RevId rev : part.tree.revisions()) {
      out.number(Optional.ofNullable(part.bodies.get(rev)).orElse(0L));
    }
    return out.toBytes();
  }

  private static Part decode(ByteBuffer in) {
    Records.expectVersion("a part of a document's history", in.get(), VERSION);
    RevTree tree = RevTreeCodec.decode(in);
    Map<RevId, Long> bodies = new HashMap<>();
    for (RevId rev : tree.revisions()) {
      long body = Records.number(in);
      if (body > 0) {
        bodies.put(rev, body);
      }
    }
    return new Part(tree, bodies);
  }

  static Part read(Tables tables, ReadOptions options, Shelf shelf, DocId id, int segment) {
    byte[] record =
        tables
            .get(Family.HISTORY, options, Keys.segment(shelf.number(), id, segment))
            .orElseThrow(() -> shelf.lost("part " + segment + " of the history of " + id));
    return Records.read("a part of the history of " + id, record, History::decode);
  }

  /** The recent part and all segments, newest first. */
  static List<Part> parts(Recent recent, IntFunction<Part> reader) {
    Segments segments = recent.segments();
    List<Part> parts = new ArrayList<>(segments.count() + 1);
    parts.add(new Part(recent.tree(), recent.bodies()));
    for (int segment = segments.high() - 1; segment >= segments.low(); segment--) {
      parts.add(reader.apply(segment));
    }
    return parts;
  }

  static Part union(List<Part> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    Map<RevId, Long> bodies = new HashMap<>();
    parts.forEach(part -> bodies.putAll(part.bodies));
    return new Part(RevTree.unionOf(parts.stream().map(Part::tree).toList()), bodies);
  }

  /**
   * Whether the parts know every step of a path but its first: then the path adds its newest
   * revision and nothing else. Parts and path both run from new to old, so one walk along both is
   * enough.
   */
  static boolean knowAncestors(List<Part> parts, RevPath path) {
    List<RevId> revisions = path.revisions();
    int at = 0;
    for (int i = 1; i < revisions.size(); i++) {
      while (at < parts.size() && !knows(parts.get(at).tree, revisions, i)) {
        at++;
      }
      if (at == parts.size()) {
        return false;
      }
    }
    return true;
  }

  private static boolean knows(RevTree tree, List<RevId> revisions, int i) {
    return i + 1 == revisions.size()
        ? tree.contains(revisions.get(i))
        : tree.parent(revisions.get(i)).filter(revisions.get(i + 1)::equals).isPresent();
  }
}
