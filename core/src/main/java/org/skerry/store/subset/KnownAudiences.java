package org.skerry.store.subset;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a store remembers between its turns. Whom the labels of places mean: places are few, and
 * asked for by each write. And how many documents were labelled since labels were filed. Any
 * thread, but one turn at a time changes what is meant.
 */
public final class KnownAudiences {
  /** Of so many places nobody notices the memory. */
  private static final int LIMIT = 10_000;

  /** So many are filed together: of a thousand places each gets four or more in one record. */
  private static final int FILED_TOGETHER = 4_096;

  private final Map<Label, Audience> known = new ConcurrentHashMap<>();
  private final AtomicInteger unfiled = new AtomicInteger();
  private final int filedTogether;

  public KnownAudiences() {
    this(FILED_TOGETHER);
  }

  /**
   * @param filedTogether when so many documents were labelled, they are filed by label
   */
  public KnownAudiences(int filedTogether) {
    this.filedTogether = filedTogether;
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

  /** Forgets everything, when a store has lost what was not yet durable. */
  public void clear() {
    known.clear();
  }
}
