package org.skerry.store.rocksdb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lends {@link Packer}s. Their native contexts take half a megabyte, so there are as many as were
 * in use at once, and not one a thread: threads are virtual and come by the thousand.
 */
final class Packers implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Packer> idle = new ArrayDeque<>();
  private final int kept = Runtime.getRuntime().availableProcessors() + 2;

  Packer borrow() {
    lock.lock();
    try {
      Packer packer = idle.poll();
      return packer == null ? new Packer() : packer;
    } finally {
      lock.unlock();
    }
  }

  void giveBack(Packer packer) {
    packer.trim();
    lock.lock();
    try {
      if (idle.size() < kept) {
        idle.push(packer);
        return;
      }
    } finally {
      lock.unlock();
    }
    packer.close();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      idle.forEach(Packer::close);
      idle.clear();
    } finally {
      lock.unlock();
    }
  }
}
