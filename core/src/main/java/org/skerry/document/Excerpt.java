package org.skerry.document;

/**
 * Texts of which only the beginning is kept or shown. A pair of surrogates is not divided: half of
 * a character has no UTF-8, so that databases and other servers refuse such a text, or keep a
 * question mark.
 */
public final class Excerpt {
  private Excerpt() {}

  /**
   * A text, or its beginning when it is longer.
   *
   * @param most UTF-16 units ({@code char}), 1 or more
   */
  public static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean divides =
        Character.isHighSurrogate(text.charAt(most - 1))
            && Character.isLowSurrogate(text.charAt(most));
    return text.substring(0, divides ? most - 1 : most);
  }

  /** As {@link #beginning}, with an ellipsis behind a text that goes on. */
  public static String of(String text, int most) {
    return text.length() <= most ? text : beginning(text, most) + "…";
  }
}
