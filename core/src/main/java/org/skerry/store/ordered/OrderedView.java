package org.skerry.store.ordered;

import org.jspecify.annotations.Nullable;

/**
 * A space as it was at one moment. Cheap to have; while it is open, what was overwritten since is
 * kept. One thread at a time.
 */
public interface OrderedView extends AutoCloseable {
  /**
   * The value of a key, or null: asked for often enough that an object an answer counts. Shared: do
   * not change.
   */
  byte @Nullable [] find(byte[] key);

  /** A cursor that stands nowhere yet. Close it before the view. */
  OrderedCursor cursor();

  @Override
  void close();
}
