package org.skerry.store.rocksdb;

import java.util.Optional;
import org.skerry.revision.RevTree;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocumentVisitor;
import org.skerry.store.Fields;
import org.skerry.store.Fields.Bodies;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;

/** Visits a part of a database's feed: rows by sequence, each document at its last change. */
final class Feed {
  /** Pending documents are counted up to here. */
  private static final int COUNTED = 10_000;

  private final Cabinet cabinet;

  Feed(Cabinet cabinet) {
    this.cabinet = cabinet;
  }

  /**
   * Visits the range. What is answered as the end was given out before the moment that is read: so
   * nothing before it can be missing.
   */
  Seq visit(ChangeRange range, Fields fields, DocumentVisitor visitor) {
    long since = range.since().number();
    long end = cabinet.shelf().ledger().seq();
    if (since >= end) {
      return Seq.of(end);
    }
    if (range.limit() <= 0) {
      return range.since();
    }
    try (Reading reading = Reading.ofOneMoment(cabinet);
        Cursor rows = reading.cursor(Family.CHANGES)) {
      if (range.descending()) {
        rows.seekBack(Keys.sequence(cabinet.number(), range.last()));
      } else {
        rows.seek(Keys.sequence(cabinet.number(), since + 1));
        if (fields.bodies() != Bodies.NONE) {
          reading.expectAscending();
        }
      }
      int visited = 0;
      long seq = rows.sequenceIn(cabinet.number());
      while (seq > since) {
        boolean more = visitor.visit(document(reading, rows, seq, fields));
        visited++;
        long last = seq;
        if (range.descending()) {
          rows.previous();
        } else {
          rows.next();
        }
        seq = rows.sequenceIn(cabinet.number());
        if (!more || visited == range.limit() && seq > since) {
          return Seq.of(last);
        }
        end = Math.max(end, last);
      }
    }
    cabinet.shelf().check();
    return Seq.of(end);
  }

  private StoredDocument document(Reading reading, Cursor rows, long seq, Fields fields) {
    ChangeRow row = ChangeRow.decode(rows.peek(), seq);
    Optional<RevTree> tree =
        fields.tree()
            ? Optional.of(
                reading.tree(
                    row.id(),
                    reading
                        .head(row.id())
                        .orElseThrow(() -> cabinet.shelf().lost("document " + row.id()))))
            : Optional.empty();
    return reading.document(row.id(), seq, row.leaves(), tree, fields.bodies());
  }

  long pending(Seq since) {
    long behind = cabinet.shelf().ledger().seq() - since.number();
    if (behind <= 0) {
      return 0;
    }
    try (Cursor rows = cabinet.tables().cursor(Family.CHANGES, cabinet.tables().latest())) {
      rows.seek(Keys.sequence(cabinet.number(), since.number() + 1));
      for (int counted = 0; counted <= COUNTED; counted++) {
        if (rows.sequenceIn(cabinet.number()) < 0) {
          return counted;
        }
        rows.next();
      }
    }
    return behind;
  }
}
