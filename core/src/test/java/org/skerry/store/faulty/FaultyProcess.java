package org.skerry.store.faulty;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** One run of a program that has the store open: everything it holds ends with it. */
final class FaultyProcess {
  private static final System.Logger LOG = System.getLogger(FaultyProcess.class.getName());

  final FaultyDisk disk;
  final OpenResources open = new OpenResources();

  private final Queue<Runnable> wakes = new ConcurrentLinkedQueue<>();

  /** Written under the disk's lock; read by every call. */
  private volatile boolean ended;

  FaultyProcess(FaultyDisk disk) {
    this.disk = disk;
  }

  /**
   * Wakes a listener, but not while this thread holds the disk's lock: a listener may take a lock
   * of its own, under which others call this store.
   */
  void wake(Runnable listener) {
    wakes.add(listener);
    deliver();
  }

  /** Runs the wakes that waited; to be called after the disk's lock was released. */
  void deliver() {
    if (disk.lock.isHeldByCurrentThread()) {
      return;
    }
    for (Runnable next = wakes.poll(); next != null; next = wakes.poll()) {
      try {
        if (!ended) {
          next.run();
        }
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "a listener failed", e);
      }
    }
  }

  void checkAlive() {
    if (ended) {
      throw new CrashedException();
    }
  }

  boolean isAlive() {
    return !ended;
  }

  /** Ends without losing anything. */
  void end() {
    disk.lock.lock();
    try {
      ended = true;
    } finally {
      disk.lock.unlock();
    }
  }

  void crash() {
    disk.lockToWrite();
    try {
      if (!ended) {
        ended = true;
        open.abandon();
        disk.afterCrash();
      }
    } finally {
      disk.lock.unlock();
    }
  }

  FaultPlan.Call begin(FaultPlan.Operation operation, String database) {
    checkAlive();
    return disk.call(operation, database);
  }

  /** A call that changes nothing. */
  <T> T read(FaultPlan.Operation operation, String database, Supplier<T> action) {
    FaultPlan.Call call = begin(operation, database);
    return switch (disk.fault(call)) {
      case NONE, DELAY -> {
        checkAlive();
        T result = action.get();
        checkAlive();
        yield result;
      }
      case ERROR, LOST_ANSWER -> throw new InjectedFaultException(call);
      case CRASH -> {
        crash();
        throw new CrashedException();
      }
    };
  }

  /** A call that changes one thing, or does not. */
  <T> T write(FaultPlan.Operation operation, String database, Supplier<T> action) {
    FaultPlan.Call call = begin(operation, database);
    Fault fault = disk.fault(call);
    disk.lockToWrite();
    try {
      checkAlive();
      return switch (fault) {
        case NONE, DELAY -> action.get();
        case ERROR -> throw new InjectedFaultException(call);
        case LOST_ANSWER -> {
          action.get();
          throw new InjectedFaultException(call);
        }
        case CRASH -> {
          if (disk.coin()) {
            action.get();
          }
          crash();
          throw new CrashedException();
        }
      };
    } finally {
      disk.lock.unlock();
      deliver();
    }
  }

  /** Visits that a plan may break in the middle. */
  <T> T visit(FaultPlan.Operation operation, String database, Visit<T> visit) {
    FaultPlan.Call call = begin(operation, database);
    Fault fault = disk.fault(call);
    switch (fault) {
      case ERROR -> throw new InjectedFaultException(call);
      case CRASH -> {
        crash();
        throw new CrashedException();
      }
      case NONE, DELAY, LOST_ANSWER -> {
        int[] left = {fault == Fault.LOST_ANSWER ? disk.below(5) : Integer.MAX_VALUE};
        T result =
            visit.run(
                () -> {
                  checkAlive();
                  if (left[0]-- == 0) {
                    throw new InjectedFaultException(call);
                  }
                });
        checkAlive();
        if (fault == Fault.LOST_ANSWER) {
          throw new InjectedFaultException(call);
        }
        return result;
      }
    }
    throw new IllegalStateException("every fault is handled above: " + fault);
  }

  /** A visit that runs the action before each document. */
  @FunctionalInterface
  interface Visit<T> {
    T run(Runnable beforeEach);
  }
}
