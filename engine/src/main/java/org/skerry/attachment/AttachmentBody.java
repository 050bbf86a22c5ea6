package org.skerry.attachment;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.skerry.document.AttachmentRef;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.store.AttachmentStore;
import org.skerry.store.DamagedRecordException;
import org.skerry.store.StoreException;

/**
 * An attachment on its way out: a stream, and how many bytes it gives. Whoever opens one closes the
 * stream.
 *
 * @param stream the bytes; memory is bounded, whatever their number
 * @param length how many bytes the stream gives
 */
public record AttachmentBody(InputStream stream, long length) {
  private static final int CHUNK = 16 * 1024;

  /** The bytes as they are stored, for readers who accept the encoding, and for replicas. */
  public static AttachmentBody stored(AttachmentStore store, AttachmentRef attachment) {
    return new AttachmentBody(open(store, attachment, 0), attachment.storedLength());
  }

  /** The bytes without encoding. */
  public static AttachmentBody decoded(AttachmentStore store, AttachmentRef attachment) {
    InputStream stored = open(store, attachment, 0);
    if (attachment.encoding() == Encoding.IDENTITY) {
      return new AttachmentBody(stored, attachment.length());
    }
    try {
      return new AttachmentBody(new GZIPInputStream(stored, CHUNK), attachment.length());
    } catch (IOException e) {
      // What was stored was checked when it came: this is a damaged store and not bad input.
      throw closing(stored, new DamagedRecordException("stored gzip is damaged: " + attachment, e));
    }
  }

  /**
   * A part of the bytes of an attachment that is stored as it came. A part of an encoded one is not
   * offered: it would have to be decoded from its beginning for every part.
   *
   * @param from first byte
   * @param length how many, within the attachment
   */
  public static AttachmentBody range(
      AttachmentStore store, AttachmentRef attachment, long from, long length) {
    if (attachment.encoding() != Encoding.IDENTITY) {
      throw new IllegalArgumentException("ranges are for attachments without encoding");
    }
    Objects.checkFromIndexSize(from, length, attachment.length());
    return new AttachmentBody(new Part(open(store, attachment, from), length), length);
  }

  private static InputStream open(AttachmentStore store, AttachmentRef attachment, long offset) {
    return store
        .open(attachment.blob(), offset)
        .orElseThrow(
            () ->
                new DamagedRecordException(
                    "the bytes of an attachment are not here: " + attachment));
  }

  private static StoreException closing(InputStream stream, StoreException cause) {
    try {
      stream.close();
    } catch (IOException | UncheckedIOException e) {
      cause.addSuppressed(e);
    }
    return cause;
  }

  /** The beginning of a stream. */
  private static final class Part extends FilterInputStream {
    private long left;

    Part(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      int octet = left == 0 ? -1 : super.read();
      left -= octet < 0 ? 0 : 1;
      return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length > 0 && left == 0) {
        return -1;
      }
      int count = super.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
