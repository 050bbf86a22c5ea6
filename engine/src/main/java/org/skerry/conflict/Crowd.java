package org.skerry.conflict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.DocumentStore;
import org.skerry.store.RevisionRef;
import org.skerry.store.StoredRevision;

/**
 * A document with more live leaves than are compared and merged, or larger ones: so many are
 * somebody's mistake or attack. Its leaves are read one at a time, never all at once.
 *
 * @param live the live leaves, winner first
 */
record Crowd(DocumentStore store, DocId id, List<RevId> live) {
  /** Together larger versions are not set aside in one commit. */
  static final long MOST_BYTES = 32L << 20;

  /** A page ends behind the leaf with which it is so large. */
  private static final long PAGE_BYTES = 8L << 20;

  Crowd {
    live = List.copyOf(live);
  }

  /** The document's leaves, if they are so many. */
  static Optional<Crowd> find(DocumentStore store, DocId id) {
    List<RevId> live =
        Situation.crowd(store, id, Situation.COMPARED_BYTES).stream().map(Leaf::rev).toList();
    return live.isEmpty() ? Optional.empty() : Optional.of(new Crowd(store, id, live));
  }

  /** A leaf with its body; nothing when it went meanwhile. */
  Optional<StoredRevision> read(RevId rev) {
    List<StoredRevision> found = new ArrayList<>(1);
    store.read(
        List.of(new RevisionRef(id, rev)),
        (ref, there) -> there.ifPresent(here -> found.add(here.revision())));
    return found.stream().findFirst();
  }

  /** Some leaves from a place on, as many as may be held. */
  List<StoredRevision> page(int from, int most) {
    List<StoredRevision> page = new ArrayList<>();
    long bytes = 0;
    for (int i = from; i < live.size() && page.size() < most && bytes < PAGE_BYTES; i++) {
      Optional<StoredRevision> leaf = read(live.get(i));
      if (leaf.isEmpty()) {
        break;
      }
      bytes += leaf.get().body().json().length;
      page.add(leaf.get());
    }
    return page;
  }

  /**
   * Visits all leaves, winner first.
   *
   * @return whether all were visited: they are not when they are too large together, or one is gone
   */
  boolean visit(Consumer<StoredRevision> visitor) {
    long bytes = 0;
    for (RevId rev : live) {
      Optional<StoredRevision> leaf = read(rev);
      bytes += leaf.map(one -> (long) one.body().json().length).orElse(MOST_BYTES + 1);
      if (leaf.isEmpty() || bytes > MOST_BYTES) {
        return false;
      }
      visitor.accept(leaf.get());
    }
    return true;
  }
}
