package org.skerry.fhir.search.extract;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Texts as they are compared: without case, accents, and more than single spaces. */
public final class Texts {
  /**
   * How much of a text stands in a key. The index keeps the original of a longer one, with which it
   * is compared then.
   */
  public static final int KEY_LENGTH = 200;

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private Texts() {}

  /** The whole text, folded. */
  public static String fold(String text) {
    return isPlain(text) ? spaced(text.toLowerCase(Locale.ROOT)) : spaced(foldAny(text));
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static String foldAny(String text) {
    String bare = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    // By upper case, since two small letters may share a capital, as sigma does; ß becomes ss.
    String small = bare.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    StringBuilder folded = new StringBuilder(small.length());
    for (int i = 0; i < small.length(); i++) {
      char c = small.charAt(i);
      switch (c) {
        // Unicode does not decompose these, though people leave their strokes out.
        case 'ø' -> folded.append('o');
        case 'ł' -> folded.append('l');
        case 'đ', 'ð' -> folded.append('d');
        case 'ħ' -> folded.append('h');
        case 'ı' -> folded.append('i');
        case 'æ' -> folded.append("ae");
        case 'œ' -> folded.append("oe");
        case 'þ' -> folded.append("th");
        default -> {
          if (!Character.isSurrogate(c) || isPair(small, i)) {
            folded.append(c);
          }
        }
      }
    }
    return folded.toString();
  }

  /** Half a pair stands above all texts in the order of keys, where it would be in the way. */
  private static boolean isPair(String text, int at) {
    char c = text.charAt(at);
    return Character.isHighSurrogate(c)
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }

  private static String spaced(String text) {
    String stripped = text.strip();
    StringBuilder spaced = new StringBuilder(stripped.length());
    boolean space = false;
    for (int i = 0; i < stripped.length(); i++) {
      char c = stripped.charAt(i);
      if (Character.isWhitespace(c)) {
        space = true;
        continue;
      }
      if (space) {
        spaced.append(' ');
        space = false;
      }
      spaced.append(c);
    }
    return spaced.toString();
  }

  /** So much of a folded text as stands in a key. */
  public static String cut(String folded) {
    if (folded.length() <= KEY_LENGTH) {
      return folded;
    }
    int end =
        Character.isHighSurrogate(folded.charAt(KEY_LENGTH - 1)) ? KEY_LENGTH - 1 : KEY_LENGTH;
    return folded.substring(0, end);
  }

  /** A code, which is compared without case, as R4 advises where nobody knows the code system. */
  public static String code(String code) {
    return cut(code.strip().toLowerCase(Locale.ROOT));
  }
}
