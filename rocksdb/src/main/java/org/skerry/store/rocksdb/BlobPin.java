package org.skerry.store.rocksdb;

import java.util.concurrent.atomic.AtomicBoolean;
import org.skerry.document.BlobId;
import org.skerry.store.AttachmentStore;

/** Keeps a blob that was pinned in {@link Blobs} until it is closed. */
final class BlobPin implements AttachmentStore.Pin {
  private final Blobs blobs;
  private final BlobId blob;
  private final long length;
  private final AtomicBoolean closed = new AtomicBoolean();

  BlobPin(Blobs blobs, BlobId blob, long length) {
    this.blobs = blobs;
    this.blob = blob;
    this.length = length;
  }

  @Override
  public BlobId blob() {
    return blob;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      blobs.unpin(blob);
    }
  }
}
