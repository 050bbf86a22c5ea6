package org.skerry.http.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the console in memory: the whole console is a few hundred kilobytes.
 *
 * @param type what it is, for the browser
 * @param smallest zipped where that makes it smaller
 */
record ConsoleFile(String type, Form plain, Form smallest) {
  /** Below that, zipping saves no packet. */
  private static final int WORTH_ZIPPING = 1_000;

  private static final int TAG_BYTES = 16;

  /**
   * The bytes in one encoding.
   *
   * @param encoding as HTTP names it; empty for none
   * @param tag the entity tag, with its quotation marks
   */
  record Form(String encoding, String tag, byte[] bytes) {}

  static ConsoleFile of(String type, byte[] bytes) {
    String hash = HexFormat.of().formatHex(sha256(bytes), 0, TAG_BYTES);
    Form plain = new Form("", '"' + hash + '"', bytes);
    byte[] zipped = bytes.length < WORTH_ZIPPING ? bytes : zip(bytes);
    return new ConsoleFile(
        type,
        plain,
        zipped.length < bytes.length ? new Form("gzip", '"' + hash + "-gz\"", zipped) : plain);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] zip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
