package org.skerry.attachment;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * Decodes base64 (RFC 4648, with padding) that stands in a JSON string, some thousand digits at a
 * time.
 *
 * <p>As CouchDB reads it: white space between the digits is skipped, anything else that is no digit
 * is an error. The string may spell its characters as escapes; some encoders write every {@code /}
 * as {@code \/}.
 */
final class JsonBase64Stream extends InputStream {
  private static final Base64.Decoder DECODER = Base64.getDecoder();

  /** Digits decoded at once: a multiple of 4. */
  private static final int DIGITS = 16 * 1024;

  private static final int ESCAPED_HEX_DIGITS = 4;

  private final String attachment;
  private final byte[] json;
  private final int end;
  private final byte[] digits;
  private int at;
  private byte[] decoded = new byte[0];
  private int taken;

  JsonBase64Stream(String attachment, byte[] json, int from, int to) {
    this.attachment = attachment;
    this.json = json;
    this.at = from;
    this.end = to;
    this.digits = new byte[Math.min(DIGITS, (to - from) / 4 * 4 + 4)];
  }

  @Override
  public int read() {
    return fill() ? decoded[taken++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, decoded.length - taken);
    System.arraycopy(decoded, taken, target, offset, count);
    taken += count;
    return count;
  }

  @Override
  public int available() {
    return decoded.length - taken;
  }

  /** Decodes the next digits when the last ones were taken; false at the end. */
  private boolean fill() {
    while (taken == decoded.length) {
      int count = collect();
      if (count == 0) {
        return false;
      }
      decoded = decode(count);
      taken = 0;
    }
    return true;
  }

  private byte[] decode(int count) {
    boolean padded = digits[count - 1] == '=';
    if (count % 4 != 0 || padded && collect() > 0) {
      throw invalid();
    }
    try {
      return DECODER.decode(count == digits.length ? digits : Arrays.copyOf(digits, count));
    } catch (IllegalArgumentException e) {
      throw new BadAttachmentException(message(), e);
    }
  }

  /** Gathers digits, as many as there is room for. */
  private int collect() {
    int count = 0;
    while (count < digits.length && at < end) {
      int c = json[at++];
      if (c == '\\') {
        c = escaped();
      }
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        digits[count++] = (byte) c;
      }
    }
    return count;
  }

  /**
   * The character of the escape behind whose backslash the stream stands; the JSON is known to be
   * well-formed.
   */
  private int escaped() {
    int c = json[at++];
    switch (c) {
      case '/':
        return '/';
      case 'n', 'r', 't':
        return ' ';
      case 'u':
        int code = 0;
        for (int i = 0; i < ESCAPED_HEX_DIGITS; i++) {
          code = code << 4 | Character.digit(json[at++], 16);
        }
        if (code > 0x7f) {
          throw invalid();
        }
        return code;
      default:
        throw invalid();
    }
  }

  private BadAttachmentException invalid() {
    return new BadAttachmentException(message());
  }

  private String message() {
    return "Invalid attachment data for " + attachment;
  }
}
