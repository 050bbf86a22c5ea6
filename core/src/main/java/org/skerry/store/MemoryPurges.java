package org.skerry.store;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.store.PurgeLog.Purge;

/** The purges of a database in memory. Its lock is the database's. */
final class MemoryPurges implements PurgeLog {
  private final MemoryLife life;
  private final ReentrantLock lock;
  private final List<Purge> purges = new ArrayList<>();
  private long last;
  private int limit = DEFAULT_LIMIT;

  MemoryPurges(MemoryLife life, ReentrantLock lock) {
    this.life = life;
    this.lock = lock;
  }

  /** Called under the lock. */
  void add(PurgeRequest request) {
    last++;
    purges.add(new Purge(last, UUID.randomUUID(), request.id(), request.revs()));
  }

  /** Called under the lock. */
  void forgetBeyondLimit() {
    purges.subList(0, Math.max(0, purges.size() - limit)).clear();
  }

  @Override
  public long last() {
    lock.lock();
    try {
      life.check();
      return last;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long remembered() {
    lock.lock();
    try {
      life.check();
      return last - purges.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Purge> read(long since, int most) {
    lock.lock();
    try {
      life.check();
      return purges.stream().filter(purge -> purge.seq() > since).limit(most).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int limit() {
    lock.lock();
    try {
      life.check();
      return limit;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void limit(int next) {
    lock.lock();
    try {
      life.check();
      limit = PurgeLog.checkedLimit(next);
    } finally {
      lock.unlock();
    }
  }
}
