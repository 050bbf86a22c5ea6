package org.skerry.collation;

import com.ibm.icu.text.Collator;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.util.ULocale;
import com.ibm.icu.util.VersionInfo;

/**
 * Text in the order of the Unicode collation algorithm with CLDR's root locale, as CouchDB sorts
 * strings ({@code ucol_open("")} of ICU): {@code "a" < "A" < "á" < "b"}.
 *
 * <p>Different texts can be equal in that order, for instance a composed and a decomposed accent,
 * or texts that differ in control characters alone.
 */
public final class CollatedText {
  private CollatedText() {}

  /**
   * ICU's tables take some megabytes, so that they are loaded when first needed. Frozen: safe for
   * all threads.
   */
  private static final class Root {
    static final Collator COLLATOR = Collator.getInstance(ULocale.ROOT).freeze();
  }

  /** The version of the order: what was sorted by another one may have to be sorted anew. */
  public static String version() {
    return Root.COLLATOR.getVersion().toString();
  }

  /** A collator of the caller's own, for one thread. */
  static RuleBasedCollator thawed() {
    return ((RuleBasedCollator) Root.COLLATOR).cloneAsThawed();
  }

  /** ICU's version: another one may sort differently. */
  public static String libraryVersion() {
    return VersionInfo.ICU_VERSION.getMajor() + "." + VersionInfo.ICU_VERSION.getMinor();
  }

  /** Negative, zero or positive as {@code a} stands before, with or after {@code b}. */
  public static int compare(String a, String b) {
    return a.equals(b) ? 0 : Root.COLLATOR.compare(a, b);
  }

  /** Whether both stand at the same place; much cheaper than comparing when both are plain. */
  public static boolean same(String a, String b) {
    if (a.equals(b)) {
      return true;
    }
    return !(isPlain(a) && isPlain(b)) && Root.COLLATOR.compare(a, b) == 0;
  }

  /**
   * Whether a text is all printable ASCII. Two such texts are the same only if they are equal: in
   * the root locale each of those characters has a primary weight, and no two agree in all weights.
   */
  public static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }
}
