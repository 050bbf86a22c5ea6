package org.skerry.store.subset;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocRange;
import org.skerry.store.Seq;
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

  boolean kept() {
    return view.find(SubsetKeys.KEPT) != null;
  }

  OptionalInt feed(String site) {
    byte[] record = view.find(SubsetKeys.site(site));
    return record == null ? OptionalInt.empty() : OptionalInt.of(ByteBuffer.wrap(record).getInt());
  }

  Audience audience(Label label) {
    byte[] record = view.find(SubsetKeys.audience(label));
    return record == null ? Audience.NOBODY : AudienceRecord.decode(record);
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
    return record == null ? Scope.NONE : ScopeRecord.decode(id, record);
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

  void backwards(int feed, long before, Predicate<SubsetRow> visitor) {
    try (MergedRows rows = MergedRows.backwards(view, feed, before)) {
      while (rows.valid() && visitor.test(row(rows.key(), rows.value()))) {
        rows.advance();
      }
    }
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

  void granted(int feed, Optional<DocId> behind, Predicate<DocId> visitor) {
    byte[] prefix = SubsetKeys.granted(feed, new byte[0]);
    // Behind an id stands first that id with a byte more.
    byte[] from =
        behind
            .map(id -> SubsetKeys.granted(feed, Arrays.copyOf(id.utf8(), id.utf8().length + 1)))
            .orElse(prefix);
    try (OrderedCursor granted = view.cursor()) {
      boolean more = granted.seek(from);
      while (more && SubsetKeys.startsWith(granted.key(), prefix)) {
        more = visitor.test(SubsetKeys.grantedOf(granted.key())) && granted.next();
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
}
