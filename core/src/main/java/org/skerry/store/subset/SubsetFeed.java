package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.DocumentVisitor;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;

/**
 * A site's feed as it is read: oldest first, newest first, or, by a device that has nothing yet,
 * the most urgent first. Documents come in parts, and are shown as the site sees them.
 */
final class SubsetFeed {
  private static final int CHUNK = SubsetDocuments.CHUNK;

  /** Who reads backwards mostly wants the newest, and no more. */
  private static final int FEW = 16;

  private final DocumentStore whole;
  private final Subsets subsets;
  private final int feed;
  private final View view;

  /** How the site sees documents. */
  @FunctionalInterface
  interface View {
    /** A document that was read, as it is seen; nothing of those that are not. */
    Optional<StoredDocument> show(StoredDocument document, Standing standing, Fields fields);
  }

  SubsetFeed(DocumentStore whole, int feed, View view) {
    this.whole = whole;
    this.subsets = whole.subsets();
    this.feed = feed;
    this.view = view;
  }

  /** Visits what the feed has within a range. Returns where reading goes on. */
  Seq read(ChangeRange range, Fields fields, DocumentVisitor visitor) {
    if (range.descending()) {
      return newestFirst(range, fields, visitor);
    }
    Optional<FirstPass> pass = firstPass(range.since());
    return pass.isPresent()
        ? urgentFirst(pass.get(), range, fields, visitor)
        : oldestFirst(range, fields, visitor);
  }

  /** How many rows there are behind a place. */
  long pending(Seq since) {
    return firstPass(since)
        .map(pass -> pass.pending(subsets, feed))
        .orElseGet(() -> subsets.pending(feed, since));
  }

  /** A pass over more than there is was begun before the database was restored: it begins again. */
  private Optional<FirstPass> firstPass(Seq since) {
    return FirstPass.of(since)
        .map(
            pass -> {
              Seq now = subsets.now(feed);
              return pass.end() <= now.number() ? pass : FirstPass.begin(now);
            });
  }

  private Seq urgentFirst(
      FirstPass from, ChangeRange range, Fields fields, DocumentVisitor visitor) {
    Visits visits = new Visits(fields, visitor, row -> from.behind(row).seq());
    Optional<List<SubsetRow>> few = from.few(subsets, feed);
    if (few.isPresent()) {
      return urgentFirst(from, few.get(), range, visits);
    }
    Optional<FirstPass> at = Optional.of(from);
    while (at.isPresent()) {
      FirstPass pass = at.get();
      int wanted = (int) Math.min(range.limit() - visits.count, CHUNK);
      List<SubsetRow> rows = pass.rows(subsets, feed, wanted);
      Optional<Seq> stopped = visits.of(rows);
      if (stopped.isPresent()) {
        return stopped.get();
      }
      FirstPass reached = rows.isEmpty() ? pass : pass.behind(rows.getLast());
      if (visits.count >= range.limit()) {
        return reached.seq();
      }
      at = rows.size() < wanted ? reached.next(subsets, feed) : Optional.of(reached);
    }
    return behind(from, range, visits);
  }

  /** All rows of a pass, in their order. */
  private Seq urgentFirst(FirstPass pass, List<SubsetRow> rows, ChangeRange range, Visits visits) {
    int at = 0;
    while (at < rows.size()) {
      int wanted = (int) Math.min(range.limit() - visits.count, CHUNK);
      List<SubsetRow> some = rows.subList(at, Math.min(rows.size(), at + wanted));
      Optional<Seq> stopped = visits.of(some);
      if (stopped.isPresent()) {
        return stopped.get();
      }
      if (visits.count >= range.limit()) {
        return pass.behind(some.getLast()).seq();
      }
      at += some.size();
    }
    return behind(pass, range, visits);
  }

  private Seq behind(FirstPass pass, ChangeRange range, Visits visits) {
    int left = (int) (range.limit() - visits.count);
    ChangeRange rest = ChangeRange.after(Seq.of(pass.end()), left);
    return oldestFirst(rest, visits.fields, visits.visitor);
  }

