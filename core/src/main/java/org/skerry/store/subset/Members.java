package org.skerry.store.subset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.skerry.document.DocId;
import org.skerry.store.DocRange;

/**
 * The members of a subset by id. They follow from the feed, which a site that replicates reads and
 * nothing else; so they are listed when somebody asks for them, up to some row of the feed, and not
 * with each write. Whoever reads adds the few that came behind that row. What goes is taken out by
 * the write that takes it.
 */
final class Members {
  /** So many rows are read by whoever asks for members. */
  static final int FEW = 256;

  /** So many rows are listed in one turn. */
  private static final int TURN = 1_000;

  private static final byte[] NOTHING = {};

  private Members() {}

  private static long listed(byte @Nullable [] record) {
    return record == null ? 0 : ByteBuffer.wrap(record).getLong();
  }

  /**
   * A row behind those whose documents are listed.
   *
   * @param isCounted whether it says what is counted. One that does not was written together with
   *     its member, which says it
   */
  record Unlisted(SubsetRow row, boolean isCounted) {
    boolean isMember() {
      return !row.left();
    }
  }

  /** The first rows behind those whose documents are listed, also those that say "left". */
  static List<Unlisted> unlisted(Feeds feeds, int feed, int limit) {
    List<Unlisted> found = new ArrayList<>();
    long from = listed(feeds.view().find(SubsetKeys.listed(feed))) + 1;
    try (FeedRows rows = feeds.from(feed, from)) {
      RowPage.Row row = rows.current();
      while (row != null && found.size() < limit) {
        found.add(new Unlisted(SubsetRow.decode(row), SubsetRow.isCounted(row.value())));
        rows.advance();
        row = rows.current();
      }
    }
    return found;
  }

  /**
   * Lists members.
   *
   * @param feeds as they were before this turn
   * @return whether there are more
   */
  static boolean list(SubsetDraft draft, Feeds feeds, int feed) {
    List<Unlisted> rows = unlisted(feeds, feed, TURN);
    for (Unlisted unlisted : rows) {
      if (unlisted.isMember() && unlisted.isCounted()) {
        draft.put(SubsetKeys.member(feed, unlisted.row().id().utf8()), NOTHING);
      }
    }
    if (!rows.isEmpty()) {
      long last = rows.getLast().row().seq();
      draft.put(SubsetKeys.listed(feed), ByteBuffer.allocate(Long.BYTES).putLong(last).array());
    }
    return rows.size() == TURN;
  }

  /** Visits a site's members and everyone's, in the order of their ids. */
  static void visit(Feeds feeds, int feed, DocRange range, Predicate<DocId> visitor) {
    Iterator<DocId> recent = recent(feeds, feed, range).iterator();
    @Nullable DocId next = recent.hasNext() ? recent.next() : null;
    try (MergedMembers members = new MergedMembers(feeds.view(), feed, range)) {
      while (members.valid() || next != null) {
        @Nullable DocId listed = members.valid() ? members.id() : null;
        int order = order(listed, next, range.descending());
        DocId id = order <= 0 ? listed : next;
        if (id == null || !visitor.test(id)) {
          return;
        }
        if (order <= 0) {
          members.advance();
        }
        if (order >= 0) {
          next = recent.hasNext() ? recent.next() : null;
        }
      }
    }
  }

  /** Nothing comes behind everything. */
  private static int order(@Nullable DocId one, @Nullable DocId other, boolean descending) {
    if (one == null || other == null) {
      return one == null ? 1 : -1;
    }
    return descending ? other.compareTo(one) : one.compareTo(other);
  }

  /** Members of the range that are not listed, or are and changed since. */
  private static NavigableSet<DocId> recent(Feeds feeds, int feed, DocRange range) {
    NavigableSet<DocId> ids = new TreeSet<>();
    // The site's own once more: who moves there from everyone's meanwhile would be in neither.
    for (int one : new int[] {feed, Audience.EVERYONE, feed}) {
      unlisted(feeds.toTheLast(), one, Integer.MAX_VALUE).stream()
          .filter(Unlisted::isMember)
          .forEach(unlisted -> ids.add(unlisted.row().id()));
    }
    range.from().ifPresent(from -> ids.removeIf(id -> id.compareTo(id(from)) < 0));
    range.to().ifPresent(to -> ids.removeIf(id -> isBehind(id, id(to), range.includeTo())));
    return range.descending() ? ids.descendingSet() : ids;
  }

  private static boolean isBehind(DocId id, DocId to, boolean includeTo) {
    return includeTo ? id.compareTo(to) > 0 : id.compareTo(to) >= 0;
  }

  private static DocId id(String text) {
    return DocId.ofStored(text.getBytes(StandardCharsets.UTF_8));
  }
}
