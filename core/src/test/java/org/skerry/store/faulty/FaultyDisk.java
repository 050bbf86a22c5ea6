package org.skerry.store.faulty;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BlobId;
import org.skerry.document.DocId;
import org.skerry.store.DocumentStore;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Store;

/**
 * What outlives a process: the store behind, the plan, and the fate of what was not acknowledged.
 * Its lock is held by every call that writes, so that a crash falls between two of them.
 */
final class FaultyDisk {
  final ReentrantLock lock = new ReentrantLock();
  final Store store;
  private final RandomGenerator random;
  private final Consumer<FaultPlan.Call> delay;
  private final Map<FaultPlan.Operation, Long> calls = new EnumMap<>(FaultPlan.Operation.class);
  private final Map<Fault, Long> injected = new EnumMap<>(Fault.class);
  private final Map<String, Blobs> blobs = new LinkedHashMap<>();
  private final List<Doubtful> doubtful = new ArrayList<>();
  private FaultPlan plan = FaultPlan.none();
  private long writes;

  /** A revision whose writer was told that it failed, while its bytes may be on the disk. */
  private record Doubtful(String database, String incarnation, RevisionWrite write) {}

  /** Which finished uploads of a database are known to be on the disk, are not, or were lost. */
  static final class Blobs {
    final Set<BlobId> synced = new LinkedHashSet<>();
    final Set<BlobId> unsynced = new LinkedHashSet<>();
    final Set<BlobId> lost = new LinkedHashSet<>();
  }

  FaultyDisk(Store store, RandomGenerator random, Consumer<FaultPlan.Call> delay) {
    this.store = store;
    this.random = random;
    this.delay = delay;
  }

  /** Takes the lock for a call that may change what the store behind holds. */
  void lockToWrite() {
    lock.lock();
    writes++;
  }

  /** How many such calls there were. */
  long writes() {
    lock.lock();
    try {
      return writes;
    } finally {
      lock.unlock();
    }
  }

  void plan(FaultPlan next) {
    lock.lock();
    try {
      plan = next;
    } finally {
      lock.unlock();
    }
  }

  FaultPlan.Call call(FaultPlan.Operation operation, String database) {
    lock.lock();
    try {
      return new FaultPlan.Call(operation, database, calls.merge(operation, 1L, Long::sum));
    } finally {
      lock.unlock();
    }
  }

  /** Asks the plan, and plays a delay; the caller plays everything else. */
  Fault fault(FaultPlan.Call call) {
    Fault fault;
    lock.lock();
    try {
      fault = plan.fault(call);
      injected.merge(fault, 1L, Long::sum);
    } finally {
      lock.unlock();
    }
    if (fault == Fault.DELAY) {
      delay.accept(call);
      return Fault.NONE;
    }
    return fault;
  }

  long injected(Fault fault) {
    lock.lock();
    try {
      return injected.getOrDefault(fault, 0L);
    } finally {
      lock.unlock();
    }
  }

  boolean coin() {
    return below(2) == 0;
  }

  int below(int bound) {
    lock.lock();
    try {
      return random.nextInt(bound);
    } finally {
      lock.unlock();
    }
  }

  /** Called under the lock. */
  Blobs blobs(DocumentStore database) {
    return blobs.computeIfAbsent(database.incarnation(), life -> new Blobs());
  }

  /** Remembers what a failed commit may have left behind. Called under the lock. */
  void doubt(DocumentStore database, List<RevisionWrite> batch) {
    batch.forEach(
        write -> doubtful.add(new Doubtful(database.name(), database.incarnation(), write)));
  }

  /**
   * Some of the batch, as an end in the middle leaves it: of each document's writes the first few.
   * Called under the lock.
   */
  List<RevisionWrite> part(List<RevisionWrite> batch) {
    Map<DocId, Boolean> cut = new LinkedHashMap<>();
    List<RevisionWrite> part = new ArrayList<>();
    for (RevisionWrite write : batch) {
      // A settlement's revisions share their fate.
      boolean lost =
          write instanceof RevisionWrite.Settle
              ? cut.computeIfAbsent(write.id(), id -> coin())
              : cut.merge(write.id(), coin(), Boolean::logicalOr);
      if (!lost) {
        part.add(write);
      }
    }
    return part;
  }

  /**
   * What reached the disk of a commit brings its attachments' bytes, even if nobody acknowledged
   * it. Called under the lock.
   */
  void keepBlobs(DocumentStore database, List<RevisionWrite> part) {
    Blobs fates = blobs(database);
    for (RevisionWrite write : part) {
      for (AttachmentRef ref : write.attachments()) {
        if (fates.unsynced.remove(ref.blob())) {
          fates.synced.add(ref.blob());
        }
      }
    }
  }

  /** Decides what became of everything that was not acknowledged. Called under the lock. */
  void afterCrash() {
    for (Blobs fates : blobs.values()) {
      for (BlobId blob : fates.unsynced) {
        (coin() ? fates.lost : fates.synced).add(blob);
      }
      fates.unsynced.clear();
    }
    for (Doubtful one : doubtful) {
      Optional<DocumentStore> database =
          store.find(one.database()).filter(d -> d.incarnation().equals(one.incarnation()));
      if (coin() && database.isPresent() && hasItsBlobs(database.get(), one.write())) {
        database.get().commit(List.of(one.write()));
      }
    }
    doubtful.clear();
  }

  /** A revision is never without its attachments' bytes, even if nobody acknowledged it. */
  private boolean hasItsBlobs(DocumentStore database, RevisionWrite write) {
    return write.attachments().stream().allMatch(ref -> isHere(database, ref.blob()));
  }

  boolean isHere(DocumentStore database, BlobId blob) {
    if (blobs(database).lost.contains(blob)) {
      return false;
    }
    try (var pin = database.attachments().pin(blob).orElse(null)) {
      return pin != null;
    }
  }
}
