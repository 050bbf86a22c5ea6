package org.skerry.store.subset;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whom the labels of places mean, as far as a store remembers it between its turns: places are few,
 * and asked for by each write. Any thread, but one turn at a time changes what is meant.
 */
public final class KnownAudiences {
  /** Of so many places nobody notices the memory. */
  private static final int LIMIT = 10_000;

  private final Map<Label, Audience> known = new ConcurrentHashMap<>();

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
