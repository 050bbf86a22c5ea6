package org.skerry.store.rocksdb;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.Merged;
import org.skerry.revision.Merged.Change;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;
import org.skerry.store.rocksdb.History.Part;
import org.skerry.store.rocksdb.Recent.Segments;

/**
 * A document's branches while a group changes them: merges what comes, and keeps the recent part
 * small.
 *
 * <p>An edit, and a merge whose path ends within the recent part, read and write nothing else. The
 * segments are read when a path reaches below the recent part or names a revision that may be among
 * them; they are written anew only when such a path brings facts that nobody knew.
 */
final class Branches {
  /**
   * How many revisions of each branch stay with the leaves. When twice as many stand there the
   * older half is moved into a segment: so an update writes a head of 16 to 32 revisions of about
   * 20 bytes, and every sixteenth a segment. More would cost every update, fewer would send
   * replications to the segments.
   */
  static final int KEPT = 16;

  private final ShelfDraft shelf;
  private final DocId id;
  private Recent recent;

  /** Segments that this group put, and that reading does not find yet. */
  private final Map<Integer, Part> fresh = new HashMap<>();

  Branches(ShelfDraft shelf, DocId id, Recent recent) {
    this.shelf = shelf;
    this.id = id;
    this.recent = recent;
  }

  Recent recent() {
    return recent;
  }

  /** The recent part; its leaves are the document's. */
  RevTree tree() {
    return recent.tree();
  }

  /** Where branches part that end in live leaves: what a three-way merge may ask for. */
  Set<RevId> commonAncestors() {
    RevTree whole = History.union(History.parts(recent, this::segment)).tree();
    return whole.stem(shelf.revsLimit()).partings();
  }

  /** Adds a path. Returns whether that brought anything. */
  boolean merge(RevPath path, boolean tombstone) {
    if (!reachesSegments(path) && !bringsLinks(path, tombstone)) {
      return mergeRecent(path, tombstone);
    }
    List<Part> parts = History.parts(recent, this::segment);
    boolean known = parts.stream().anyMatch(part -> part.tree().contains(path.newest()));
    Optional<RevPath> direct = known ? Optional.empty() : upToRecent(path);
    if (direct.isPresent() && History.knowAncestors(parts, path)) {
      return mergeRecent(direct.get(), tombstone);
    }
    return mergeWhole(History.union(parts), path, tombstone);
  }

  /**
   * Whether the recent part knows the revision but not all of its path, which the segments may
   * know.
   */
  private boolean bringsLinks(RevPath path, boolean tombstone) {
    if (recent.segments().isEmpty() || !tree().contains(path.newest())) {
      return false;
    }
    return isNews(tree(), tree().merge(path, tombstone));
  }

  private boolean reachesSegments(RevPath path) {
    return !recent.segments().isEmpty() && (mayBeThere(path.newest()) || mayBeThere(path.oldest()));
  }

  private boolean mayBeThere(RevId rev) {
    return rev.generation() <= recent.segments().newest() && !tree().contains(rev);
  }

  /** The path down to the first revision that stands in the recent part; nothing when none does. */
  private Optional<RevPath> upToRecent(RevPath path) {
    List<RevId> revisions = path.revisions();
    for (int i = 0; i < revisions.size(); i++) {
      if (tree().contains(revisions.get(i))) {
        return Optional.of(path.truncate(i + 1));
      }
    }
    return Optional.empty();
  }

  private boolean mergeRecent(RevPath path, boolean tombstone) {
    Merged merged = tree().merge(path, tombstone);
    boolean news = isNews(tree(), merged);
    if (news) {
      recent = new Recent(merged.tree(), recent.bodies(), recent.segments());
    }
    return news;
  }

  private boolean isNews(RevTree before, Merged merged) {
    int limit = shelf.revsLimit();
    return merged.change() != Change.INTERNAL_NODE
        || !merged.tree().stem(limit).equals(before.stem(limit));
  }

  /**
   * Facts below the recent part: the segments are dropped, and {@link #bound} will write them anew.
   */
  private boolean mergeWhole(Part whole, RevPath path, boolean tombstone) {
    Merged merged = whole.tree().merge(path, tombstone);
    if (!isNews(whole.tree(), merged)) {
      return false;
    }
    int high = recent.segments().high();
    dropSegments(high);
    recent =
        new Recent(
            merged.tree().stem(shelf.revsLimit()), whole.bodies(), new Segments(high, high, 0));
    return true;
  }

