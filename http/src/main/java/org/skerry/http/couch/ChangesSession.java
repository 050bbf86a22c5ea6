package org.skerry.http.couch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.changes.ChangeSink;
import org.skerry.changes.ChangesFeed;
import org.skerry.changes.ChangesRequest;
import org.skerry.changes.Wake;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.revision.Leaf;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;

/**
 * One answer of {@code _changes}, on the thread of its exchange.
 *
 * <p>It goes round in these steps:
 *
 * <ol>
 *   <li>Read: pages of rows are collected and then written, to the end of the feed or to the limit.
 *   <li>End: when the limit is reached, when the feed is normal, and when a long poll has rows.
 *   <li>Wait: what was written is flushed; then the thread sleeps until the database advances. When
 *       nothing was said for as long as the client allows, a heartbeat is sent, or the answer ends.
 * </ol>
 *
 * <p>A page is collected before it is written, so that a slow client holds nothing open in the
 * store. The first page of a round is small, and read at once: whoever asks for news gets some, or
 * hears that there is none, whatever others read. The pages behind it, and those of a site's first
 * pass, are read in turns; whoever wants heartbeats gets them while it waits for one. (A descending
 * reading goes down page by page, too, and ends at the start, whatever kind of feed was asked for,
 * as in CouchDB. What changes meanwhile moves to where it was.) A client that went away is noticed
 * by the next line sent to it, which throws.
 */
final class ChangesSession {
  private static final int PAGE_ROWS = 1_000;
  private static final long PAGE_BYTES = 256 * 1024;

  /** Read without waiting; with their documents fewer. */
  private static final int SMALL = 64;

  private static final int SMALL_WITH_DOCUMENTS = 8;

  private final Database database;
  private final ChangesFeed feed;
  private final ChangesParameters parameters;
  private final ChangesRequest request;
  private final ChangesForm form;
  private final RowOut out;
  private final ChangeRow row;

  private final LargeReads turns;
  private final String party;

  /** How it waits for a turn. */
  private final LargeReads.Patience<IOException> patience =
      new LargeReads.Patience<>() {
        @Override
        public Duration left() {
          return silenceLeft();
        }

        @Override
        public void over() throws IOException {
          sayNothing();
        }
      };

  private final ArrayList<Collected> page = new ArrayList<>();

  /** Where a descending reading goes on. */
  private Optional<Seq> before = Optional.empty();

  private long pageBytes;
  private long left;
  private long written;

  /** Whether rows were written that are not known to be on their way. */
  private boolean unsaid;

  private long lastSaid = System.nanoTime();

  ChangesSession(
      Exchange exchange,
      Database database,
      ChangesParameters parameters,
      ChangesRequest request,
      ChangesForm form,
      ChangeRow row,
      LargeReads turns) {
    this.database = database;
    this.feed = database.changes();
    this.parameters = parameters;
    this.request = request;
    this.form = form;
    this.row = row;
    this.turns = turns;
    this.party = LargeReads.party(exchange, database);
    this.left = parameters.limit();
    this.out = new RowOut(new LateStream(exchange, form.head()));
  }

  /** A row on its way from the store to the client. */
  private record Collected(StoredDocument document, List<Leaf> revisions) {}

  void run(Seq since) throws IOException {
    form.begin(out);
    Seq at = read(since);
    while (!isOver() && !waitBehind(at)) {
      at = read(at);
    }
    form.end(out, feed.tokens().format(at), pending(at));
    out.close();
  }

  /** A live feed whose database was dropped ends like any other; the next request is told. */
  private long pending(Seq at) throws IOException {
    try {
      if (parameters.descending()) {
        return 0;
      }
      // To count what is left of a first pass is to walk over it.
      try (var _ = isFirstPass(at) ? turn() : LargeReads.Turn.NONE) {
        return feed.pending(at);
      }
    } catch (DatabaseGoneException e) {
      return 0;
    }
  }

  private boolean isOver() {
    if (request.descending()) {
      return true;
    }
    return switch (parameters.feed()) {
      case NORMAL -> true;
      case LONGPOLL -> written > 0 || left == 0;
      case CONTINUOUS, EVENTSOURCE -> left == 0;
    };
  }

