package org.skerry.replication.peer;

import java.util.Set;

/**
 * A document that a target does not want, or that a source does not give, or over which one of them
 * fails. Nothing of it was written, as far as anybody knows.
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

  /** The word where a peer does not know, or does not let in, whoever sends a document. */
  public static final String UNAUTHORIZED = "unauthorized";

  /** Our own word: the source fails each time when it is asked for the document. */
  public static final String SOURCE_FAILS = "source_fails";

  /** Our own word: the target fails, or the line to it breaks, when it is sent the document. */
  public static final String TARGET_FAILS = "target_fails";

  /** Words of a peer that fails, in an answer that speaks of many documents. */
  private static final Set<String> FAILURES =
      Set.of("internal_server_error", "service_unavailable");

  /**
   * Words of one that may have failed, and may have been made to: by a function of its own that
   * threw something, or took too long.
   */
  private static final Set<String> DOUBTFUL = Set.of("timeout", "unknown_error");

  /** Whether a peer says with this word that it fails, which says nothing of the document. */
  public static boolean isFailure(String error) {
    return FAILURES.contains(error);
  }

  /** The same of a source, which judges nothing: it may have failed. */
  public static boolean mayBeFailure(String error) {
    return isFailure(error) || DOUBTFUL.contains(error);
  }

  /**
   * Whether nobody has said anything against the document: a peer fails over it, and may not the
   * next time.
   */
  public boolean isFailing() {
    return error.equals(SOURCE_FAILS) || error.equals(TARGET_FAILS);
  }

  /**
   * Whether the document may be accepted when it is read once more, with all of its attachments:
   * the target lacks some, the line spoilt them, or the target failed, perhaps.
   */
  public boolean mayHealWhenReadAgain() {
    return error.equals(MISSING_STUB) || error.equals(SPOILT) || DOUBTFUL.contains(error);
  }
}
