package org.skerry.store.subset;

import org.skerry.store.Registration;
import org.skerry.store.ordered.OrderedView;

/** What a store lends to {@link KeptSubsets}. Any thread. */
public interface SubsetHost {
  /** The records of one database as they are now. */
  OrderedView view();

  /** Takes a turn among the store's writes; what it put is durable on return. */
  <T> T write(Turn<T> turn);

  /** Whether subsets are kept, as {@link SubsetKeys} say; asked for before each commit. */
  boolean kept();

  /** What is remembered between turns. */
  KnownAudiences known();

  /**
   * How often something was begun since this store was opened that documents have to follow ({@link
   * KeptSubsets#begins}); counted as soon as it can be read.
   */
  long begun();

  /** Where feeds end; to be forgotten of those that get or lose a row. */
  FeedEnds ends();

  /** As {@link Subsets#onAdvance}. */
  Registration onAdvance(int feed, Runnable wake);

  /**
   * Something to write.
   *
   * @param <T> what the caller gets
   */
  interface Turn<T> {
    /**
     * @param before the records as they were before this turn
     */
    T decide(SubsetDraft draft, OrderedView before);
  }
}
