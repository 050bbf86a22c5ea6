package org.skerry.replication;

import java.util.List;
import java.util.Optional;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.LiveChanges;
import org.skerry.replication.peer.Peer;

/** Reads the source's feed, page by page. The reading thread's. */
final class ChangesReader {
  private final Peer source;
  private final ReplicationSpec spec;
  private final BatchSize batchSize;
  private final EmptyPages emptyPages = new EmptyPages();

  /** Read up to here. */
  private String position;

  /**
   * Where the feed ended when the source was met, until the first page is read; nothing where that
   * is not known for sure.
   */
  private Optional<String> end;

  ChangesReader(
      Peer source, ReplicationSpec spec, BatchSize batchSize, String start, Optional<String> end) {
    this.source = source;
    this.spec = spec;
    this.batchSize = batchSize;
    this.position = start;
    this.end = end;
  }

  /**
   * Reads the next page. Where a session begins at the very end of the feed the source need not be
   * asked what stands behind it: an equal position is the same one, whatever its form.
   */
  ChangesPage read() {
    boolean nothingNew = end.filter(position::equals).isPresent();
    end = Optional.empty();
    if (nothingNew) {
      return new ChangesPage(List.of(), position, 0, true);
    }
    ChangesPage page = source.changes(query());
    emptyPages.read(page);
    position = page.lastSeq();
    return page;
  }

  /** Begins to wait for changes behind the last page. */
  LiveChanges follow() {
    return source.follow(query());
  }

  private ChangesQuery query() {
    return new ChangesQuery(position, batchSize.get(), spec.selection(), spec.winnersOnly());
  }
}
