package org.skerry.search;

/**
 * Somebody cancelled the work that was to bring a full-text index up to date. What was indexed
 * stays: the next query goes on behind it.
 */
public final class SearchBuildCancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Of a build, as far as it came. */
  public SearchBuildCancelledException(IndexPlace place, long done, long total) {
    super(
        "Building the index "
            + place.designDocument()
            + " "
            + place.name()
            + " was cancelled after "
            + done
            + " of "
            + total
            + " changes. What was built is kept: ask again to go on from there, or ask with"
            + " update=false for what is in it",
        null,
        false,
        false);
  }
}
