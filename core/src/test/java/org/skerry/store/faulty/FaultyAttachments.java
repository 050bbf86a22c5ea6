package org.skerry.store.faulty;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.document.BlobId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.DocumentStore;
import org.skerry.store.faulty.FaultPlan.Operation;

/**
 * Attachments that fail by plan, and whose bytes a crash may lose until a commit made them durable.
 */
final class FaultyAttachments implements AttachmentStore {
  private final FaultyProcess process;
  private final DocumentStore database;

  FaultyAttachments(FaultyProcess process, DocumentStore database) {
    this.process = process;
    this.database = database;
  }

  private <T> T write(Supplier<T> action) {
    return process.write(Operation.UPLOAD, database.name(), action);
  }

  private <T> Optional<T> unlessLost(BlobId blob, Supplier<Optional<T>> action) {
    process.disk.lock.lock();
    try {
      return process.disk.blobs(database).lost.contains(blob) ? Optional.empty() : action.get();
    } finally {
      process.disk.lock.unlock();
    }
  }

  @Override
  public Upload begin() {
    return new FaultyUpload(write(() -> database.attachments().begin()));
  }

  @Override
  public Optional<InputStream> open(BlobId blob, long offset) {
    FaultPlan.Call call = process.begin(Operation.BLOB_READ, database.name());
    Fault fault = process.disk.fault(call);
    if (fault == Fault.ERROR) {
      throw new InjectedFaultException(call);
    }
    if (fault == Fault.CRASH) {
      process.crash();
    }
    process.checkAlive();
    int good = fault == Fault.LOST_ANSWER ? process.disk.below(10_000) : Integer.MAX_VALUE;
    return unlessLost(blob, () -> database.attachments().open(blob, offset))
        .map(in -> new FaultyStream(in, good));
  }

  @Override
  public Optional<Pin> pin(BlobId blob) {
    return process
        .read(
            Operation.BLOB_READ,
            database.name(),
            () -> unlessLost(blob, () -> database.attachments().pin(blob)))
        .map(FaultyPin::new);
  }

  private final class FaultyUpload implements Upload {
    private final Upload upload;
    private final OpenResources.Resource resource;

    FaultyUpload(Upload upload) {
      this.upload = upload;
      this.resource = process.open.add("upload", upload::close);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      FaultyAttachments.this.write(
          () -> {
            upload.write(bytes, offset, length);
            return true;
          });
    }

    @Override
    public Pin finish() {
      // A pin whose answer was lost is nobody's to close.
      Pin pin = new FaultyPin(FaultyAttachments.this.write(this::finished));
      resource.close();
      return pin;
    }

    private Pin finished() {
      Pin pin = upload.finish();
      FaultyDisk.Blobs blobs = process.disk.blobs(database);
      blobs.lost.remove(pin.blob());
      if (!blobs.synced.contains(pin.blob())) {
        blobs.unsynced.add(pin.blob());
      }
      return pin;
    }

    @Override
    public void close() {
      resource.close();
    }
  }

  private final class FaultyPin implements Pin {
    private final Pin pin;
    private final OpenResources.Resource resource;

    FaultyPin(Pin pin) {
      this.pin = pin;
      this.resource = process.open.add("pin", pin::close);
    }

    @Override
    public BlobId blob() {
      return pin.blob();
    }

    @Override
    public long length() {
      return pin.length();
    }

    @Override
    public void close() {
      resource.close();
    }
  }

  /** Breaks off after so many bytes, or when the process ends. */
  private final class FaultyStream extends FilterInputStream {
    private final OpenResources.Resource resource;
    private int good;

    FaultyStream(InputStream in, int good) {
      super(in);
      this.good = good;
      this.resource = process.open.add("stream", () -> {});
    }

    private int before(int length) throws IOException {
      if (!process.isAlive()) {
        throw new IOException("this process has ended");
      }
      if (good == 0) {
        throw new IOException("injected into the reading of an attachment");
      }
      return Math.min(length, good);
    }

    @Override
    public int read() throws IOException {
      before(1);
      good--;
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, before(length));
      good -= Math.max(0, read);
      return read;
    }

    @Override
    public long skip(long n) throws IOException {
      long skipped = super.skip(before((int) Math.min(n, Integer.MAX_VALUE)));
      good -= (int) skipped;
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    @Override
    public void close() throws IOException {
      resource.close();
      super.close();
    }
  }
}
