package org.skerry.store.rocksdb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentVisitor;
import org.skerry.store.Fields;
import org.skerry.store.Fields.Bodies;

/**
 * Visits a range of ids in their order. Used once; one thread.
 *
 * <p>Bodies stand in the order of their writes, and are read ahead of a few documents at a time:
 * {@link BodiesAhead}. Of one document first, since many ask for no more.
 */
final class Sweep {
  private static final int PAGE_DOCUMENTS = 16;

  private final Cabinet cabinet;
  private final Reading reading;
  private final byte[] from;
  private final byte[] to;
  private final boolean includeTo;
  private final boolean descending;

  /** Where the cursor stands. */
  private byte[] key = {};

  Sweep(Cabinet cabinet, Reading reading, DocRange range) {
    this.cabinet = cabinet;
    this.reading = reading;
    this.from = bound(range.from(), cabinet.number());
    this.to = bound(range.to(), cabinet.number() + 1);
    this.includeTo = range.to().isPresent() && range.includeTo();
    this.descending = range.descending();
  }

  private byte[] bound(Optional<String> text, int otherwise) {
    return text.map(id -> Keys.document(cabinet.number(), id.getBytes(StandardCharsets.UTF_8)))
        .orElseGet(() -> Keys.database(otherwise));
  }

  private record Found(DocId id, Head head) {}

  /** Returns whether it came to the end of the range. */
  boolean visit(Fields fields, DocumentVisitor visitor) {
    try (Cursor heads = reading.cursor(Family.HEADS)) {
      if (descending) {
        heads.seekBack(to);
      } else {
        heads.seek(from);
      }
      return visit(heads, fields, visitor);
    }
  }

  private boolean visit(Cursor heads, Fields fields, DocumentVisitor visitor) {
    BodiesAhead bodies = new BodiesAhead();
    List<Found> page = new ArrayList<>(PAGE_DOCUMENTS);
    int documents = 1;
    boolean more = find(heads);
    while (more) {
      while (more && page.size() < documents) {
        Found found = found(heads, fields);
        wanted(found, fields.bodies()).forEach(bodies::expect);
        page.add(found);
        more = step(heads);
      }
      reading.read(bodies);
      for (Found found : page) {
        if (!visitor.visit(reading.document(found.id, found.head, fields))) {
          return false;
        }
      }
      page.clear();
      bodies.clear();
      documents = Math.min(2 * documents, PAGE_DOCUMENTS);
    }
    return true;
  }

  private static List<StoredLeaf> wanted(Found found, Bodies bodies) {
    List<StoredLeaf> leaves = found.head.leaves();
    return switch (bodies) {
      case NONE -> List.of();
      case WINNER -> leaves.size() == 1 ? leaves : List.of(leaves.getFirst());
      case LEAVES -> leaves;
    };
  }

  private Found found(Cursor heads, Fields fields) {
    DocId id = DocId.ofStored(Arrays.copyOfRange(key, Keys.PREFIX, key.length));
    Head head = fields.tree() ? Head.decode(heads.value()) : Head.decodeLeaves(heads.peek());
    return new Found(id, head);
  }

  private boolean step(Cursor heads) {
    if (descending) {
      heads.previous();
    } else {
      heads.next();
    }
    return find(heads);
  }

  /** Steps on until the cursor stands in the range; false when it has left it. */
  private boolean find(Cursor heads) {
    while (heads.valid()) {
      key = heads.key();
      int end = Arrays.compareUnsigned(key, to);
      boolean behind = end > 0 || end == 0 && !includeTo;
      boolean ahead = Arrays.compareUnsigned(key, from) < 0;
      if (!behind && !ahead) {
        return true;
      }
      if (descending ? ahead : behind) {
        return false;
      }
      if (descending) {
        heads.previous();
      } else {
        heads.next();
      }
    }
    return false;
  }
}
