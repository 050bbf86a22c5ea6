package org.skerry.replication;

/**
 * What a session did so far.
 *
 * @param missingChecked revisions that the target was asked about
 * @param missingFound those that it lacked
 * @param docsRead revisions read from the source
 * @param docsWritten revisions that the target has now
 * @param docWriteFailures documents that the target refused, or the source did not give
 */
public record Counts(
    long missingChecked,
    long missingFound,
    long docsRead,
    long docsWritten,
    long docWriteFailures) {
  /** Nothing. */
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

  /** Both together. */
  Counts plus(Counts other) {
    return new Counts(
        missingChecked + other.missingChecked,
        missingFound + other.missingFound,
        docsRead + other.docsRead,
        docsWritten + other.docsWritten,
        docWriteFailures + other.docWriteFailures);
  }
}
