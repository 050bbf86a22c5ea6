package org.skerry.http.couch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.skerry.changes.ChangeSink;
import org.skerry.changes.ChangesFeed;
import org.skerry.changes.ChangesRequest;
import org.skerry.changes.Page;
import org.skerry.changes.Wake;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.revision.Leaf;
import org.skerry.store.DatabaseGoneException;
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
 * store. (A descending reading cannot be resumed, and is written as it is read.) A client that went
 * away is noticed by the next line sent to it, which throws.
 */
final class ChangesSession {
  private static final int PAGE_ROWS = 1_000;
  private static final long PAGE_BYTES = 256 * 1024;

  private final Database database;
  private final ChangesFeed feed;
  private final ChangesParameters parameters;
  private final ChangesRequest request;
  private final ChangesForm form;
  private final RowOut out;
  private final ChangeRow row;

  private final ArrayList<Collected> page = new ArrayList<>();
  private long pageBytes;
  private long left;
  private long written;
  private long lastSaid = System.nanoTime();

  ChangesSession(
      Exchange exchange,
      Database database,
      ChangesParameters parameters,
      ChangesRequest request,
      ChangesForm form) {
    this.database = database;
    this.feed = database.changes();
    this.parameters = parameters;
    this.request = request;
    this.form = form;
    this.left = parameters.limit();
    this.out = new RowOut(new LateStream(exchange, form.head()));
    this.row = new ChangeRow(database, parameters.documents(), parameters.seqInterval());
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
  private long pending(Seq at) {
    try {
      return parameters.descending() ? 0 : feed.pending(at);
    } catch (DatabaseGoneException e) {
      return 0;
    }
  }

  private boolean isOver() {
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
    while (left > 0) {
      int most = (int) Math.min(left, request.descending() ? Integer.MAX_VALUE : PAGE_ROWS);
      long before = written;
      Page read = feed.read(request.withLimit(most), at, new Collector());
      boolean full = isFull() || page.size() == most;
      writePage();
      left -= written - before;
      at = read.lastSeq();
      if (!full || isPast(at, end)) {
        break;
      }
    }
    return at;
  }

  /** Writers may be faster than this reader: what came after it began is for the next round. */
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
    if (!page.isEmpty()) {
      lastSaid = System.nanoTime();
    }
    page.clear();
    pageBytes = 0;
  }

  /** Waits, and says whether the answer is to end instead of going on. */
  private boolean waitBehind(Seq at) throws IOException {
    out.flush();
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

  private void sayNothing() throws IOException {
    form.heartbeat(out);
    out.flush();
    lastSaid = System.nanoTime();
  }

  /** Collects a page; called by the store. */
  private final class Collector implements ChangeSink {
    @Override
    public boolean change(StoredDocument document, List<Leaf> revisions) {
      page.add(new Collected(document, revisions));
      if (!document.revisions().isEmpty()) {
        pageBytes += document.revisions().getFirst().body().json().length;
      }
      if (request.descending() && isFull()) {
        try {
          writePage();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return !isFull();
    }

    @Override
    public boolean idle(Seq at) {
      if (parameters.heartbeat() && silenceLeft().isNegative() && page.isEmpty()) {
        try {
          sayNothing();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return true;
    }
  }
}
