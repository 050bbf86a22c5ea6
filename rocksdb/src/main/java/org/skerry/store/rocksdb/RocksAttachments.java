package org.skerry.store.rocksdb;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.document.BlobId;
import org.skerry.store.AttachmentStore;

/** One database's attachments. */
final class RocksAttachments implements AttachmentStore {
  private final Cabinet cabinet;
  private final Blobs blobs;
  private final Supplier<Gate.Pass> gate;

  RocksAttachments(Cabinet cabinet, Blobs blobs, Supplier<Gate.Pass> gate) {
    this.cabinet = cabinet;
    this.blobs = blobs;
    this.gate = gate;
  }

  @Override
  public Upload begin() {
    try (var _ = gate.get()) {
      return new BlobUpload(cabinet, blobs, gate);
    }
  }

  @Override
  public Optional<InputStream> open(BlobId blob, long offset) {
    Optional<Found> found = find(blob);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    BlobRecord record = found.get().record();
    BlobPin pin = found.get().pin();
    if (offset < 0 || offset > record.length()) {
      pin.close();
      throw new IllegalArgumentException(
          "offset " + offset + " of an attachment of " + record.length() + " bytes");
    }
    return Optional.of(new BlobStream(cabinet, gate, pin, record, offset));
  }

  @Override
  public Optional<Pin> pin(BlobId blob) {
    return find(blob).map(Found::pin);
  }

  private record Found(BlobRecord record, BlobPin pin) {}

  /** Pins first and looks then: what is found under a pin stays. */
  private Optional<Found> find(BlobId blob) {
    try (var _ = gate.get()) {
      blobs.pin(blob);
      Optional<Found> found = Optional.empty();
      try {
        if (!blobs.isSweeping(blob)) {
          found =
              blobs
                  .find(blob)
                  .map(record -> new Found(record, new BlobPin(blobs, blob, record.length())));
        }
        return found;
      } finally {
        if (found.isEmpty()) {
          blobs.unpin(blob);
        }
      }
    }
  }
}
