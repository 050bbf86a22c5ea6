package org.skerry.revision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.revision.Merged.Change;

/**
 * The history of one document: an immutable, grow-only set of facts "this revision has that
 * parent".
 *
 * <p>A <i>leaf</i> is a revision that is nobody's parent; more than one live leaf is a
 * <i>conflict</i>; the <i>winner</i> is the first leaf in {@link Leaf#WINNER_FIRST}. A tree whose
 * oldest revisions are not of generation 1 is <i>stemmed</i>: its older ancestors are not known
 * here.
 *
 * <p>Facts and not nested nodes, because other programs give one revision two parents: CouchDB's
 * {@code couch_key_tree} then keeps the revision twice, as two leaves of one name, and after
 * stemming reports conflicts that nobody made. A set of facts has neither, and merging is set
 * union: commutative, associative and idempotent.
 *
 * <p>Rows stand newest first. Row {@code i} is revision {@code revs[i]} with its parent in row
 * {@code parents[i]} or none (-1); a revision with several known parents has several adjacent rows,
 * the greatest parent first. Trees that hold the same facts are equal arrays. Generations fall by
 * one from child to parent, so a parent always stands behind its child.
 */
public final class RevTree {
  private static final RevTree EMPTY = new RevTree(new RevId[0], new int[0], new boolean[0]);
  static final int NO_PARENT = -1;

  private final RevId[] revs;
  private final int[] parents;
  private final boolean[] deleted;

  /** Whether a row's revision is somebody's parent; said in its first row. */
  private final boolean[] followed;

  private final List<Leaf> leaves;

  RevTree(RevId[] revs, int[] parents, boolean[] deleted) {
    this.revs = revs;
    this.parents = parents;
    this.deleted = deleted;
    this.followed = new boolean[revs.length];
    this.leaves = findLeaves();
  }

  /** The tree of a document that does not exist. */
  public static RevTree empty() {
    return EMPTY;
  }

  /** A tree of one branch. */
  public static RevTree of(RevPath path, boolean deleted) {
    int length = path.revisions().size();
    RevId[] revs = path.revisions().toArray(RevId[]::new);
    int[] parents = new int[length];
    for (int i = 0; i < length; i++) {
      parents[i] = i + 1 < length ? i + 1 : NO_PARENT;
    }
    boolean[] tombstones = new boolean[length];
    tombstones[0] = deleted;
    return new RevTree(revs, parents, tombstones);
  }

  private List<Leaf> findLeaves() {
    if (revs.length == 0) {
      return List.of();
    }
    for (int parent : parents) {
      if (parent >= 0) {
        followed[parent] = true;
      }
    }
    List<Leaf> found = new ArrayList<>(2);
    for (int row = 0; row < revs.length; row++) {
      if (!followed[row] && isFirstRow(row)) {
        found.add(new Leaf(revs[row], deleted[row]));
      }
    }
    found.sort(Leaf.WINNER_FIRST);
    return Collections.unmodifiableList(found);
  }

  boolean isFirstRow(int row) {
    return row == 0 || !revs[row].equals(revs[row - 1]);
  }

  /** The revisions that nobody followed, winner first. Empty only in the empty tree. */
  public List<Leaf> leaves() {
    return leaves;
  }

  /** The leaf that is served when nobody asks for another. */
  public Optional<Leaf> winner() {
    return leaves.isEmpty() ? Optional.empty() : Optional.of(leaves.getFirst());
  }

  public boolean isEmpty() {
    return revs.length == 0;
  }

  /** How many revisions are known. */
  public int size() {
    int size = 0;
    for (int row = 0; row < revs.length; row++) {
      size += isFirstRow(row) ? 1 : 0;
    }
    return size;
  }

  /** Every known revision, newest first. */
  public List<RevId> revisions() {
    List<RevId> all = new ArrayList<>(revs.length);
    for (int row = 0; row < revs.length; row++) {
      if (isFirstRow(row)) {
        all.add(revs[row]);
      }
    }
    return Collections.unmodifiableList(all);
  }

  /** Whether the revision is known, as a leaf or an ancestor. */
  public boolean contains(RevId rev) {
    return find(rev) >= 0;
  }

  /** Whether the revision is a leaf. */
  public boolean isLeaf(RevId rev) {
    int row = find(rev);
    return row >= 0 && !followed[row];
  }

  /** The leaf of that name. */
  public Optional<Leaf> leaf(RevId rev) {
    int row = find(rev);
    return row < 0 || followed[row]
        ? Optional.empty()
        : Optional.of(new Leaf(revs[row], deleted[row]));
  }

  /** Whether the revision is known to be a tombstone, followed or not. */
  public boolean isTombstone(RevId rev) {
    int row = find(rev);
    return row >= 0 && deleted[row];
  }