  private Seq oldestFirst(ChangeRange range, Fields fields, DocumentVisitor visitor) {
    Visits visits = new Visits(fields, visitor, row -> Seq.of(row.seq()));
    Seq since = range.since();
    while (true) {
      List<SubsetRow> rows = new ArrayList<>();
      int wanted = (int) Math.min(range.limit() - visits.count, CHUNK);
      Seq end = subsets.changes(feed, ChangeRange.after(since, wanted), rows::add);
      Optional<Seq> stopped = visits.of(rows);
      if (stopped.isPresent()) {
        return stopped.get();
      }
      if (rows.size() < wanted || visits.count >= range.limit()) {
        return end;
      }
      since = end;
    }
  }

  /** What changes meanwhile moves to where nobody comes any more. */
  private Seq newestFirst(ChangeRange range, Fields fields, DocumentVisitor visitor) {
    Visits visits = new Visits(fields, visitor, row -> Seq.of(row.seq()));
    long since = range.since().number();
    long end = Math.max(subsets.now(feed).number(), since);
    long before = Math.min(end, range.last()) + 1;
    int part = FEW;
    while (true) {
      int wanted = (int) Math.min(range.limit() - visits.count, part);
      List<SubsetRow> rows = backwards(since, before, wanted);
      Optional<Seq> stopped = visits.of(rows);
      if (stopped.isPresent()) {
        return stopped.get();
      }
      if (rows.size() < wanted) {
        return Seq.of(end);
      }
      before = rows.getLast().seq();
      if (visits.count >= range.limit()) {
        return Seq.of(before);
      }
      part = CHUNK;
    }
  }

  private List<SubsetRow> backwards(long since, long before, int wanted) {
    List<SubsetRow> rows = new ArrayList<>();
    subsets.backwards(
        feed,
        before,
        row -> {
          boolean inside = row.seq() > since;
          if (inside) {
            rows.add(row);
          }
          return inside && rows.size() < wanted;
        });
    return rows;
  }

  /** Visits what rows name. */
  private final class Visits {
    private final Fields fields;
    private final DocumentVisitor visitor;
    private final Function<SubsetRow, Seq> position;
    private long count;

    Visits(Fields fields, DocumentVisitor visitor, Function<SubsetRow, Seq> position) {
      this.fields = fields;
      this.visitor = visitor;
      this.position = position;
    }

    /** Returns where the visitor stopped, if it did. */
    Optional<Seq> of(List<SubsetRow> rows) {
      int together = SubsetDocuments.together(fields);
      for (int from = 0; from < rows.size(); from += together) {
        int to = Math.min(rows.size(), from + together);
        Optional<Seq> stopped = ofSome(rows.subList(from, to));
        if (stopped.isPresent()) {
          return stopped;
        }
      }
      return Optional.empty();
    }

    private Optional<Seq> ofSome(List<SubsetRow> rows) {
      List<StoredDocument> found =
          WholeDocuments.load(whole, rows.stream().map(SubsetRow::id).toList(), fields);
      List<Standing> standings =
          subsets.look(feed, found.stream().map(StoredDocument::id).toList());
      for (int i = 0; i < rows.size(); i++) {
        SubsetRow row = rows.get(i);
        StoredDocument document = found.get(i);
        Standing standing = standings.get(i);
        // A row that was overtaken: the document stands behind it once more.
        if (standing.isAt(row, document.seq().number())) {
          Optional<StoredDocument> shown = view.show(document, standing, fields);
          count += shown.isPresent() ? 1 : 0;
          if (shown.isPresent() && !visitor.visit(at(position.apply(row), shown.get()))) {
            return Optional.of(position.apply(row));
          }
        }
      }
      return Optional.empty();
    }
  }

  private static StoredDocument at(Seq seq, StoredDocument document) {
    return new StoredDocument(
        document.id(), seq, document.leaves(), document.tree(), document.revisions());
  }
}
