package org.skerry.fhir.search.extract;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The words of a text, as they are compared: letters and digits without case and accents. Of
 * scripts that put no blanks between words each character is one, so that what is looked for there
 * is characters that follow each other.
 */
public final class Words {
  private static final int FIRST_ALONE = 0xe00;
  private static final Set<UnicodeScript> ALONE =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private Words() {}

  /** In their order. */
  public static List<String> of(String text) {
    String folded = Texts.fold(text);
    List<String> words = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < folded.length()) {
      int c = folded.codePointAt(at);
      int behind = at + Character.charCount(c);
      boolean alone = isAlone(c);
      if (alone || !Character.isLetterOrDigit(c)) {
        add(folded, start, at, words);
        start = behind;
      }
      if (alone) {
        add(folded, at, behind, words);
      }
      at = behind;
    }
    add(folded, start, at, words);
    return words;
  }

  private static void add(String text, int from, int to, List<String> words) {
    if (from < to) {
      words.add(Texts.cut(text.substring(from, to)));
    }
  }

  private static boolean isAlone(int c) {
    return c >= FIRST_ALONE && Character.isLetterOrDigit(c) && ALONE.contains(UnicodeScript.of(c));
  }
}
