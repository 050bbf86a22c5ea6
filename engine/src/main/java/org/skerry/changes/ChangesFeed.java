package org.skerry.changes;

import java.time.Duration;
import org.skerry.store.DocumentStore;
import org.skerry.store.Seq;
import org.skerry.store.Totals;

/**
 * One database's feed of changes. Any thread may read or wait, any number of them.
 *
 * <p>One feed a database is enough and best: all who wait on it share one registration at the
 * store.
 */
public final class ChangesFeed implements AutoCloseable {
  /** Up to here the store's count is exact. */
  private static final long COUNTED = 10_000;

  private final DocumentStore store;
  private final SinceTokens tokens;
  private final Waiters waiters;

  /** The feed of that database. */
  public ChangesFeed(DocumentStore store) {
    this.store = store;
    this.tokens = new SinceTokens(store);
    this.waiters = new Waiters(store);
  }

  /** How this feed's positions are written for clients. */
  public SinceTokens tokens() {
    return tokens;
  }

  /**
   * Reads the changes behind a position: up to the feed's end as it is now, to the request's limit,
   * or until the sink wants no more. What is written while this reads may be in it or not.
   *
   * <p>The cost follows the changes behind the position; with {@link ChangeFilter.DocIds} or {@link
   * ChangeFilter#DESIGN} it follows the documents meant, where those are fewer.
   */
  public Page read(ChangesRequest request, Seq since, ChangeSink sink) {
    return request.limit() == 0
        ? new Page(since, 0)
        : new Reading(store, request, since, sink).run();
  }

  /**
   * Waits until there are changes behind a position, and returns at once when there are. May say so
   * too early: then the next reading brings no rows and a newer position.
   *
   * @param timeout how long at most; zero to look only
   * @throws InterruptedException when the thread was interrupted
   * @throws org.skerry.store.DatabaseGoneException when the database was dropped
   */
  public Wake await(Seq since, Duration timeout) throws InterruptedException {
    return waiters.await(since, timeout);
  }

  /**
   * How many changes stand behind the position, as {@link DocumentStore#pending} counts.
   *
   * <p>Readers that go page by page ask after every page, so the store counts only where the answer
   * is not known: where no document was ever changed twice each position is a change, and where
   * more than the store would count stand behind in any case, the distance will do.
   */
  public long pending(Seq since) {
    Seq now = store.now();
    boolean ordered = since.position().length == 0 && now.position().length == 0;
    if (!ordered || store.isPart()) {
      return store.pending(since);
    }
    long distance = Math.max(0, now.number() - since.number());
    if (distance == 0) {
      return 0;
    }
    Totals totals = store.totals();
    long changedAgain = Math.max(0, now.number() - totals.documents() - totals.tombstones());
    boolean known = changedAgain == 0 || distance - changedAgain > COUNTED;
    return known ? distance : store.pending(since);
  }

  /** How many threads wait at the moment. */
  public int waiting() {
    return waiters.count();
  }

  /** Ends all waiting; reading goes on as long as the store does. */
  @Override
  public void close() {
    waiters.close();
  }
}