  /**
   * The revision's parent; none for an unknown revision, a document's first, or one that was
   * stemmed.
   */
  public Optional<RevId> parent(RevId rev) {
    int row = find(rev);
    return row < 0 || parents[row] < 0 ? Optional.empty() : Optional.of(revs[parents[row]]);
  }

  /** The row of the revision, the first if it has several; negative when unknown. */
  private int find(RevId rev) {
    int low = 0;
    int high = revs.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (revs[middle].compareTo(rev) > 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < revs.length && revs[low].equals(rev) ? low : -1;
  }

  /**
   * The branch from a revision back to its oldest known ancestor.
   *
   * @return nothing when the revision is unknown
   */
  public Optional<RevPath> path(RevId rev) {
    int row = find(rev);
    if (row < 0) {
      return Optional.empty();
    }
    List<RevId> path = new ArrayList<>();
    for (int at = row; at >= 0 && path.size() < RevPath.MAX_LENGTH; at = parents[at]) {
      path.add(revs[at]);
    }
    return Optional.of(new RevPath(path));
  }

  /** Those of the given revisions that are not known, in their order. */
  public List<RevId> missing(Collection<RevId> wanted) {
    return wanted.stream().filter(rev -> !contains(rev)).toList();
  }

  /**
   * Leaves older than the revision: what a peer could build a difference on ({@code
   * possible_ancestors} of {@code _revs_diff}).
   */
  public List<RevId> possibleAncestors(RevId missing) {
    return leaves.stream()
        .map(Leaf::rev)
        .filter(leaf -> leaf.generation() < missing.generation())
        .toList();
  }

  /** The leaves that descend from the revision, or are it; winner first ({@code latest=true}). */
  public List<Leaf> leavesOf(RevId rev) {
    return leaves.stream().filter(leaf -> descends(leaf.rev(), rev)).toList();
  }

  /** Whether a revision is another one's descendant, or that one itself. */
  public boolean descends(RevId descendant, RevId ancestor) {
    return contains(ancestor) && ancestors(descendant).contains(ancestor);
  }

  /**
   * The newest revision from which both descend, for a three-way merge.
   *
   * @return nothing when a revision is unknown, or what they share was stemmed or never existed
   */
  public Optional<RevId> commonAncestor(RevId one, RevId other) {
    Set<RevId> shared = ancestors(one);
    shared.retainAll(ancestors(other));
    return shared.stream().max(RevId::compareTo);
  }

  /**
   * The revisions at which branches part that both end in live leaves. The {@link #commonAncestor}
   * of every two live leaves is among them, and one pass finds them all.
   */
  public Set<RevId> partings() {
    int[] branches = new int[revs.length];
    for (Leaf leaf : leaves) {
      branches[find(leaf.rev())] = leaf.deleted() ? 0 : 1;
    }
    Set<RevId> found = new HashSet<>();
    int first = 0;
    for (int row = 0; row < revs.length; row++) {
      first = isFirstRow(row) ? row : first;
      if (branches[first] > 1) {
        found.add(revs[first]);
      }
      if (branches[first] > 0 && parents[row] >= 0) {
        branches[parents[row]]++;
      }
    }
    return found;
  }

  /** The revision and all its known ancestors, by every known parent. */
  private Set<RevId> ancestors(RevId rev) {
    Set<RevId> found = new HashSet<>();
    int row = find(rev);
    if (row >= 0) {
      boolean[] reached = new boolean[revs.length];
      reach(row, reached);
      for (int i = 0; i < revs.length; i++) {
        if (reached[i]) {
          found.add(revs[i]);
        }
      }
    }
    return found;
  }

  /**
   * Marks the rows of a revision and of its ancestors. Rows stand newest first, so one pass in row
   * order is enough.
   */
  private void reach(int from, boolean[] reached) {
    reached[from] = true;
    for (int row = from; row < revs.length; row++) {
      reached[row] |= !isFirstRow(row) && reached[row - 1];
      if (reached[row] && parents[row] >= 0) {
        reached[parents[row]] = true;
      }
    }
  }

  /**
   * Adds a branch.
   *
   * @param path the newest revision and what is known of its ancestors
   * @param tombstone whether the newest revision is a tombstone
   */
  public Merged merge(RevPath path, boolean tombstone) {
    int known = find(path.newest());
    if (known >= 0) {
      boolean nothingNew = (deleted[known] || !tombstone) && knowsLinks(path, 0);
      return new Merged(nothingNew ? this : union(of(path, tombstone)), Change.INTERNAL_NODE);
    }
    boolean followsLeaf = isEmpty() || path.revisions().stream().anyMatch(this::isLeaf);
    RevTree merged = knowsLinks(path, 1) ? insert(path, tombstone) : union(of(path, tombstone));
    return new Merged(merged, followsLeaf ? Change.NEW_LEAF : Change.NEW_BRANCH);
  }

  /**
   * Whether the path says nothing new from the revision at that index on: after an edit's newest
   * revision that is the common case. May err on the side of news when a revision has several
   * parents.
   */
  private boolean knowsLinks(RevPath path, int from) {
    List<RevId> revisions = path.revisions();
    int row = from < revisions.size() ? find(revisions.get(from)) : NO_PARENT;
    for (int i = from + 1; i < revisions.size() && row >= 0; i++) {
      row = parents[row];
      if (row >= 0 && !revs[row].equals(revisions.get(i))) {
        return false;
      }
    }
    return row >= 0;
  }

  /**
   * As {@link #union} with a path of which only the newest revision is unknown, by copying three
   * arrays.
   */
  private RevTree insert(RevPath path, boolean tombstone) {
    RevId newest = path.newest();
    int at = 0;
    while (at < revs.length && revs[at].compareTo(newest) > 0) {
      at++;
    }
    int length = revs.length + 1;
    RevId[] moreRevs = new RevId[length];
    int[] moreParents = new int[length];
    boolean[] moreDeleted = new boolean[length];
    for (int row = 0; row < revs.length; row++) {
      int to = row < at ? row : row + 1;
      moreRevs[to] = revs[row];
      moreParents[to] = parents[row] < at ? parents[row] : parents[row] + 1;
      moreDeleted[to] = deleted[row];
    }
    moreRevs[at] = newest;
    moreParents[at] = find(path.revisions().get(1)) + 1;
    moreDeleted[at] = tombstone;
    return new RevTree(moreRevs, moreParents, moreDeleted);
  }

  /** All facts of both trees. */
  @SuppressWarnings("ReferenceEquality") // A short cut; equal trees take the long way to the same.
  public RevTree union(RevTree other) {
    if (this == other || isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    RevTree merged = TreeUnion.of(this, other);
    return merged.equals(this) ? this : merged;
  }

  /** All facts of all trees. Halves are united first, so that many small trees stay cheap. */
  public static RevTree unionOf(List<RevTree> trees) {
    return switch (trees.size()) {
      case 0 -> EMPTY;
      case 1 -> trees.getFirst();
      default -> {
        int middle = trees.size() / 2;
        RevTree first = unionOf(trees.subList(0, middle));
        yield first.union(unionOf(trees.subList(middle, trees.size())));
      }
    };
  }

  /**
   * Keeps of every branch the newest revisions.
   *
   * @param limit how many revisions of each leaf's branch stay, from 1
   */
  public RevTree stem(int limit) {
    checkLimit(limit);
    return isShort(limit) ? this : TreeCut.keep(this, TreeCut.newest(this, limit));
  }

  /**
   * What {@link #stem} with the same limit forgets, and the revisions where both parts join: so the
   * union of the two is this tree. An engine that keeps old history apart keeps this.
   */
  public RevTree stemmed(int limit) {
    checkLimit(limit);
    return isShort(limit) ? EMPTY : TreeCut.rest(this, TreeCut.newest(this, limit));
  }

  private static void checkLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a branch keeps at least its leaf: " + limit);
    }
  }

