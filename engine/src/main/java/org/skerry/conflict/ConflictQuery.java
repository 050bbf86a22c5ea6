package org.skerry.conflict;

import java.time.Duration;
import java.util.Optional;

/**
 * Which open conflicts somebody wants to see.
 *
 * @param behind the bookmark of the page before
 * @param pattern the places that are open, as {@link ConflictRow#pattern}
 * @param minAge since this node first saw it
 */
public record ConflictQuery(
    int limit,
    int skip,
    boolean descending,
    Optional<byte[]> behind,
    Optional<String> kind,
    Optional<String> pattern,
    Optional<ConflictRow.State> state,
    Optional<Duration> minAge,
    Optional<Duration> maxAge) {

  /** The first of all, oldest first. */
  public static ConflictQuery first(int limit) {
    return new ConflictQuery(
        limit,
        0,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether every conflict passes. */
  boolean isWide() {
    return kind.isEmpty()
        && pattern.isEmpty()
        && state.isEmpty()
        && minAge.isEmpty()
        && maxAge.isEmpty();
  }

  /** Whether nothing but the kind matters. */
  boolean isOfKind() {
    return kind.isPresent()
        && pattern.isEmpty()
        && state.isEmpty()
        && minAge.isEmpty()
        && maxAge.isEmpty();
  }
}
