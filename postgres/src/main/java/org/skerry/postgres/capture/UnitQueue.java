package org.skerry.postgres.capture;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Units that were read and wait to be taken care of; whoever reads waits when they are many. */
final class UnitQueue {
  private static final int MOST_UNITS = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** This and all below are guarded by lock. */
  private final Deque<Unit> units = new ArrayDeque<>();

  private final int mostChanges;
  private int changes;
  private boolean closed;
  private Optional<SQLException> failure = Optional.empty();

  /**
   * A queue.
   *
   * @param mostChanges how many changes may wait; one unit may wait however long it is
   */
  UnitQueue(int mostChanges) {
    this.mostChanges = mostChanges;
  }

  /**
   * Adds a unit when there is room, which is waited for.
   *
   * @return whether it was added, or nobody wants it any more
   */
  boolean put(Unit unit, Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      while (!closed && isFull() && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (!closed && isFull()) {
        return false;
      }
      units.add(unit);
      changes += unit.changes().size();
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nobody wants more. */
  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** No more comes, and why: told when all that came before is taken. */
  void fail(SQLException why) {
    lock.lock();
    try {
      failure = Optional.of(why);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The next unit, waited for; nothing when it was closed. */
  Optional<Unit> take() throws SQLException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && units.isEmpty() && failure.isEmpty()) {
        changed.await();
      }
      if (!closed && units.isEmpty()) {
        throw failure.orElseThrow();
      }
      return closed ? Optional.empty() : remove();
    } finally {
      lock.unlock();
    }
  }

  /** Waits while others come; not when there is no more room, or somebody waits for one of them. */
  void gather(Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      while (!closed && failure.isEmpty() && left > 0 && !isFull() && !isAwaited()) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return changes >= mostChanges || units.size() >= MOST_UNITS;
  }

  private boolean isAwaited() {
    return units.stream().anyMatch(unit -> !unit.gates().isEmpty());
  }

  /** The next unit, if it is here. */
  Optional<Unit> poll() {
    lock.lock();
    try {
      return closed ? Optional.empty() : remove();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Unit> remove() {
    Optional<Unit> first = Optional.ofNullable(units.poll());
    first.ifPresent(unit -> changes -= unit.changes().size());
    changed.signalAll();
    return first;
  }
}
