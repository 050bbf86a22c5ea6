package org.skerry.index;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skerry.collation.JsonOrder;

/** The rows of one view at one moment. One thread. */
public final class ViewReading {
  private final IndexDefinition.View view;
  private final Tree tree;

  ViewReading(IndexDefinition.View view, Tree tree) {
    this.view = view;
    this.tree = tree;
  }

  /** How its keys are ordered. */
  public JsonOrder order() {
    return view.order();
  }

  /** How many rows it has in all. */
  public long total() {
    return tree.rows();
  }

  /** How many rows a range has. */
  public long count(RowRange range) {
    return tree.rows(range.bounds(view.order()));
  }

  /** How many rows stand before a range, in its direction. */
  public long before(RowRange range) {
    Bounds bounds = range.bounds(view.order());
    if (range.descending()) {
      return bounds.to().map(to -> tree.rows() - tree.rank(to)).orElse(0L);
    }
    return bounds.from().length == 0 ? 0 : tree.rank(bounds.from());
  }

  /**
   * Visits the rows of a range in its direction.
   *
   * @param skip how many to leave out at the beginning; costs no more than none
   */
  public void rows(RowRange range, long skip, RowVisitor visitor) {
    rows(range.bounds(view.order()), range.descending(), skip, visitor);
  }

  /** Visits the rows of a range of collated keys in its direction. */
  public void rows(CollatedRange range, RowVisitor visitor) {
    rows(range.bounds(), range.descending(), 0, visitor);
  }

  private void rows(Bounds bounds, boolean descending, long skip, RowVisitor visitor) {
    RowCursor cursor = tree.cursor();
    byte[] limit = bounds.limit(descending);
    boolean more = begin(cursor, bounds, descending, skip);
    while (more) {
      LeafEntry row = cursor.row();
      if (!isInside(row, limit, descending) || !visitor.visit(row)) {
        return;
      }
      more = descending ? cursor.previous() : cursor.next();
    }
  }

  private boolean begin(RowCursor cursor, Bounds bounds, boolean descending, long skip) {
    if (bounds.isEmpty()) {
      return false;
    }
    if (skip == 0) {
      return descending ? cursor.seekBelow(bounds.to()) : cursor.seek(bounds.from());
    }
    if (skip >= tree.rows()) {
      return false;
    }
    return cursor.seekRank(
        descending
            ? bounds.to().map(tree::rank).orElseGet(tree::rows) - 1 - skip
            : tree.rank(bounds.from()) + skip);
  }

  private static boolean isInside(LeafEntry row, byte @Nullable [] limit, boolean descending) {
    if (limit == null) {
      return true;
    }
    int difference = row.compare(limit);
    return descending ? difference >= 0 : difference < 0;
  }

  /** Takes rows one by one. An exception it throws ends the visit and reaches the caller. */
  @FunctionalInterface
  public interface RowVisitor {
    /**
     * One row.
     *
     * @return whether to go on
     */
    boolean visit(Row row);
  }

  /** Takes groups one by one. An exception it throws ends the visit and reaches the caller. */
  @FunctionalInterface
  public interface GroupVisitor {
    /**
     * One group of rows.
     *
     * @param first that of its rows that comes first in the direction of the visit
     * @param reduced what the reduction makes of all of them
     * @return whether to go on
     */
    boolean visit(Row first, Reduction.Reduced reduced);
  }

  /**
   * Reduces a whole range; nothing when no row is in it.
   *
   * @param reduction one of the view's, from 0
   */
  public Optional<Reduction.Reduced> reduce(RowRange range, int reduction) {
    return tree.reduce(range.bounds(view.order()), reduction)
        .map(view.reductions().get(reduction)::result);
  }

  /**
   * Reduces groups of rows, in the direction of the range: those whose keys are equal, or are
   * arrays that begin with the same elements. Each group costs the logarithm of the view.
   *
   * @param level how many elements of an array make the group
   * @param skip how many groups to leave out at the beginning
   */
  public void groups(RowRange range, int level, int reduction, long skip, GroupVisitor visitor) {
    Bounds bounds = range.bounds(view.order());
    Reduction reduces = view.reductions().get(reduction);
    PartStates parts = new PartStates(reduces, reduction);
    RowCursor cursor = tree.cursor();
    long toSkip = skip;
    boolean descending = range.descending();
    byte[] limit = bounds.limit(descending);
    boolean more = begin(cursor, bounds, descending, 0);
    while (more) {
      LeafEntry first = cursor.row();
      if (!isInside(first, limit, descending)) {
        return;
      }
      byte[] edge = nearer(first.groupEdge(level, descending), limit, descending);
      if (toSkip > 0) {
        toSkip--;
        more = cursor.leave(edge, descending);
      } else {
        more = cursor.pass(edge, descending, parts);
        byte[] state = parts.take(descending).orElseThrow();
        if (!visitor.visit(first, reduces.result(state))) {
          return;
        }
      }
    }
  }

  /** That of two edges which comes first in a direction. */
  private static byte[] nearer(byte[] edge, byte @Nullable [] limit, boolean descending) {
    if (limit == null) {
      return edge;
    }
    int difference = Arrays.compareUnsigned(edge, limit);
    return (descending ? difference < 0 : difference > 0) ? limit : edge;
  }

  /** What its rows and their reductions take, uncompressed. */
  long bytes() {
    return tree.bytes();
  }
}