  /** Writes what there is behind a position, and returns the position reached. */
  private Seq read(Seq since) throws IOException {
    Seq end = database.store().now();
    Seq at = since;
    boolean small = !isFirstPass(since);
    boolean more = left > 0;
    while (more) {
      Collector collector = new Collector(mostRows(small), small);
      long wrote = written;
      at = read(collector, at);
      writePage();
      left -= written - wrote;
      if (isSilenceOver()) {
        sayNothing();
      }
      small = false;
      // Writers may be faster than this reader: what came after it began is for the next round.
      more = collector.stopped && left > 0 && (request.descending() || !isPast(at, end));
    }
    return at;
  }

  private int mostRows(boolean small) {
    return (int) Math.min(left, small ? few() : PAGE_ROWS);
  }

  private int few() {
    boolean documents = parameters.documents().fields().bodies() != Fields.Bodies.NONE;
    return documents ? SMALL_WITH_DOCUMENTS : SMALL;
  }

  private Seq read(Collector collector, Seq since) throws IOException {
    try {
      if (!collector.small) {
        collector.turn = turn();
      }
      ChangesRequest some = request.withLimit(collector.most).withBefore(before);
      Seq reached = feed.read(some, request.descending() ? Seq.ZERO : since, collector).lastSeq();
      before = request.descending() ? Optional.of(reached) : before;
      return reached;
    } finally {
      collector.turn.close();
    }
  }

  private LargeReads.Turn turn() throws IOException {
    return parameters.heartbeat() ? turns.turn(party, patience) : turns.turn(party);
  }

  /** A place in a first pass is more than a number. */
  private static boolean isFirstPass(Seq at) {
    return at.position().length > 0;
  }

  private static boolean isPast(Seq at, Seq end) {
    return at.position().length == 0 && end.position().length == 0 && at.number() >= end.number();
  }

  private boolean isFull() {
    return page.size() >= PAGE_ROWS || pageBytes >= PAGE_BYTES;
  }

  private void writePage() throws IOException {
    for (Collected collected : page) {
      form.beforeRow(out, written == 0);
      written++;
      row.write(out, collected.document, collected.revisions, written);
      form.afterRow(out, collected.document.seq(), feed.tokens());
    }
    unsaid |= !page.isEmpty();
    page.clear();
    pageBytes = 0;
  }

  /** Waits, and says whether the answer is to end instead of going on. */
  private boolean waitBehind(Seq at) throws IOException {
    if (unsaid) {
      say();
    } else {
      out.flush();
    }
    page.trimToSize();
    while (true) {
      Duration silence = silenceLeft();
      Wake wake;
      try {
        wake = feed.await(at, silence.isNegative() ? Duration.ZERO : silence);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the node is shutting down");
      } catch (DatabaseGoneException e) {
        return true;
      }
      switch (wake) {
        case ADVANCED -> {
          return false;
        }
        case CLOSED -> {
          return true;
        }
        case TIMEOUT -> {
          if (!parameters.heartbeat()) {
            return true;
          }
          sayNothing();
        }
      }
    }
  }

  private Duration silenceLeft() {
    return parameters.silence().minusNanos(System.nanoTime() - lastSaid);
  }

  private boolean isSilenceOver() {
    return parameters.heartbeat() && silenceLeft().isNegative();
  }

  private void say() throws IOException {
    out.flush();
    unsaid = false;
    lastSaid = System.nanoTime();
  }

  /** Rows that wait to be sent say as much. */
  private void sayNothing() throws IOException {
    if (!unsaid) {
      form.heartbeat(out);
    }
    say();
  }

  /** Collects a page; called by the store. */
  private final class Collector implements ChangeSink {
    private final int most;
    private final boolean small;
    private LargeReads.Turn turn = LargeReads.Turn.NONE;

    /** Whether this ended the page, and not the feed. */
    private boolean stopped;

    Collector(int most, boolean small) {
      this.most = most;
      this.small = small;
    }

    @Override
    public boolean change(StoredDocument document, List<Leaf> revisions) {
      page.add(new Collected(document, revisions));
      if (!document.revisions().isEmpty()) {
        pageBytes += document.revisions().getFirst().body().json().length;
      }
      stopped = isFull() || page.size() == most;
      return !stopped;
    }

    @Override
    public boolean idle(Seq at) {
      // Where much is passed over, the small page ends, and a turn may; so does one during which
      // a heartbeat is due, whose rows are said then.
      stopped = small || isSilenceOver() || turn.isOver();
      return !stopped;
    }
  }
}
