package org.skerry.store;

import java.io.InputStream;
import java.util.Optional;
import org.skerry.document.BlobId;

/**
 * Attachments' bytes by their {@link BlobId}, each kept once a database, streamed both ways in
 * bounded memory.
 *
 * <p>A blob that no revision names is swept by compaction, but never while its {@link Upload} or
 * the {@link Pin} that finishing gave is open: so a revision committed before the pin is closed
 * finds its bytes.
 */
public interface AttachmentStore {
  /** Begins to take bytes. */
  Upload begin();

  /**
   * Opens a blob from a position.
   *
   * @param offset first byte wanted; the end gives an empty stream
   * @return nothing when the blob is not here
   */
  Optional<InputStream> open(BlobId blob, long offset);

  /** Keeps a blob that is here from being swept; nothing when it is not here. */
  Optional<Pin> pin(BlobId blob);

  /** Bytes on their way in. Closing without {@link #finish} forgets them. One thread at a time. */
  interface Upload extends AutoCloseable {
    void write(byte[] bytes, int offset, int length);

    /**
     * Makes the bytes readable under their address. They are durable no later than the first commit
     * that returns afterwards.
     */
    Pin finish();

    @Override
    void close();
  }

  /** Keeps a blob from being swept until it is closed. */
  interface Pin extends AutoCloseable {
    BlobId blob();

    long length();

    @Override
    void close();
  }
}
