package org.skerry.script.rhino;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.skerry.document.JsonBytes;

/**
 * Walks over JSON in UTF-8 that was checked when it came in: nothing is refused here, and what is
 * no JSON has no meaning. One thread.
 */
final class TrustedJson {
  /** Names are few, and met again in every document. */
  private static final int NAMES = 512;

  private static final int LONGEST_NAME = 64;

  /** So many digits are exact in a double. */
  private static final int EXACT_DIGITS = 15;

  /** Powers of ten that a double holds exactly, as far as they are of use with so many digits. */
  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private final byte[][] nameBytes = new byte[NAMES][];
  private final @Nullable String[] names = new String[NAMES];
  private byte[] in = {};
  private int at;

  void begin(byte[] json) {
    in = json;
    at = 0;
  }

  /** The first byte of what comes next, which stays the next one. */
  byte peek() {
    while (in[at] <= ' ' && in[at] >= 0) {
      at++;
    }
    return in[at];
  }

  /** Takes the next byte that is no white space. */
  byte take() {
    byte next = peek();
    at++;
    return next;
  }

  /** Takes a literal of that length. */
  void skip(int length) {
    at += length;
  }

  /** Takes a string, which is the name of a member, with the colon. */
  String name() {
    int start = at + 1;
    int hash = 0;
    int end = start;
    while (in[end] != '"' && in[end] != '\\') {
      hash = 31 * hash + in[end++];
    }
    String name;
    if (in[end] == '"' && end - start <= LONGEST_NAME) {
      at = end + 1;
      name = name(start, end, (hash ^ hash >>> 15) & NAMES - 1);
    } else {
      name = string();
    }
    take();
    return name;
  }

  private String name(int start, int end, int slot) {
    String known = names[slot];
    if (known != null
        && Arrays.equals(nameBytes[slot], 0, nameBytes[slot].length, in, start, end)) {
      return known;
    }
    String name = new String(in, start, end - start, StandardCharsets.UTF_8);
    names[slot] = name;
    nameBytes[slot] = Arrays.copyOfRange(in, start, end);
    return name;
  }

  /** Takes a string. */
  String string() {
    int start = at + 1;
    int end = JsonBytes.plain(in, start, in.length);
    at = end + 1;
    String text = new String(in, start, end - start, StandardCharsets.UTF_8);
    return in[end] == '"' ? text : escaped(new StringBuilder(text), end);
  }

  /** The rest of a string, from its first escape on. */
  private String escaped(StringBuilder text, int from) {
    int next = from;
    while (in[next] != '"') {
      if (in[next] == '\\') {
        next = escape(text, next + 1);
      } else {
        int end = Math.max(next + 1, JsonBytes.plain(in, next, in.length));
        text.append(new String(in, next, end - next, StandardCharsets.UTF_8));
        next = end;
      }
    }
    at = next + 1;
    return text.toString();
  }

  private int escape(StringBuilder text, int letter) {
    switch (in[letter]) {
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> {
        int code = 0;
        for (int i = letter + 1; i <= letter + 4; i++) {
          code = code << 4 | Character.digit(in[i], 16);
        }
        text.append((char) code);
        return letter + 5;
      }
      default -> text.append((char) in[letter]);
    }
    return letter + 1;
  }

  /** Takes a number: a whole one that fits as an integer, as engines have it, or a double. */
  Object number() {
    int start = at;
    boolean negative = in[at] == '-';
    int next = negative ? at + 1 : at;
    long digits = 0;
    int first = next;
    int point = -1;
    while (next < in.length && (in[next] >= '0' && in[next] <= '9' || in[next] == '.')) {
      if (in[next] == '.') {
        point = next;
      } else {
        digits = 10 * digits + in[next] - '0';
      }
      next++;
    }
    boolean exact = next - first <= EXACT_DIGITS;
    if (!exact || next < in.length && (in[next] | 0x20) == 'e') {
      return written(start, next);
    }
    at = next;
    if (point < 0 && digits <= Integer.MAX_VALUE && (digits != 0 || !negative)) {
      return negative ? (int) -digits : (int) digits;
    }
    double value = point < 0 ? digits : digits / POWERS[next - point - 1];
    return negative ? -value : value;
  }

  private Object written(int start, int digitsEnd) {
    int end = digitsEnd;
    while (end < in.length && "+-.eE0123456789".indexOf(in[end]) >= 0) {
      end++;
    }
    at = end;
    return Double.parseDouble(new String(in, start, end - start, StandardCharsets.US_ASCII));
  }
}
