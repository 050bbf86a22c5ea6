package org.skerry.index;

import java.util.LinkedHashMap;
import java.util.Map;

/** The nodes of one tree that were used last. One thread. */
final class NodeCache implements Nodes {
  /** Enough for the paths to both ends of a range, and the inner nodes around them. */
  private static final int KEPT = 128;

  private final Nodes behind;

  private final LinkedHashMap<Long, Node> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Node> eldest) {
          return size() > KEPT;
        }
      };

  NodeCache(Nodes behind) {
    this.behind = behind;
  }

  @Override
  public Node load(long id) {
    Node known = kept.get(id);
    if (known != null) {
      return known;
    }
    Node loaded = behind.load(id);
    kept.put(id, loaded);
    return loaded;
  }

  void put(long id, Node node) {
    kept.put(id, node);
  }

  void remove(long id) {
    kept.remove(id);
  }
}
