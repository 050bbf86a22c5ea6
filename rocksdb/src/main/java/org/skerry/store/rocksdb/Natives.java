package org.skerry.store.rocksdb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Native objects that are freed together: what came last first. One thread. */
final class Natives implements AutoCloseable {
  private final Deque<AutoCloseable> objects = new ArrayDeque<>();

  /** Takes one more. */
  <T extends AutoCloseable> T own(T object) {
    objects.push(object);
    return object;
  }

  @Override
  public void close() {
    Optional<Exception> failure = Optional.empty();
    while (!objects.isEmpty()) {
      try {
        objects.pop().close();
      } catch (Exception e) {
        failure = Optional.of(e); // The others are freed all the same: one of them has the lock.
      }
    }
    failure.ifPresent(
        e -> {
          throw new IllegalStateException("a native object could not be closed", e);
        });
  }
}
