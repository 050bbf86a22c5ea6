package org.skerry.store.rocksdb;

import java.util.ArrayDeque;
import java.util.Deque;

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
    while (!objects.isEmpty()) {
      try {
        objects.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a native object could not be closed", e);
      }
    }
  }
}
