package org.skerry.fhir.attached;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import org.skerry.attachment.BadAttachmentException;
import org.skerry.document.BadDocumentException;
import org.skerry.document.BadDocumentException.Kind;

/**
 * Base64 in a JSON text whose beginning was read already, up to the quote behind it. As CouchDB
 * reads it: white space between the digits is skipped, anything else that is no digit is refused,
 * and padding is wanted. Some encoders write every {@code /} as {@code \/}. One thread.
 */
final class Base64Text extends InputStream {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int GROUP = 4;
  private static final int HEX_DIGITS = 4;
  private static final boolean[] IS_DIGIT = new boolean[128];

  static {
    DIGITS.chars().forEach(c -> IS_DIGIT[c] = true);
  }

  private final byte[] begun;
  private final ByteSource rest;
  private int at;
  private long count;
  private int padding;
  private boolean ended;

  /**
   * A text.
   *
   * @param begun what was read of it
   * @param rest what follows
   */
  Base64Text(byte[] begun, ByteSource rest) {
    this.begun = begun;
    this.rest = rest;
  }

  /** What it means. */
  InputStream decoded() {
    return Base64.getDecoder().wrap(this);
  }

  /** The text must be at its end when all is decoded. */
  void finish() throws IOException {
    if (read() >= 0) {
      throw invalid();
    }
  }

  @Override
  public int read() throws IOException {
    if (ended) {
      return -1;
    }
    int c = character();
    if (c < 0) {
      ended = true;
      if (count % GROUP != 0) {
        throw invalid();
      }
      return -1;
    }
    boolean good =
        c == '=' ? count % GROUP >= 2 : padding == 0 && c < IS_DIGIT.length && IS_DIGIT[c];
    padding += c == '=' ? 1 : 0;
    if (!good || padding > 2) {
      throw invalid();
    }
    count++;
    return c;
  }

  /** The next one that is no white space; -1 at the quote. */
  private int character() throws IOException {
    while (true) {
      int c = next();
      if (c == '"') {
        return -1;
      }
      if (c == '\\') {
        c = escaped();
      }
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c;
      }
    }
  }

  private int escaped() throws IOException {
    int c = next();
    return switch (c) {
      case '/' -> c;
      case 'n', 'r', 't' -> ' ';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
          int digit = Character.digit(next(), 16);
          if (digit < 0) {
            throw invalid();
          }
          code = code << 4 | digit;
        }
        yield code;
      }
      default -> throw invalid();
    };
  }

  private int next() throws IOException {
    int c = at < begun.length ? begun[at++] & 0xff : rest.next();
    if (c < 0) {
      throw new BadDocumentException(Kind.BAD_JSON, "the resource ends within its data");
    }
    return c;
  }

  private static BadAttachmentException invalid() {
    return new BadAttachmentException("data of an Attachment are no base64");
  }
}
