package org.skerry.fhir.search.query;

import java.util.Locale;

/** How a value is compared with an ordered one (R4, 3.1.1.4.6). */
enum Prefix {
  EQ,
  NE,
  GT,
  LT,
  GE,
  LE,
  SA,
  EB,
  AP;

  private static final int LENGTH = 2;

  /** A value without its prefix. */
  record Prefixed(Prefix prefix, String value) {}

  static Prefixed read(String text) {
    if (text.length() > LENGTH) {
      String head = text.substring(0, LENGTH);
      for (Prefix prefix : values()) {
        if (prefix.name().toLowerCase(Locale.ROOT).equals(head)) {
          return new Prefixed(prefix, text.substring(LENGTH));
        }
      }
    }
    return new Prefixed(EQ, text);
  }
}
