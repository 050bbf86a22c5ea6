package org.skerry.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes what URLs and forms encode: {@code %XX} as UTF-8, and {@code +} as a space. */
public final class PercentDecoder {
  private PercentDecoder() {}

  /**
   * Decodes a text that is part of a URL.
   *
   * @throws HttpProblem 400 for a {@code %} without two hex digits, or bytes that are not UTF-8
   */
  public static String decode(String text) {
    return decode(text, 0, text.length());
  }

  /**
   * Decodes a part of a text.
   *
   * <p>A {@code +} in a path is a space for CouchDB too, and clients rely on it.
   *
   * @throws HttpProblem 400 for a {@code %} without two hex digits, or bytes that are not UTF-8
   */
  static String decode(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '%' || c == '+') {
        return decodeEscapes(text.substring(from, to));
      }
    }
    return text.substring(from, to);
  }

  private static String decodeEscapes(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      byte b = in[i];
      if (b == '+') {
        b = ' ';
      } else if (b == '%') {
        b = (byte) (hex(in, i + 1, text) << 4 | hex(in, i + 2, text));
        i += 2;
      }
      out[length++] = b;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(out, 0, length)).toString();
    } catch (CharacterCodingException e) {
      throw HttpProblem.badRequest(
          "bad_request", "The URL holds `" + text + "`, which is not percent-encoded UTF-8");
    }
  }

  private static int hex(byte[] in, int at, String text) {
    int digit = at < in.length ? Character.digit(in[at], 16) : -1;
    if (digit < 0) {
      throw HttpProblem.badRequest(
          "bad_request", "The URL holds `" + text + "`, where a % lacks its two hex digits");
    }
    return digit;
  }
}
