package org.skerry.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The answer to a request, as of one moment; holds the index open until it is closed. Used by one
 * thread.
 */
public interface SearchResults extends AutoCloseable {
  /** How many documents answer the query. */
  long total();

  /** Whether the total is exact; otherwise there are at least so many. */
  boolean exact();

  /** How many hits there are in this page. */
  int size();

  /** The order of the last hit, with which the next page begins; nothing when there is no hit. */
  Optional<List<OrderValue>> last();

  /** For each field asked for, how many hits have each value, greatest first. */
  Map<String, Map<String, Long>> counts();

  /** For each field asked for, how many hits are in each range that has some, greatest first. */
  Map<String, Map<String, Long>> ranges();

  /** How long the index took to catch up, in milliseconds. */
  long updateMillis();

  /** Visits the hits, one at a time, so that no more than one is held. */
  void forEach(Consumer<Hit> visitor);

  @Override
  void close();
}
