package org.skerry.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that is compressed if it becomes long. Its beginning is held until that is
 * known: what ends or is flushed before goes out as it is, so that a feed that waits, of which
 * there may be thousands, has no compressor of a quarter of a megabyte. Used by the one thread that
 * handles the request.
 */
final class CompressedStream extends OutputStream {
  private static final int CHUNK = 8 * 1024;

  private final OutputStream plain;
  private final Runnable compressing;
  private byte[] held = new byte[Compression.SHORTEST];
  private int length;

  /** Where bytes go once it is known how; before that they are held. */
  private @Nullable OutputStream decided;

  private @Nullable Gzip gzip;

  /**
   * A body.
   *
   * @param plain takes what goes out; closed with this
   * @param compressing told before the first byte when the body will be compressed
   */
  CompressedStream(OutputStream plain, Runnable compressing) {
    this.plain = plain;
    this.compressing = compressing;
  }

  /** With a way to give its memory back that writes nothing more. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, CHUNK, true);
    }

    void release() {
      def.end();
    }
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    OutputStream out = decided;
    if (out == null && count <= held.length - length) {
      System.arraycopy(bytes, offset, held, length, count);
      length += count;
      return;
    }
    if (out == null) {
      compressing.run();
      gzip = new Gzip(plain);
      out = decide(gzip);
    }
    out.write(bytes, offset, count);
  }

  private OutputStream decide(OutputStream out) throws IOException {
    decided = out;
    byte[] beginning = Arrays.copyOf(held, length);
    held = new byte[0];
    out.write(beginning, 0, beginning.length);
    return out;
  }

  private OutputStream decidedOrPlain() throws IOException {
    OutputStream out = decided;
    return out == null ? decide(plain) : out;
  }

  @Override
  public void flush() throws IOException {
    decidedOrPlain().flush();
  }

  @Override
  public void close() throws IOException {
    decidedOrPlain().close();
  }

  /** Gives the compressor's memory back; nothing may be written any more. */
  void release() {
    if (gzip != null) {
      gzip.release();
    }
  }
}
