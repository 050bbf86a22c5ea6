package org.skerry.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.skerry.document.AttachmentRef;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.document.BlobId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.AttachmentStore.Pin;
import org.skerry.store.AttachmentStore.Upload;

/**
 * Takes attachments' bytes in: counts them, checks what was announced, and leaves them pinned in
 * the store. Memory is bounded, whatever the size. Any thread may use one intake.
 */
public final class AttachmentIntake {
  /**
   * Large enough that the cost of a call into the store does not show, small for thousands of
   * uploads.
   */
  private static final int CHUNK = 64 * 1024;

  private final AttachmentStore store;
  private final long maxBytes;

  /**
   * An intake into one database.
   *
   * @param maxBytes the largest attachment, as stored and as decoded; {@link Long#MAX_VALUE} for
   *     any
   */
  public AttachmentIntake(AttachmentStore store, long maxBytes) {
    this.store = store;
    this.maxBytes = maxBytes;
  }

  /**
   * What is known of an attachment before its bytes come.
   *
   * @param revpos the generation that brought it; 0 for the revision that is going to be written
   * @param encoding how the bytes that come are encoded, and will be stored
   */
  public record Announced(
      String name, String contentType, int revpos, Encoding encoding, Expectation expectation) {
    /** An attachment that a client brings as it is. */
    public static Announced identity(String name, String contentType) {
      return new Announced(name, contentType, 0, Encoding.IDENTITY, Expectation.NONE);
    }
  }

  /**
   * Reads an attachment to the end of its stream; the caller closes the stream.
   *
   * @throws IOException when the stream breaks; nothing was kept
   * @throws AttachmentMismatchException when length or digest are not as announced; nothing was
   *     kept
   * @throws AttachmentTooLargeException when there are too many bytes; nothing was kept
   * @throws BadAttachmentException when gzip was announced and something else came; nothing was
   *     kept
   */
  public IncomingAttachment receive(Announced announced, InputStream bytes) throws IOException {
    Expectation expected = announced.expectation();
    if (expected.storedLength().orElse(0) > maxBytes) {
      throw new AttachmentTooLargeException(announced.name(), maxBytes);
    }
    Md5 md5 = new Md5();
    try (Upload upload = store.begin();
        Gauge gauge = new Gauge(announced, maxBytes)) {
      byte[] chunk = new byte[chunkSize(expected)];
      for (int count = bytes.read(chunk); count >= 0; count = bytes.read(chunk)) {
        gauge.update(chunk, count);
        md5.update(chunk, 0, count);
        upload.write(chunk, 0, count);
      }
      gauge.finish();
      String digest = checked(announced, md5.text());
      Pin pin = upload.finish();
      return new IncomingAttachment(
          new AttachmentInput.Stored(ref(announced, pin.blob(), digest, gauge)), pin);
    }
  }

  /**
   * Small attachments are many: their buffer is no larger than they are, and one byte to see the
   * end.
   */
  private static int chunkSize(Expectation expected) {
    return (int) Math.min(CHUNK, expected.storedLength().orElse(CHUNK) + 1);
  }

  private static AttachmentRef ref(Announced announced, BlobId blob, String digest, Gauge gauge) {
    return new AttachmentRef(
        announced.name(),
        announced.contentType(),
        announced.revpos(),
        blob,
        digest,
        announced.encoding(),
        gauge.length(),
        gauge.stored);
  }

  private static String checked(Announced announced, String found) {
    Expectation expected = announced.expectation();
    if (expected.checksDigest() && !sameDigest(expected.digest().orElseThrow(), found)) {
      throw new AttachmentMismatchException(
          AttachmentMismatchException.Kind.DIGEST,
          announced.name(),
          expected.digest().orElseThrow(),
          found);
    }
    return found;
  }

  /** Some senders leave the padding out. */
  private static boolean sameDigest(String expected, String found) {
    int prefix = Md5.PREFIX.length();
    return stripped(expected.substring(prefix)).equals(stripped(found.substring(prefix)));
  }

  private static String stripped(String base64) {
    int end = base64.length();
    while (end > 0 && base64.charAt(end - 1) == '=') {
      end--;
    }
    return base64.substring(0, end);
  }

  /** Counts one attachment's bytes, stored and decoded, against what is allowed and announced. */
  private static final class Gauge implements AutoCloseable {
    private final Announced announced;
    private final long maxBytes;
    private final Optional<GzipMeter> gzip;
    private long stored;

    Gauge(Announced announced, long maxBytes) {
      this.announced = announced;
      this.maxBytes = maxBytes;
      this.gzip =
          announced.encoding() == Encoding.GZIP ? Optional.of(new GzipMeter()) : Optional.empty();
    }

    void update(byte[] bytes, int count) {
      stored += count;
      if (gzip.isPresent()) {
        gzip.get().update(bytes, 0, count);
      }
      if (stored > maxBytes || length() > maxBytes) {
        throw new AttachmentTooLargeException(announced.name(), maxBytes);
      }
      if (stored > announced.expectation().storedLength().orElse(Long.MAX_VALUE)) {
        throw mismatch("more");
      }
    }

    void finish() {
      if (stored != announced.expectation().storedLength().orElse(stored)) {
        throw mismatch(Long.toString(stored));
      }
      gzip.ifPresent(GzipMeter::finish);
    }

    /** Decoded bytes so far. */
    long length() {
      return gzip.isPresent() ? gzip.get().decoded() : stored;
    }

    private AttachmentMismatchException mismatch(String found) {
      return new AttachmentMismatchException(
          AttachmentMismatchException.Kind.LENGTH,
          announced.name(),
          Long.toString(announced.expectation().storedLength().orElseThrow()),
          found);
    }

    @Override
    public void close() {
      gzip.ifPresent(GzipMeter::close);
    }
  }
}
