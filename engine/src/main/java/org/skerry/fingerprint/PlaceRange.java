package org.skerry.fingerprint;

import java.util.ArrayList;
import java.util.List;

/**
 * All places that begin with the same hex digits. A place is 16 of them.
 *
 * @param prefix from none to 16 digits, in small letters
 */
public record PlaceRange(String prefix) {
  static final int DIGITS = 16;

  /** All places. */
  public static final PlaceRange ALL = new PlaceRange("");

  public PlaceRange {
    if (prefix.length() > DIGITS || !prefix.chars().allMatch(PlaceRange::isDigit)) {
      throw new IllegalArgumentException(
          "a range of places is up to " + DIGITS + " hex digits in small letters: " + prefix);
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
  }

  /** Its sixteen parts; none of a single place. */
  List<PlaceRange> parts() {
    List<PlaceRange> parts = new ArrayList<>();
    for (int digit = 0; digit < 16 && prefix.length() < DIGITS; digit++) {
      parts.add(new PlaceRange(prefix + Integer.toHexString(digit)));
    }
    return parts;
  }

  String first() {
    return prefix + "0".repeat(DIGITS - prefix.length());
  }

  String last() {
    return prefix + "f".repeat(DIGITS - prefix.length());
  }
}
