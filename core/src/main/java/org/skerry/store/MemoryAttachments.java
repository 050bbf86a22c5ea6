package org.skerry.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.document.BlobId;

/** Attachments in memory. Its lock is taken inside the database's, never the other way round. */
final class MemoryAttachments implements AttachmentStore {
  private final MemoryLife life;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<BlobId, Blob> blobs = new HashMap<>();

  /** Bytes and how many hold them. */
  private static final class Blob {
    private final byte[] bytes;
    private int pins;

    Blob(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  MemoryAttachments(MemoryLife life) {
    this.life = life;
  }

  @Override
  public Upload begin() {
    life.check();
    return new MemoryUpload();
  }

  @Override
  public Optional<InputStream> open(BlobId id, long offset) {
    life.check();
    lock.lock();
    try {
      return Optional.ofNullable(blobs.get(id)).map(blob -> from(blob.bytes, offset));
    } finally {
      lock.unlock();
    }
  }

  private static InputStream from(byte[] bytes, long offset) {
    if (offset < 0 || offset > bytes.length) {
      throw new IllegalArgumentException(
          "offset " + offset + " of an attachment of " + bytes.length + " bytes");
    }
    return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
  }

  @Override
  public Optional<Pin> pin(BlobId id) {
    life.check();
    lock.lock();
    try {
      return Optional.ofNullable(blobs.get(id)).map(blob -> new MemoryPin(id, blob));
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what is neither named nor pinned. */
  void sweep(Set<BlobId> named) {
    lock.lock();
    try {
      blobs.entrySet().removeIf(e -> e.getValue().pins == 0 && !named.contains(e.getKey()));
    } finally {
      lock.unlock();
    }
  }

  /** Bytes held, those of the named blobs only. */
  long size(Set<BlobId> named) {
    lock.lock();
    try {
      return blobs.entrySet().stream()
          .filter(e -> named.contains(e.getKey()))
          .mapToLong(e -> e.getValue().bytes.length)
          .sum();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes held. */
  long size() {
    lock.lock();
    try {
      return blobs.values().stream().mapToLong(blob -> blob.bytes.length).sum();
    } finally {
      lock.unlock();
    }
  }

  private final class MemoryUpload implements Upload {
    private final MessageDigest digest = sha256();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean closed;

    @Override
    public void write(byte[] source, int offset, int length) {
      checkOpen();
      digest.update(source, offset, length);
      bytes.write(source, offset, length);
    }

    @Override
    public Pin finish() {
      checkOpen();
      closed = true;
      BlobId id = BlobId.of(digest.digest());
      lock.lock();
      try {
        return new MemoryPin(id, blobs.computeIfAbsent(id, k -> new Blob(bytes.toByteArray())));
      } finally {
        lock.unlock();
      }
    }

    private void checkOpen() {
      life.check();
      if (closed) {
        throw new IllegalStateException("this upload was finished or closed");
      }
    }

    @Override
    public void close() {
      closed = true;
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  private final class MemoryPin implements Pin {
    private final BlobId id;
    private final Blob blob;
    private boolean closed;

    /** Made under the lock. */
    MemoryPin(BlobId id, Blob blob) {
      this.id = id;
      this.blob = blob;
      blob.pins++;
    }

    @Override
    public BlobId blob() {
      return id;
    }

    @Override
    public long length() {
      return blob.bytes.length;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        blob.pins -= closed ? 0 : 1;
        closed = true;
      } finally {
        lock.unlock();
      }
    }
  }
}
