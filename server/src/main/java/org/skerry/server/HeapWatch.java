package org.skerry.server;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.management.NotificationEmitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the heap near what a node needs, which the serial collector by itself does not:
 *
 * <ol>
 *   <li>A node <em>rests</em> when it begins: the launcher's flags keep the heap small, and what
 *       the start left behind is collected.
 *   <li>Two young collections one so soon after the other that the full young generation would be
 *       filled within half of {@link #REST} tell that there is work. Then the whole heap is
 *       collected once with room asked for ({@link #ROOM_PERCENT}), which gives the young
 *       generation that size: what a bulk request leaves has to die there. Of less work the small
 *       one is collected in a millisecond or two, now and then.
 *   <li>From then on everything is collected whenever {@link #GROWTH} bytes more than were in use
 *       after the last time have moved to the old generation. The collector would let them grow up
 *       to the heap's bound: half a gigabyte of garbage after a large replication.
 *   <li>When no young collection came for {@link #REST}, the work is done: everything is collected
 *       with little room asked for, so that the system gets the memory back; what the work ran
 *       through of the programs is no longer mapped ({@link MappedPages}), and the node rests.
 * </ol>
 *
 * <p>With some ten megabytes in use, collecting takes about as many milliseconds. Where it takes
 * longer the work counts as done later: requests that come one by one, each just behind the rest,
 * would have everything collected twice for each of them ({@link #RESTS_A_COLLECTION}). The Java
 * machine tells when it is time, at the end of a young collection; only while there is work
 * somebody looks whether it ended. Other collectors than the launcher's care for themselves: with
 * them this does nothing.
 */
final class HeapWatch {
  /** A bulk load of some sixty thousand documents leaves about this much behind. */
  static final long GROWTH = 32L << 20;

  /** Longer than the pauses in a client's work, and shorter than people wait for memory. */
  static final Duration REST = Duration.ofSeconds(3);

  /**
   * So many times as long as collecting everything took, nobody works before it is done again. What
   * counts is the time that it cost: by the clock, less where it was other programs that made it
   * last, as the CPU of the process says. Not much less: what waits for a disk takes no CPU.
   */
  static final int RESTS_A_COLLECTION = 100;

  /**
   * Makes of the ten megabytes that live an old generation so large that a third of it, the
   * launcher's {@code NewRatio}, is the young one's full size. What is only reserved takes no
   * memory.
   */
  private static final int ROOM_PERCENT = 94;

  /** Beyond so many times its CPU it was not only other programs that made collecting last. */
  private static final int MOST_SHARED = 10;

  /**
   * Work begins at so many times the pace below which it ends: at one between, the heap would be
   * given its shapes in turns, with all of it collected each time.
   */
  private static final int STEADY = 2;

  /** Room for what the next requests keep, and no more. */
  private static final int RESTING_PERCENT = 10;

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final Logger LOG = LoggerFactory.getLogger(HeapWatch.class);

  private final MemoryPoolMXBean old;
  private final MemoryPoolMXBean eden;
  private final GarbageCollectorMXBean young;
  private final Duration rest;
  private final Optional<MappedPages> programs = MappedPages.ofThisProcess();

  /** Guards {@link #working}: the machine's thread tells of work, another finds that it ended. */
  private final ReentrantLock lock = new ReentrantLock();

  private boolean working;

  /** What it cost to collect everything. */
  private volatile Duration took = Duration.ZERO;

  /** When the last young collection ended. The machine's thread alone. */
  private long last = System.nanoTime();

  private HeapWatch(
      MemoryPoolMXBean old, MemoryPoolMXBean eden, GarbageCollectorMXBean young, Duration rest) {
    this.old = old;
    this.eden = eden;
    this.young = young;
    this.rest = rest;
  }

  /** Watches from now on, when the heap is one that has to be watched. */
  static void start() {
    start(REST);
  }

  /** As {@link #start()}, with another time after which work has ended. */
  static void start(Duration rest) {
    Optional<MemoryPoolMXBean> old = pool("Tenured Gen");
    Optional<MemoryPoolMXBean> eden = pool("Eden Space");
    GarbageCollectorMXBean young = ManagementFactory.getGarbageCollectorMXBeans().getFirst();
    if (old.isPresent() && eden.isPresent() && young instanceof NotificationEmitter emitter) {
      new HeapWatch(old.get(), eden.get(), young, rest).watch(emitter);
    }
  }

  private static Optional<MemoryPoolMXBean> pool(String name) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .filter(pool -> pool.getName().equals(name))
        .findAny();
  }

  private void watch(NotificationEmitter collections) {
    rest();
    collections.addNotificationListener(
        (notification, handback) -> collected(),
        notification ->
            notification
                .getType()
                .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
        null);
    if (ManagementFactory.getMemoryMXBean() instanceof NotificationEmitter machine) {
      machine.addNotificationListener(
          (notification, handback) -> collect(),
          notification ->
              notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED),
          null);
    }
  }

  private void collected() {
    long now = System.nanoTime();
    MemoryUsage here = eden.getUsage();
    boolean soon = isWork(Duration.ofNanos(now - last), here.getCommitted(), here.getMax(), rest);
    last = now;
    if (soon) {
      work();
    }
  }

  /**
   * Whether there is so much work that the young generation should have its full size.
   *
   * @param since the last young collection
   * @param bytes that were filled since then
   * @param most how many the young generation can have for new objects; negative when unknown
   */
  static boolean isWork(Duration since, long bytes, long most, Duration rest) {
    double times = most < 0 ? 1 : Math.max(1, (double) most / Math.max(1, bytes));
    return since.toNanos() * times * STEADY < rest.toNanos();
  }

  private void work() {
    lock.lock();
    try {
      if (working) {
        return;
      }
      working = true;
      askForRoom(ROOM_PERCENT);
      collect();
    } finally {
      lock.unlock();
    }
    Thread.ofVirtual().name("skerry-heap-watch").start(this::restWhenDone);
  }

  private void restWhenDone() {
    try {
      long before;
      do {
        before = young.getCollectionCount();
        Thread.sleep(patience(rest, took));
      } while (young.getCollectionCount() != before);
      rest();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long nobody must have worked for the work to be done. */
  static Duration patience(Duration rest, Duration took) {
    Duration paid = took.multipliedBy(RESTS_A_COLLECTION);
    return paid.compareTo(rest) > 0 ? paid : rest;
  }

  private void rest() {
    lock.lock();
    try {
      working = false;
      askForRoom(RESTING_PERCENT);
      collect();
      programs.ifPresent(MappedPages::letGo);
    } finally {
      lock.unlock();
    }
  }

  private static void askForRoom(int percent) {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      // The machine refuses bounds that cross, so the wide one is set first.
      machine.setVMOption("MinHeapFreeRatio", "0");
      machine.setVMOption("MaxHeapFreeRatio", String.valueOf(percent + 5));
      machine.setVMOption("MinHeapFreeRatio", String.valueOf(percent));
    } catch (IllegalArgumentException e) {
      LOG.debug("the heap keeps the shape that it has: {}", e.getMessage());
    }
  }

  /**
   * What collecting cost.
   *
   * @param clock in nanoseconds
   * @param cpu in nanoseconds, some milliseconds too much or too little; negative when unknown
   */
  static Duration cost(long clock, long cpu) {
    return Duration.ofNanos(cpu < 0 ? clock : Math.clamp(cpu, clock / MOST_SHARED, clock));
  }

  /** Everything, and says how much more may move to the old generation before the next time. */
  private void collect() {
    long begun = System.nanoTime();
    long used = PROCESS.getProcessCpuTime();
    System.gc();
    took = cost(System.nanoTime() - begun, used < 0 ? -1 : PROCESS.getProcessCpuTime() - used);
    long bound = old.getUsage().getMax();
    long next = old.getUsage().getUsed() + GROWTH;
    old.setUsageThreshold(bound < 0 ? next : Math.min(next, bound));
  }
}
