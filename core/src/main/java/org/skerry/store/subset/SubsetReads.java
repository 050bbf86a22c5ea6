package org.skerry.store.subset;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.skerry.document.DocId;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocRange;
import org.skerry.store.Seq;
import org.skerry.store.Totals;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;

/** Reads what {@link SubsetChanges} wrote, as of one moment. One thread. */
final class SubsetReads {
  /** Pending rows are counted up to here. */
  static final int COUNTED = 10_000;

  private final OrderedView view;
  private final Feeds feeds;

  SubsetReads(Feeds feeds) {
    this.view = feeds.view();
    this.feeds = feeds;
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

  /** Whether labels were noted that nobody filed. */
  boolean unfiled() {
    try (OrderedCursor turns = view.cursor()) {
      return turns.seek(SubsetKeys.UNFILED)
          && SubsetKeys.startsWith(turns.key(), SubsetKeys.UNFILED);
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
    return Seq.of(Math.max(end(feed), end(Audience.EVERYONE)));
  }

  /** The last row of one feed, everyone's not included; 0 when there is none. */
  long end(int feed) {
    return feeds.last(feed);
  }

  void backwards(int feed, long before, Predicate<SubsetRow> visitor) {
    try (MergedRows rows = MergedRows.backwards(feeds, feed, before)) {
      RowPage.Row row = rows.row();
      while (row != null && visitor.test(SubsetRow.decode(row))) {
        rows.advance();
        row = rows.row();
      }
    }
  }

  Seq changes(int feed, ChangeRange range, Predicate<SubsetRow> visitor) {
    if (range.limit() <= 0) {
      return range.since();
    }
    long end = Math.max(now(feed).number(), range.since().number());
    try (MergedRows rows = MergedRows.of(feeds, feed, range)) {
      int visited = 0;
      RowPage.Row row = rows.row();
      while (row != null) {
        boolean more = visitor.test(SubsetRow.decode(row));
        visited++;
        rows.advance();
        RowPage.Row next = rows.row();
        if (!more || visited == range.limit() && next != null) {
          return Seq.of(row.seq());
        }
        row = next;
      }
    }
    return Seq.of(end);
  }

  long pending(int feed, Seq since) {
    long counted = 0;
    try (MergedRows rows = MergedRows.of(feeds, feed, ChangeRange.after(since, 1))) {
      while (rows.row() != null && counted <= COUNTED) {
        counted++;
        rows.advance();
      }
    }
    return counted <= COUNTED ? counted : Math.max(counted, now(feed).number() - since.number());
  }

  /** Whether so many of a feed's rows are not listed that they should be. */
  boolean unlisted(int feed) {
    return Members.unlisted(feeds, feed, Members.FEW + 1).size() > Members.FEW;
  }

  void members(int feed, DocRange range, Predicate<DocId> visitor) {
    Members.visit(feeds, feed, range, visitor);
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
    try (MergedRows rows = MergedRows.of(feeds, feed, ChangeRange.after(Seq.ZERO, 1))) {
      RowPage.Row row = rows.row();
      while (row != null) {
        if (!SubsetRow.isLeft(row.value())) {
          SubsetRow.Count count = count(rows.feed(), row);
          counts[count.deleted() ? 1 : 0]++;
          counts[2] += count.conflicted() ? 1 : 0;
        }
        rows.advance();
        row = rows.row();
      }
    }
    return new Totals(counts[0], counts[1], counts[2], 0);
  }

  private SubsetRow.Count count(int feed, RowPage.Row row) {
    if (SubsetRow.isCounted(row.value())) {
      return SubsetRow.count(row.value());
    }
    byte[] member = view.find(SubsetKeys.member(feed, SubsetRow.decode(row).id().utf8()));
    return SubsetRow.Count.ofMember(member == null ? new byte[0] : member);
  }
}
