package org.skerry.replication.peer;

/**
 * A document that a target does not want, or that a source does not give. Nothing of it was
 * written.
 *
 * @param id as it was found: perhaps no id that a document may have
 * @param rev as it was found
 * @param error a word that programs compare, as CouchDB's: {@code forbidden}, {@code too_large}
 * @param reason for people
 */
public record Refusal(String id, String rev, String error, String reason) {
  /** The word for a stub whose bytes are not there: sending the attachments helps. */
  public static final String MISSING_STUB = "missing_stub";

  /** The word for attachments whose bytes are not those that their document announces. */
  public static final String SPOILT = "content_md5_mismatch";

  /**
   * Whether the document may be accepted when it is read once more, with all of its attachments:
   * the target lacks some, or the line spoilt them.
   */
  public boolean mayHealWhenReadAgain() {
    return error.equals(MISSING_STUB) || error.equals(SPOILT);
  }
}
