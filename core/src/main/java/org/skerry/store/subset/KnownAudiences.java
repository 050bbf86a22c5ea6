package org.skerry.store.subset;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.skerry.store.ordered.OrderedView;

/**
 * What a store remembers between its turns. Whom the labels of places mean: places are few, and
 * asked for by each write. Documents to which others refer. How many documents were labelled since
 * labels were filed. And the rows of feeds that are not filed. Any thread, but one turn at a time
 * changes what is meant or written.
 */
public final class KnownAudiences {
  /** Of so many places nobody notices the memory. */
  private static final int LIMIT = 10_000;

  /** So many are filed together: of a thousand places each gets eight in one record. */
  private static final int FILED_TOGETHER = 8_192;

  private final Map<Label, Audience> known = new ConcurrentHashMap<>();
  private final AtomicInteger unfiled = new AtomicInteger();
  private final RecentRows rows = new RecentRows();
  private final KnownReferred referred = new KnownReferred();
  private final int filedTogether;

  /**
   * Whether nobody refers to a document that is not here. Volatile: set by whoever opens a store.
   */
  private volatile boolean complete;

  public KnownAudiences() {
    this(FILED_TOGETHER);
  }

  /**
   * @param filedTogether when so many documents were labelled, they are filed by label; and when
   *     feeds changed so often, their rows are filed
   */
  public KnownAudiences(int filedTogether) {
    this.filedTogether = filedTogether;
  }

  RecentRows rows() {
    return rows;
  }

  KnownReferred referred() {
    return referred;
  }

  /** Whether who is new is known to be referred to by nobody. */
  boolean isComplete() {
    return complete;
  }

  void complete(boolean now) {
    complete = now;
  }

  /** When so many rows came together they are filed. */
  int filedTogether() {
    return filedTogether;
  }

  /**
   * Begins with what is on the disk.
   *
   * @param end the last position that was given out
   */
  public void load(OrderedView view, long end) {
    known.clear();
    referred.clear();
    rows.load(view, end);
    complete = References.complete(view);
  }

  /** The database is gone: whoever still holds it keeps nothing large. */
  public void forgetAll() {
    known.clear();
    referred.clear();
    rows.forgetAll();
  }

  /** Counts documents that were labelled: whether it is time to file them, until they are. */
  boolean isToBeFiled(int more) {
    return unfiled.addAndGet(more) >= filedTogether;
  }

  /** All that were labelled are filed. */
  void filed() {
    unfiled.set(0);
  }

  @Nullable Audience find(Label label) {
    return known.get(label);
  }

  /** Remembers what is on the disk. */
  void note(Label label, Audience audience) {
    if (known.size() >= LIMIT) {
      known.clear();
    }
    known.put(label, audience);
  }

  /** What was remembered is about to change. */
  void forget(Label label) {
    known.remove(label);
  }
}
