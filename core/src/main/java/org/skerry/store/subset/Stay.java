package org.skerry.store.subset;

import java.util.List;

/**
 * What is special about a document's place in one feed.
 *
 * @param seq where its row stands; 0: where the document's last change stands
 * @param left whether the row says that the document left
 * @param echoes what the site was told in place of revisions
 */
record Stay(int feed, long seq, boolean left, List<Echo> echoes) {
  Stay {
    echoes = List.copyOf(echoes);
  }

  /** Whether it says nothing that does not go without saying. */
  boolean isUsual() {
    return seq == 0 && !left && echoes.isEmpty();
  }
}
