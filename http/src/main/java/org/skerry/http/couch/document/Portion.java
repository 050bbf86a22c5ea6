package org.skerry.http.couch.document;

/**
 * How many documents to read together: as many as make a good part of an answer, whatever their
 * size, which is known of those before.
 */
record Portion(int documents) {
  /** Enough that a part costs more than its turn; a thousand slow clients hold 128 MB of them. */
  static final int BYTES = 128 * 1024;

  /** So many are small, whatever their size: a live replication asks for them one by one. */
  static final int SMALL = 8;

  private static final int MOST = 200;

  /** Before anything is known. */
  static final Portion FIRST = new Portion(2 * SMALL);

  /** The next one. */
  Portion after(int read, long bytes) {
    long each = Math.max(1, bytes / Math.max(1, read));
    return new Portion(Math.clamp(BYTES / each, 1, MOST));
  }
}
