package org.skerry.server;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.NotificationEmitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the heap near what a node needs, which the serial collector by itself does not:
 *
 * <ol>
 *   <li>A node begins with a small heap (the launcher's flags), so that one that idles stays small.
 *   <li>The first young collection after the start tells that there is work. Then the whole heap is
 *       collected once with room asked for ({@link #ROOM_PERCENT}), which gives the young
 *       generation its full size: what a bulk request leaves has to die there.
 *   <li>From then on everything is collected whenever {@link #GROWTH} bytes more than were in use
 *       after the last time have moved to the old generation. The collector would let them grow up
 *       to the heap's bound: half a gigabyte of garbage after a large replication.
 * </ol>
 *
 * <p>With some ten megabytes in use, collecting takes about as many milliseconds. The Java machine
 * tells when it is time, at the end of a young collection; nobody polls. Other collectors than the
 * launcher's care for themselves: with them this does nothing.
 */
final class HeapWatch {
  /** A bulk load of a hundred thousand documents leaves about this much behind. */
  static final long GROWTH = 48L << 20;

  /** Makes of the ten megabytes that live an old generation as large as the young one. */
  private static final int ROOM_PERCENT = 88;

  private static final Logger LOG = LoggerFactory.getLogger(HeapWatch.class);

  private final MemoryPoolMXBean old;
  private final AtomicBoolean working = new AtomicBoolean();

  private HeapWatch(MemoryPoolMXBean old) {
    this.old = old;
  }

  /** Watches from now on, when the heap is one that has to be watched. */
  static void start() {
    Optional<MemoryPoolMXBean> old =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .filter(pool -> pool.getName().equals("Tenured Gen"))
            .findAny();
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    if (old.isPresent() && collectors.getFirst() instanceof NotificationEmitter young) {
      new HeapWatch(old.get()).watch(young);
    }
  }

  private void watch(NotificationEmitter young) {
    young.addNotificationListener(
        (notification, handback) -> begin(),
        notification ->
            !working.get()
                && notification
                    .getType()
                    .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
        null);
  }

  private void begin() {
    if (!working.compareAndSet(false, true)) {
      return;
    }
    askForRoom();
    collect();
    if (ManagementFactory.getMemoryMXBean() instanceof NotificationEmitter machine) {
      machine.addNotificationListener(
          (notification, handback) -> collect(),
          notification ->
              notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED),
          null);
    }
  }

  private static void askForRoom() {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      machine.setVMOption("MaxHeapFreeRatio", String.valueOf(ROOM_PERCENT + 5));
      machine.setVMOption("MinHeapFreeRatio", String.valueOf(ROOM_PERCENT));
    } catch (IllegalArgumentException e) {
      LOG.debug("the heap keeps the shape that it began with: {}", e.getMessage());
    }
  }

  private void collect() {
    System.gc();
    long bound = old.getUsage().getMax();
    long next = old.getUsage().getUsed() + GROWTH;
    old.setUsageThreshold(bound < 0 ? next : Math.min(next, bound));
  }
}
