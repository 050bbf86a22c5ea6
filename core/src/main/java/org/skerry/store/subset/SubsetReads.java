package org.skerry.store.subset;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocRange;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.skerry.store.Totals;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;

/** Reads what {@link SubsetChanges} wrote, as of one moment. One thread. */
public final class SubsetReads {
  /** Pending rows are counted up to here. */
  private static final int COUNTED = 10_000;

  private static final int LEFT = 1;
  private static final int DELETED = 1;
  private static final int CONFLICTED = 2;

  private final OrderedView view;

  public SubsetReads(OrderedView view) {
    this.view = view;
  }

  static byte[] row(DocId id, boolean left, int urgency) {
    return ByteBuffer.allocate(2 + id.utf8().length)
        .put((byte) (left ? LEFT : 0))
        .put((byte) urgency)
        .put(id.utf8())
        .array();
  }

  private static SubsetRow row(byte[] key, byte[] value) {
    return new SubsetRow(
        DocId.ofStored(Arrays.copyOfRange(value, 2, value.length)),
        SubsetKeys.seqOf(key),
        (value[0] & LEFT) != 0,
        value[1] & 0xff);
  }

  /** What is counted of a document: whether it is deleted, and whether it is in conflict. */
  static int flags(List<Leaf> leaves) {
    if (leaves.isEmpty()) {
      return -1;
    }
    long live = leaves.stream().filter(leaf -> !leaf.deleted()).count();
    return (live == 0 ? DELETED : 0) | (live > 1 ? CONFLICTED : 0);
  }

  static byte[] memberFlags(List<Leaf> leaves) {
    return new byte[] {(byte) flags(leaves)};
  }

  static Audience audience(byte[] record) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
      return Audience.read(in);
    } catch (IOException e) {
      throw new StoreException("a record of an audience is damaged", e);
    }
  }

  boolean kept() {
    return view.find(SubsetKeys.KEPT) != null;
  }

  OptionalInt feed(String site) {
    byte[] record = view.find(SubsetKeys.site(site));
    return record == null ? OptionalInt.empty() : OptionalInt.of(ByteBuffer.wrap(record).getInt());
  }

  Audience audience(Label label) {
    byte[] record = view.find(SubsetKeys.audience(label));
    return record == null ? Audience.NOBODY : audience(record);
  }

  boolean unsettled() {
    try (OrderedCursor tasks = view.cursor()) {
      return tasks.seek(SubsetKeys.TASKS) && SubsetKeys.startsWith(tasks.key(), SubsetKeys.TASKS);
    }
  }

  List<Standing> look(int feed, List<DocId> ids) {
    return ids.stream().map(id -> look(feed, id)).toList();
  }

  private Standing look(int feed, DocId id) {
    return scope(id).standing(feed);
  }

  private Scope scope(DocId id) {
    byte[] record = view.find(SubsetKeys.scope(id));
    return record == null ? Scope.NONE : Scope.decode(id, record);
  }

  Audience evaluate(Placement placement) {
    return new Meaning(this::scope, this::audience).of(placement);
  }

  Seq now(int feed) {
    try (OrderedCursor rows = view.cursor()) {
      return Seq.of(Math.max(last(rows, feed), last(rows, Audience.EVERYONE)));
    }
  }

  private static long last(OrderedCursor rows, int feed) {
    return rows.seekBack(SubsetKeys.row(feed, Long.MAX_VALUE))
            && SubsetKeys.startsWith(rows.key(), SubsetKeys.rows(feed))
        ? SubsetKeys.seqOf(rows.key())
        : 0;
  }

  Seq changes(int feed, ChangeRange range, Predicate<SubsetRow> visitor) {
    if (range.limit() <= 0) {
      return range.since();
    }
    long end = Math.max(now(feed).number(), range.since().number());
    try (MergedRows rows = new MergedRows(view, feed, range)) {
      int visited = 0;
      while (rows.valid()) {
        SubsetRow row = row(rows.key(), rows.value());
        boolean more = visitor.test(row);
        visited++;
        rows.advance();
        if (!more || visited == range.limit() && rows.valid()) {
          return Seq.of(row.seq());
        }
      }
    }
    return Seq.of(end);
  }

  long pending(int feed, Seq since) {
    ChangeRange range = ChangeRange.after(since, COUNTED + 1);
    long[] counted = {0};
    changes(feed, range, row -> ++counted[0] <= COUNTED);
    return counted[0] <= COUNTED
        ? counted[0]
        : Math.max(counted[0], now(feed).number() - since.number());
  }

  void members(int feed, DocRange range, Predicate<DocId> visitor) {
    try (MergedMembers members = new MergedMembers(view, feed, range)) {
      while (members.valid()) {
        if (!visitor.test(members.id())) {
          return;
        }
        members.advance();
      }
    }
  }

  Totals totals(int feed) {
    long[] counts = new long[3];
    try (MergedMembers members = new MergedMembers(view, feed, DocRange.ALL)) {
      while (members.valid()) {
        int flags = members.flags();
        counts[(flags & DELETED) != 0 ? 1 : 0]++;
        counts[2] += (flags & CONFLICTED) != 0 ? 1 : 0;
        members.advance();
      }
    }
    return new Totals(counts[0], counts[1], counts[2], 0);
  }

  /** A site's rows and everyone's, in one order. */
  private static final class MergedRows implements AutoCloseable {
    private final OrderedCursor[] cursors;
    private final byte[][] prefixes;
    private final boolean[] stands = new boolean[2];
    private final boolean descending;
    private final long since;
    private int current;

    MergedRows(OrderedView view, int feed, ChangeRange range) {
      descending = range.descending();
      since = range.since().number();
      prefixes = new byte[][] {SubsetKeys.rows(feed), SubsetKeys.rows(Audience.EVERYONE)};
      cursors = new OrderedCursor[] {view.cursor(), view.cursor()};
      int[] feeds = {feed, Audience.EVERYONE};
      for (int i = 0; i < 2; i++) {
        boolean found =
            descending
                ? cursors[i].seekBack(SubsetKeys.row(feeds[i], Long.MAX_VALUE))
                : cursors[i].seek(SubsetKeys.row(feeds[i], since + 1));
        stands[i] = found && inside(i);
      }
      stands[1] &= feed != Audience.EVERYONE;
      choose();
    }

    private boolean inside(int i) {
      return SubsetKeys.startsWith(cursors[i].key(), prefixes[i])
          && SubsetKeys.seqOf(cursors[i].key()) > since;
    }

    private void choose() {
      if (stands[0] && stands[1]) {
        long one = SubsetKeys.seqOf(cursors[0].key());
        long other = SubsetKeys.seqOf(cursors[1].key());
        current = (descending ? one >= other : one <= other) ? 0 : 1;
      } else {
        current = stands[0] ? 0 : 1;
      }
    }

    boolean valid() {
      return stands[current];
    }

    byte[] key() {
      return cursors[current].key();
    }

    byte[] value() {
      return cursors[current].value();
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

  /** A site's members and everyone's, in the order of their ids; none is in both. */
  private static final class MergedMembers implements AutoCloseable {
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

    int flags() {
      return cursors[current].value()[0];
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
}
