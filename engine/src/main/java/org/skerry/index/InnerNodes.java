package org.skerry.index;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inner nodes of a node's indexes that were read last, whichever request read them: every
 * question begins with some of them. Any thread.
 */
final class InnerNodes {
  /** Those of a few views of a million rows each. */
  private static final long MOST_BYTES = 4L << 20;

  /** What an entry takes besides its node. */
  private static final long ENTRY_BYTES = 150;

  private final LinkedHashMap<Key, Node> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** Compared and hashed by hand: what records do by themselves is slow in a node that is young. */
  private record Key(Moment.Life life, int view, long id) {
    @Override
    public int hashCode() {
      return 31 * (31 * life.hashCode() + view) + Long.hashCode(id);
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Key other
          && id == other.id
          && view == other.view
          && life.equals(other.life);
    }
  }

  synchronized @Nullable Node find(Moment.Life life, int view, long id) {
    return kept.get(new Key(life, view, id));
  }

  synchronized void put(Moment.Life life, int view, long id, Node node) {
    if (kept.put(new Key(life, view, id), node) == null) {
      bytes += size(node);
      while (bytes > MOST_BYTES) {
        Map.Entry<Key, Node> eldest = kept.pollFirstEntry();
        bytes -= size(eldest.getValue());
      }
    }
  }

  private static long size(Node node) {
    return ENTRY_BYTES + node.bytes().length;
  }
}
