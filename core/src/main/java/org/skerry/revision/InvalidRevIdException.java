package org.skerry.revision;

/** A text that is no revision id. The message is CouchDB's reason, so that clients recognise it. */
public final class InvalidRevIdException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 80;

  InvalidRevIdException(String found) {
    super(
        "Invalid rev format: found \"" + abbreviated(found) + "\", expected N-hash with N from 1");
  }

  /** Cut between characters: half of one has no UTF-8, and the answer could not be written. */
  private static String abbreviated(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
