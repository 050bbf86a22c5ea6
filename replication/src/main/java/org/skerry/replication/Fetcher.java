package org.skerry.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.skerry.document.DocId;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Refusal;
import org.skerry.revision.RevId;

/**
 * Reads what the target lacks and passes it on in heaps of bounded size. Documents with attachments
 * are written while they are read, so that their bytes are nowhere in between.
 */
final class Fetcher {
  private final Peer source;
  private final Inserter inserter;
  private final Progress progress;

  Fetcher(Peer source, Inserter inserter, Progress progress) {
    this.source = source;
    this.inserter = inserter;
    this.progress = progress;
  }

  /**
   * Reads all of it.
   *
   * @param heaps takes heaps; may block while there are too many
   */
  void fetch(Work work, Consumer<List<FetchedRevision>> heaps) {
    if (!work.missing().isEmpty()) {
      Gathering gathering = new Gathering(heaps);
      source.fetch(work.missing(), gathering);
      gathering.flush();
    }
  }

  private final class Gathering implements FetchSink {
    private final Consumer<List<FetchedRevision>> heaps;
    private List<FetchedRevision> heap = new ArrayList<>();
    private long weight;

    Gathering(Consumer<List<FetchedRevision>> heaps) {
      this.heaps = heaps;
    }

    @Override
    public void revision(FetchedRevision revision) {
      progress.read();
      heap.add(revision);
      weight += revision.weight();
      if (weight >= Tuning.HEAP_BYTES || heap.size() >= Tuning.LARGEST_BATCH) {
        flush();
      }
    }

    @Override
    public void withAttachments(FetchedRevision revision, FollowingBytes bytes) {
      progress.read();
      inserter.write(revision, bytes);
    }

    @Override
    public void unreadable(DocId id, RevId rev, String reason) {
      progress.refused(new Refusal(id.text(), rev.toString(), "unreadable", reason));
    }

    @Override
    public void readInBulk(int asked, int given) {
      progress.readInBulk(asked, given);
    }

    void flush() {
      if (!heap.isEmpty()) {
        heaps.accept(heap);
        heap = new ArrayList<>();
        weight = 0;
      }
    }
  }
}
