package org.skerry.document;

import java.nio.charset.StandardCharsets;

/** A string of JSON as text. */
final class JsonText {
  private JsonText() {}

  /** What stands between two quotes, known to be good; escapes become what they stand for. */
  static String decode(byte[] in, int from, int to) {
    for (int i = from; i < to; i++) {
      if (in[i] == '\\') {
        return unescaped(in, from, to);
      }
    }
    return new String(in, from, to - from, StandardCharsets.UTF_8);
  }

  /** Whether no surrogate stands alone; no UTF-8 can spell such a text. */
  static boolean isWhole(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static String unescaped(byte[] in, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    int run = from;
    int i = from;
    while (i < to) {
      if (in[i] != '\\') {
        i++;
        continue;
      }
      text.append(new String(in, run, i - run, StandardCharsets.UTF_8));
      int length = in[i + 1] == 'u' ? 6 : 2;
      text.append(length == 6 ? unicode(in, i + 2) : named(in[i + 1]));
      i += length;
      run = i;
    }
    return text.append(new String(in, run, to - run, StandardCharsets.UTF_8)).toString();
  }

  private static char unicode(byte[] in, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      value = value << 4 | Character.digit(in[i], 16);
    }
    return (char) value;
  }

  private static char named(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> (char) letter;
    };
  }
}
