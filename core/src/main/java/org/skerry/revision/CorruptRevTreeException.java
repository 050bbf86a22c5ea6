package org.skerry.revision;

/** Bytes that should be a revision tree and are not: the store they come from is damaged. */
public final class CorruptRevTreeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CorruptRevTreeException(String found) {
    super(found);
  }

  CorruptRevTreeException(String found, Throwable cause) {
    super(found, cause);
  }
}
