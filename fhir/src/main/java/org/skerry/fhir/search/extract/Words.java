package org.skerry.fhir.search.extract;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

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
    List<String> words = new ArrayList<>();
    each(text, words::add);
    return words;
  }

  /** Shows them in their order for as long as somebody wants more: a text may be megabytes. */
  static void each(String text, Predicate<String> visitor) {
    String folded = Texts.fold(text);
    boolean more = true;
    int start = 0;
    int at = 0;
    while (more && at < folded.length()) {
      int c = folded.codePointAt(at);
      int behind = at + Character.charCount(c);
      boolean alone = isAlone(c);
      if (alone || !Character.isLetterOrDigit(c)) {
        more = show(folded, start, at, visitor);
        start = behind;
      }
      if (more && alone) {
        more = show(folded, at, behind, visitor);
      }
      at = behind;
    }
    if (more) {
      show(folded, start, at, visitor);
    }
  }

  private static boolean show(String text, int from, int to, Predicate<String> visitor) {
    return from >= to || visitor.test(Texts.cut(text.substring(from, to)));
  }

  private static boolean isAlone(int c) {
    return c >= FIRST_ALONE && Character.isLetterOrDigit(c) && ALONE.contains(UnicodeScript.of(c));
  }
}
