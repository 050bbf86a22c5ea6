package org.skerry.replication;

/**
 * What a session did so far.
 *
 * @param missingChecked revisions that the target was asked about
 * @param missingFound those that it lacked
 * @param docsRead revisions read from the source
 * @param docsWritten revisions that the target has now
 * @param docWriteFailures documents that the target refused, or the source did not give
 * @param bulkGetAttempts revisions that the source was asked for many at a time
 * @param bulkGetDocs those of them that it gave
 */
public record Counts(
    long missingChecked,
    long missingFound,
    long docsRead,
    long docsWritten,
    long docWriteFailures,
    long bulkGetAttempts,
    long bulkGetDocs) {
  /** Nothing. */
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

  /** Where nothing is asked for many at a time. */
  public Counts(
      long missingChecked,
      long missingFound,
      long docsRead,
      long docsWritten,
      long docWriteFailures) {
    this(missingChecked, missingFound, docsRead, docsWritten, docWriteFailures, 0, 0);
  }

  /** Both together. */
  Counts plus(Counts other) {
    return new Counts(
        missingChecked + other.missingChecked,
        missingFound + other.missingFound,
        docsRead + other.docsRead,
        docsWritten + other.docsWritten,
        docWriteFailures + other.docWriteFailures,
        bulkGetAttempts + other.bulkGetAttempts,
        bulkGetDocs + other.bulkGetDocs);
  }
}