  /**
   * Forgets leaves and the ancestors that only they have.
   *
   * @return where the ancestors that went have their bodies, unless compaction removed them
   */
  Collection<Long> purge(Collection<RevId> gone) {
    Part whole = History.union(History.parts(recent, this::segment));
    RevTree left = whole.tree().without(gone);
    int high = recent.segments().high();
    dropSegments(high);
    if (left.isEmpty()) {
      recent = Recent.NONE;
      return whole.bodies().values();
    }
    recent = new Recent(left, only(whole.bodies(), left), new Segments(high, high, 0));
    bound(Map.of());
    Map<RevId, Long> lost = new HashMap<>(whole.bodies());
    lost.keySet().removeIf(left::contains);
    return lost.values();
  }

  /**
   * Stems to the database's limit, and moves what is too much for the head into a segment.
   *
   * @param overtaken leaves that are none any more, with their bodies
   */
  void bound(Map<RevId, Long> overtaken) {
    if (!overtaken.isEmpty()) {
      Map<RevId, Long> more = new HashMap<>(recent.bodies());
      more.putAll(overtaken);
      recent = new Recent(recent.tree(), more, recent.segments());
    }
    int limit = shelf.revsLimit();
    if (limit <= KEPT) {
      dropSegments(recent.segments().high());
      RevTree stemmed = tree().stem(limit);
      recent = new Recent(stemmed, only(recent.bodies(), stemmed), recent.segments());
    } else if (tree().size() > KEPT * (tree().leaves().size() + 1)) {
      moveOlder();
      dropForgotten(limit);
    }
  }

  private void moveOlder() {
    RevTree older = tree().stemmed(KEPT);
    RevTree kept = tree().stem(KEPT);
    int newest =
        older.revisions().stream()
            .filter(rev -> !kept.contains(rev))
            .mapToInt(RevId::generation)
            .findFirst()
            .orElse(0);
    if (newest == 0) {
      return;
    }
    Segments segments = recent.segments();
    int number = segments.high();
    Part part = new Part(older, only(recent.bodies(), older));
    shelf
        .group()
        .put(Family.HISTORY, Keys.segment(shelf.number(), id, number), History.encode(part));
    fresh.put(number, part);
    recent =
        new Recent(
            kept,
            only(recent.bodies(), kept),
            new Segments(segments.low(), number + 1, Math.max(segments.newest(), newest)));
  }

  /** Drops whole segments that lie beyond the limit of every branch. */
  private void dropForgotten(int limit) {
    Segments segments = recent.segments();
    int lowestLeaf =
        tree().leaves().stream().map(Leaf::rev).mapToInt(RevId::generation).min().orElse(0);
    int enough = limit / KEPT + 1;
    if (segments.count() > 2 * enough * tree().leaves().size()) {
      // An old branch beside a long one: its low leaf keeps every segment from being forgotten
      // whole.
      condense(limit);
      return;
    }
    int low = segments.low();
    while (segments.high() - low > enough
        && segment(low).tree().revisions().getFirst().generation() <= lowestLeaf - limit) {
      low++;
    }
    dropSegments(low);
  }

  private void condense(int limit) {
    Part whole = History.union(History.parts(recent, this::segment));
    int high = recent.segments().high();
    dropSegments(high);
    RevTree stemmed = whole.tree().stem(limit);
    recent = new Recent(stemmed, only(whole.bodies(), stemmed), new Segments(high, high, 0));
    moveOlder();
  }

  /** Deletes the segments below a number. */
  private void dropSegments(int below) {
    Segments segments = recent.segments();
    for (int number = segments.low(); number < below; number++) {
      shelf.group().delete(Family.HISTORY, Keys.segment(shelf.number(), id, number));
      fresh.remove(number);
    }
    Segments left =
        below == segments.high()
            ? new Segments(below, below, 0)
            : new Segments(below, segments.high(), segments.newest());
    recent = new Recent(recent.tree(), recent.bodies(), left);
  }

  private Part segment(int number) {
    Part part = fresh.get(number);
    return part != null
        ? part
        : History.read(shelf.tables(), shelf.tables().latest(), shelf.shelf(), id, number);
  }

  private static Map<RevId, Long> only(Map<RevId, Long> bodies, RevTree tree) {
    Map<RevId, Long> kept = new HashMap<>(bodies);
    kept.keySet().removeIf(rev -> !tree.contains(rev));
    return kept;
  }
}
