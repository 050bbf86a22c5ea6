package org.skerry.replication.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.changes.ChangeFilter;
import org.skerry.changes.ChangesFeed;
import org.skerry.changes.ChangesRequest;
import org.skerry.changes.Page;
import org.skerry.changes.Wake;
import org.skerry.script.ScriptException;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;

/** The feed of a local database, page by page or live. */
final class LocalChanges implements LiveChanges {
  private final ChangesFeed feed;
  private final ChangesQuery query;
  private final ChangeFilter filter;
  private Seq since;

  /** Volatile, because another thread closes than the one that reads. */
  private volatile boolean closed;

  /**
   * @param since where to begin, which is usually the query's own position
   */
  LocalChanges(ChangesFeed feed, ChangesQuery query, ChangeFilter filter, Seq since) {
    this.feed = feed;
    this.filter = filter;
    this.query = query;
    this.since = since;
  }

  /** Reads what stands behind the position, and moves it. */
  ChangesPage read(int limit) {
    ChangesRequest.Style style =
        query.winnersOnly() ? ChangesRequest.Style.MAIN_ONLY : ChangesRequest.Style.ALL_DOCS;
    ChangesRequest request =
        ChangesRequest.ALL.withFilter(filter).withStyle(style).withLimit(limit);
    List<ChangeRow> rows = new ArrayList<>();
    Page page =
        feed.read(
            request,
            since,
            (document, revisions) -> {
              List<String> revs = revisions.stream().map(leaf -> leaf.rev().toString()).toList();
              String seq = feed.tokens().format(document.seq());
              rows.add(new ChangeRow(document.id().text(), seq, revs));
              return true;
            });
    since = page.lastSeq();
    boolean last = page.rows() < limit;
    long pending = last ? 0 : feed.pending(since);
    return new ChangesPage(rows, feed.tokens().format(since), pending, last);
  }

  @Override
  public Optional<ChangesPage> next(int limit, Duration wait) throws InterruptedException {
    if (closed) {
      throw new PeerException(PeerException.Kind.UNREACHABLE, "the feed was closed");
    }
    try {
      return feed.await(since, wait) == Wake.TIMEOUT ? Optional.empty() : Optional.of(read(limit));
    } catch (ScriptException e) {
      throw new PeerException(
          PeerException.Kind.UNSUPPORTED, "a filter function failed: " + e.getMessage(), e);
    } catch (StoreException e) {
      throw LocalPeer.failure(e);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
