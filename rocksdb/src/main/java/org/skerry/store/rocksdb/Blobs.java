package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.document.BlobId;

/**
 * One database's blobs: where their chunks stand, and which of them may not be swept.
 *
 * <p>Bytes come in under the number of their upload, because their address is known only at the
 * end; then a record under the address names the upload. A second upload of the same bytes is
 * thrown away.
 */
final class Blobs {
  /**
   * Small enough to be held once per stream, large enough that a gigabyte is four thousand records.
   */
  static final int CHUNK_BYTES = 256 << 10;

  private final Cabinet cabinet;

  /** Guards pins and sweeping. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<BlobId, Integer> pins = new HashMap<>();

  /** Blobs whose removal is in the group that is being written. */
  private final Set<BlobId> sweeping = new HashSet<>();

  private final Set<Long> activeUploads = ConcurrentHashMap.newKeySet();

  /** Next upload's number; 0 until the first one looks where the last process stopped. */
  private final AtomicLong nextUpload = new AtomicLong();

  Blobs(Cabinet cabinet) {
    this.cabinet = cabinet;
  }

  /** Reserves a number for an upload; its chunks are not orphans until {@link #endUpload}. */
  long beginUpload() {
    if (nextUpload.get() == 0) {
      nextUpload.compareAndSet(0, 1 + Math.max(lastChunk(), lastMarker()));
    }
    long upload = nextUpload.getAndIncrement();
    activeUploads.add(upload);
    return upload;
  }

  void endUpload(long upload) {
    activeUploads.remove(upload);
  }

  boolean isActive(long upload) {
    return activeUploads.contains(upload);
  }

  private long lastChunk() {
    int number = cabinet.number();
    try (Cursor chunks = cabinet.tables().cursor(Family.CHUNKS, cabinet.tables().latest())) {
      chunks.seekBack(Keys.database(number + 1));
      return chunks.within(Keys.database(number)) ? Keys.sequenceOf(chunks.key()) : 0;
    }
  }

  private long lastMarker() {
    int number = cabinet.number();
    try (Cursor markers = cabinet.tables().cursor(Family.META, cabinet.tables().latest())) {
      markers.seekBack(Keys.upload(number, Long.MAX_VALUE));
      return markers.within(Keys.meta(number, Keys.Kind.UPLOAD))
          ? ByteBuffer.wrap(Keys.rest(markers.key())).getLong()
          : 0;
    }
  }

  /** The blob's record; nothing when it is not here. */
  Optional<BlobRecord> find(BlobId blob) {
    return cabinet
        .tables()
        .get(
            Family.META,
            cabinet.tables().latest(),
            Keys.meta(cabinet.number(), Keys.Kind.BLOB, blob.bytes()))
        .map(BlobRecord::decode);
  }

  /** Keeps a blob from being swept, whether it is here already or about to be. */
  void pin(BlobId blob) {
    lock.lock();
    try {
      pins.merge(blob, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  void unpin(BlobId blob) {
    lock.lock();
    try {
      pins.computeIfPresent(blob, (key, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
  }

  /** Whether a sweep has the blob in its hands: then it counts as gone. */
  boolean isSweeping(BlobId blob) {
    lock.lock();
    try {
      return sweeping.contains(blob);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a blob for sweeping unless it is pinned. Whoever pins it from now on finds it gone. */
  boolean claim(BlobId blob) {
    lock.lock();
    try {
      return !pins.containsKey(blob) && sweeping.add(blob);
    } finally {
      lock.unlock();
    }
  }

  void release(Set<BlobId> claimed) {
    lock.lock();
    try {
      sweeping.removeAll(claimed);
    } finally {
      lock.unlock();
    }
  }
}
