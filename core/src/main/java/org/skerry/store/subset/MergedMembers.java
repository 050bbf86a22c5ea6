package org.skerry.store.subset;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skerry.document.DocId;
import org.skerry.store.DocRange;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;

/** A site's members and everyone's, in the order of their ids; none is in both. One thread. */
final class MergedMembers implements AutoCloseable {
  private final OrderedCursor[] cursors;
  private final byte[][] from;
  private final byte[][] to;
  private final boolean includeTo;
  private final boolean descending;
  private final boolean[] stands = new boolean[2];
  private int current;

  MergedMembers(OrderedView view, int feed, DocRange range) {
    descending = range.descending();
    int[] feeds = {feed, Audience.EVERYONE};
    cursors = new OrderedCursor[] {view.cursor(), view.cursor()};
    from = new byte[2][];
    to = new byte[2][];
    includeTo = range.to().isPresent() && range.includeTo();
    for (int i = 0; i < 2; i++) {
      int number = feeds[i];
      from[i] =
          range
              .from()
              .map(text -> SubsetKeys.member(number, utf8(text)))
              .orElse(SubsetKeys.members(number));
      to[i] =
          range
              .to()
              .map(text -> SubsetKeys.member(number, utf8(text)))
              .orElse(SubsetKeys.members(number + 1));
      stands[i] = start(i);
    }
    stands[1] &= feed != Audience.EVERYONE;
    choose();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private boolean start(int i) {
    boolean found = descending ? cursors[i].seekBack(to[i]) : cursors[i].seek(from[i]);
    if (found && descending && !includeTo && Arrays.equals(cursors[i].key(), to[i])) {
      found = cursors[i].previous();
    }
    return found && inside(i);
  }

  private boolean inside(int i) {
    byte[] key = cursors[i].key();
    int end = Arrays.compareUnsigned(key, to[i]);
    return Arrays.compareUnsigned(key, from[i]) >= 0 && (end < 0 || end == 0 && includeTo);
  }

  private void choose() {
    if (stands[0] && stands[1]) {
      int order = id(0).compareTo(id(1));
      current = (descending ? order >= 0 : order <= 0) ? 0 : 1;
    } else {
      current = stands[0] ? 0 : 1;
    }
  }

  boolean valid() {
    return stands[current];
  }

  private DocId id(int i) {
    return SubsetKeys.memberOf(cursors[i].key());
  }

  DocId id() {
    return id(current);
  }

  void advance() {
    OrderedCursor cursor = cursors[current];
    stands[current] = (descending ? cursor.previous() : cursor.next()) && inside(current);
    choose();
  }

  @Override
  public void close() {
    cursors[0].close();
    cursors[1].close();
  }
}
