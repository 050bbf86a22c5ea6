package org.skerry.store.subset;

import java.util.List;

/** How a document stands to a site at one moment. */
public sealed interface Standing {
  /** The site has nothing to do with it, and is not to know whether it exists. */
  record Outside() implements Standing {}

  /**
   * It is in the site's subset.
   *
   * @param seq where it stands in the site's feed; 0: at the document's last change
   * @param echoes what the site's device was told of it while it was away
   */
  record Inside(long seq, List<Echo> echoes) implements Standing {}

  /**
   * It was in the site's subset and left it.
   *
   * @param seq where the site's feed says so
   */
  record Left(long seq, List<Echo> echoes) implements Standing {}

  /** Whether a row of the site's feed is the one that stands, and not one that was overtaken. */
  default boolean isAt(SubsetRow row, long lastChange) {
    return switch (this) {
      case Outside() -> false;
      case Inside(long seq, var _) -> !row.left() && row.seq() == (seq == 0 ? lastChange : seq);
      case Left(long seq, var _) -> row.left() && row.seq() == seq;
    };
  }
}
