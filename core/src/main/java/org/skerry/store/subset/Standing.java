package org.skerry.store.subset;

import java.util.List;

/** How a document stands to a site at one moment. */
public sealed interface Standing {
  /** The site has nothing to do with it, and is not to know whether it exists. */
  record Outside() implements Standing {}

  /**
   * It is in the site's subset.
   *
   * @param echoes what the site's device was told of it while it was away
   */
  record Inside(List<Echo> echoes) implements Standing {}

  /** It was in the site's subset and left it. */
  record Left(List<Echo> echoes) implements Standing {}
}
