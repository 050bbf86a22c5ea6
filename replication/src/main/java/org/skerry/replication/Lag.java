package org.skerry.replication;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.skerry.replication.peer.ChangesPage;

/**
 * How far the target is behind the source, as far as a replication knows. Lives longer than a
 * session: what one left undone is behind until the next one has read anew. Any thread.
 */
final class Lag {
  /** What was read and is not done, the oldest first. Guarded by this. */
  private final Deque<Read> open = new ArrayDeque<>();

  /** The last position that was read, and whether it is the feed's end. Guarded by this. */
  private String readTo = "";

  private boolean readAll;

  /** Behind what was read; -1 where the source does not say. Guarded by this. */
  private long unread = -1;

  /** Whether what is read next is read for the second time. Guarded by this. */
  private boolean anew;

  /** Guarded by this. */
  private Optional<Instant> behindSince = Optional.empty();

  /**
   * A page on its way.
   *
   * @param to its last position
   */
  private record Read(String to, int changes) {}

  /** A session begins, where the last checkpoint is. */
  synchronized void begins() {
    anew = true;
  }

  /** A page was read; what is in it waits from now on, if nothing did. */
  synchronized void page(ChangesPage page, Instant now) {
    if (anew) {
      open.clear();
      anew = false;
    }
    open.add(new Read(page.lastSeq(), page.rows().size()));
    readTo = page.lastSeq();
    readAll = page.last() || page.pending() == 0;
    unread = page.pending();
    if (!page.rows().isEmpty() || !readAll) {
      behind(now);
    }
  }

  /** Whether a position is the feed's end, as far as that was read. */
  synchronized boolean isEnd(String seq) {
    return readAll && seq.equals(readTo);
  }

  /** Whether the last page that was read had nothing behind it. */
  synchronized boolean isCaughtUp() {
    return readAll;
  }

  /** Everything up to a position is done: the target has all if it is the last that was read. */
  synchronized void reached(String seq) {
    if (open.stream().anyMatch(one -> one.to().equals(seq))) {
      while (!open.remove().to().equals(seq)) {
        continue; // what was read before it is done as well
      }
    }
    if (isEnd(seq)) {
      behindSince = Optional.empty();
    }
  }

  /** The target does not have everything, or nobody can know whether it has. */
  synchronized void behind(Instant now) {
    behindSince = behindSince.or(() -> Optional.of(now));
  }

  /** Since when the target lacks something; nothing while it has all. */
  synchronized Optional<Instant> behindSince() {
    return behindSince;
  }

  /** Changes at the source that are not done, read or not; -1 where it does not say. */
  synchronized long pending() {
    return unread < 0 ? -1 : unread + open.stream().mapToInt(Read::changes).sum();
  }
}
