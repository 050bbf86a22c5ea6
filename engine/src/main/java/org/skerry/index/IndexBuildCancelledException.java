package org.skerry.index;

/**
 * Somebody cancelled the run that was to bring an index up to date. What it had written stays: the
 * next run goes on behind it.
 */
public final class IndexBuildCancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IndexBuildCancelledException(BuildProgress build) {
    super(
        "Building the index "
            + build.index()
            + " was cancelled after "
            + build.done()
            + " of "
            + build.total()
            + " changes. What was built is kept: ask again to go on from there, or ask with"
            + " update=false for what is in it",
        null,
        false,
        false);
  }
}
