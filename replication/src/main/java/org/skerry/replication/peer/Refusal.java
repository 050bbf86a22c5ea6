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

  /** Whether the document may be accepted when its attachments are sent, too. */
  public boolean wantsAttachments() {
    return error.equals(MISSING_STUB);
  }
}
