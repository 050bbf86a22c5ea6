package org.skerry.replication;

import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;

/**
 * Pages without a row, behind which a source says that there are more. A filter that lets little
 * pass gives such pages, and each has less behind it than the one before. A source that says so for
 * ever would keep a replication that never comes to an end, and its position moves: so it is no
 * failure that time heals. The reading thread's.
 */
final class EmptyPages {
  private long least = Long.MAX_VALUE;
  private int inVain;

  /** Counts a page; its source fails where it comes no nearer to the feed's end. */
  void read(ChangesPage page) {
    if (!page.rows().isEmpty() || page.last()) {
      least = Long.MAX_VALUE;
      inVain = 0;
    } else if (page.pending() < least) {
      least = page.pending();
      inVain = 0;
    } else if (++inVain >= Tuning.EMPTY_PAGES) {
      throw new PeerException(
          Kind.UNSUPPORTED,
          "the source says that "
              + page.pending()
              + " changes stand behind "
              + page.lastSeq()
              + " and gives none of them, however often it is asked");
    }
  }
}
