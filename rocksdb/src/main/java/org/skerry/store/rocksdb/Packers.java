package org.skerry.store.rocksdb;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Lends {@link Packer}s. Their native contexts take half a megabyte, so there are as many as were
 * in use at once, and not one a thread: threads are virtual and come by the thousand.
 *
 * <p>A thread gets the one that it had before, where it is there: mostly it runs on the processor
 * in whose caches that one's tables still are.
 */
final class Packers implements AutoCloseable {
  private final AtomicReferenceArray<@Nullable Packer> idle =
      new AtomicReferenceArray<>(Runtime.getRuntime().availableProcessors() + 2);

  Packer borrow() {
    int own = own();
    for (int i = 0; i < idle.length(); i++) {
      Packer packer = idle.getAndSet(place(own, i), null);
      if (packer != null) {
        return packer;
      }
    }
    return new Packer();
  }

  void giveBack(Packer packer) {
    packer.trim();
    int own = own();
    for (int i = 0; i < idle.length(); i++) {
      if (idle.compareAndSet(place(own, i), null, packer)) {
        return;
      }
    }
    packer.close();
  }

  private static int own() {
    return (int) Thread.currentThread().threadId();
  }

  private int place(int own, int next) {
    return Math.floorMod(own + next, idle.length());
  }

  @Override
  public void close() {
    for (int i = 0; i < idle.length(); i++) {
      Packer packer = idle.getAndSet(i, null);
      if (packer != null) {
        packer.close();
      }
    }
  }
}