  /**
   * Whether no branch can be longer than the limit: the common case, seen without looking at any
   * row between.
   */
  private boolean isShort(int limit) {
    return isEmpty() || revs[0].generation() - revs[revs.length - 1].generation() < limit;
  }

  /**
   * Forgets leaves, and the ancestors that no other leaf descends from, as {@code _purge} does.
   * Revisions that are not leaves stay.
   */
  public RevTree without(Collection<RevId> purged) {
    boolean[] kept = new boolean[revs.length];
    for (Leaf leaf : leaves) {
      if (!purged.contains(leaf.rev())) {
        reach(find(leaf.rev()), kept);
      }
    }
    return TreeCut.keep(this, kept);
  }

  /** How many rows there are: at least one a revision. */
  int rows() {
    return revs.length;
  }

  RevId rev(int row) {
    return revs[row];
  }

  /** The first row of a row's parent; negative when it has none. */
  int parent(int row) {
    return parents[row];
  }

  boolean deleted(int row) {
    return deleted[row];
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof RevTree other
        && Arrays.equals(revs, other.revs)
        && Arrays.equals(parents, other.parents)
        && Arrays.equals(deleted, other.deleted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(revs) * 31 + Arrays.hashCode(deleted);
  }

  /** The leaves, and how much is known: for logs and failing tests. */
  @Override
  public String toString() {
    return "RevTree" + leaves + " of " + size() + " revisions";
  }
}
