package org.skerry.store.rocksdb;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.skerry.document.BlobId;
import org.skerry.store.AttachmentStore.Pin;
import org.skerry.store.AttachmentStore.Upload;
import org.skerry.store.StoreException;

/**
 * Takes bytes and writes them chunk by chunk, unsynced: the commit that names them syncs the log
 * they stand in. The first full chunk leaves a marker, by which the chunks of an upload that never
 * finished are found.
 */
final class BlobUpload implements Upload {
  private final Cabinet cabinet;
  private final Blobs blobs;
  private final Supplier<Gate.Pass> gate;
  private final MessageDigest digest = sha256();
  private final long number;

  /** Grows up to a chunk, so that many small uploads stay small. */
  private byte[] buffer = new byte[8 << 10];

  private int buffered;
  private int chunks;
  private long length;
  private boolean closed;

  BlobUpload(Cabinet cabinet, Blobs blobs, Supplier<Gate.Pass> gate) {
    this.cabinet = cabinet;
    this.blobs = blobs;
    this.gate = gate;
    this.number = blobs.beginUpload();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this upload was finished or closed");
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    try (var _ = gate.get()) {
      checkOpen();
      digest.update(bytes, offset, count);
      length += count;
      int at = offset;
      int end = offset + count;
      while (at < end) {
        if (buffered == buffer.length) {
          grow(buffered + end - at);
        }
        int part = Math.min(end - at, buffer.length - buffered);
        System.arraycopy(bytes, at, buffer, buffered, part);
        buffered += part;
        at += part;
        if (buffered == Blobs.CHUNK_BYTES) {
          writeChunk();
        }
      }
    }
  }

  private void grow(int wanted) {
    buffer =
        Arrays.copyOf(buffer, Math.min(Blobs.CHUNK_BYTES, Math.max(2 * buffer.length, wanted)));
  }

  private void writeChunk() {
    cabinet.tables().room().check();
    cabinet.writer().write(new Chunk(buffer, chunks));
    chunks++;
    buffered = 0;
  }

  /** A full chunk's turn. */
  private final class Chunk implements Turn<Boolean> {
    private final byte[] bytes;
    private final int chunk;

    Chunk(byte[] bytes, int chunk) {
      this.bytes = bytes;
      this.chunk = chunk;
    }

    @Override
    public Boolean decide(Group group) {
      group.on(cabinet.shelf());
      group.put(Family.CHUNKS, Keys.chunk(cabinet.number(), number, chunk), bytes);
      if (chunk == 0) {
        group.put(Family.META, Keys.upload(cabinet.number(), number), new byte[0]);
      }
      return true;
    }

    @Override
    public boolean durable() {
      return false;
    }

    @Override
    public long weight() {
      return bytes.length;
    }
  }

  @Override
  public Pin finish() {
    try (var _ = gate.get()) {
      checkOpen();
      closed = true;
      BlobId blob = BlobId.of(digest.digest());
      blobs.pin(blob);
      try {
        cabinet.writer().write(new Finish(blob, Arrays.copyOf(buffer, buffered)));
      } catch (RuntimeException e) {
        blobs.unpin(blob);
        throw e;
      }
      return new BlobPin(blobs, blob, length);
    } finally {
      blobs.endUpload(number);
    }
  }

  /**
   * The turn that gives the bytes their address, or throws them away when they are here already.
   */
  private final class Finish implements Turn<Boolean> {
    private final BlobId blob;
    private final byte[] rest;

    Finish(BlobId blob, byte[] rest) {
      this.blob = blob;
      this.rest = rest;
    }

    @Override
    public Boolean decide(Group group) {
      ShelfDraft draft = group.on(cabinet.shelf());
      boolean here =
          draft.hasNewBlob(blob) || !blobs.isSweeping(blob) && blobs.find(blob).isPresent();
      if (here) {
        forget(group);
        return false;
      }
      if (rest.length > 0) {
        group.put(Family.CHUNKS, Keys.chunk(cabinet.number(), number, chunks), rest);
      }
      if (chunks > 0) {
        group.delete(Family.META, Keys.upload(cabinet.number(), number));
      }
      group.put(
          Family.META,
          Keys.meta(cabinet.number(), Keys.Kind.BLOB, blob.bytes()),
          new BlobRecord(number, length).encode());
      draft.newBlob(blob);
      draft.countBytes(length, length);
      return true;
    }

    @Override
    public boolean durable() {
      return false;
    }

    @Override
    public long weight() {
      return rest.length;
    }
  }

  private void forget(Group group) {
    if (chunks > 0) {
      BlobSweep.deleteUpload(group, cabinet.number(), number);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (var _ = gate.get()) {
      cabinet
          .writer()
          .write(
              group -> {
                group.on(cabinet.shelf());
                forget(group);
                return true;
              });
    } catch (StoreException e) {
      // The store is closed, or the database gone: what was uploaded is an orphan and will be
      // swept.
      return;
    } finally {
      blobs.endUpload(number);
    }
  }
}
