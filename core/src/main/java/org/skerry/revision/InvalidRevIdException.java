package org.skerry.revision;

/** A text that is no revision id. The message is CouchDB's reason, so that clients recognise it. */
public final class InvalidRevIdException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidRevIdException(String found) {
    super(
        "Invalid rev format: found \"" + abbreviated(found) + "\", expected N-hash with N from 1");
  }

  private static String abbreviated(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
