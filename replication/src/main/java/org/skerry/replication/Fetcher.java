package org.skerry.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skerry.document.DocId;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
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
   * Reads all of it. What came before it broke off is passed on as well: on a line that breaks
   * often it would come again and again.
   *
   * @param heaps takes heaps; may block while there are too many
   */
  void fetch(Work work, Consumer<List<FetchedRevision>> heaps) {
    if (!work.missing().isEmpty()) {
      Gathering gathering = new Gathering(heaps);
      try {
        source.fetch(work.missing(), gathering);
      } catch (PeerException e) {
        gathering.flush();
        throw e;
      }
      gathering.flush();
      settle(work, gathering.failed);
    }
  }

  /** A document that its source failed to give. */
  private record Failed(DocId id, List<RevId> revs, PeerException why) {}

  /** All was read but for a few documents, over which the source failed. */
  private void settle(Work work, List<Failed> failed) {
    FailingDocuments failing = progress.failing();
    Set<DocId> ids = failed.stream().map(Failed::id).collect(Collectors.toSet());
    failing.read(work.missing().stream().map(MissingRevisions::id).toList(), ids);
    if (failed.isEmpty()) {
      return;
    }
    List<Refusal> refusals = failed.stream().flatMap(Fetcher::refusals).toList();
    boolean lasting =
        ids.stream().allMatch(id -> failing.isLasting(id) || progress.isFailing(id.text()));
    if (!lasting || !progress.setApart(refusals)) {
      throw failed.getFirst().why();
    }
  }

  private static Stream<Refusal> refusals(Failed failed) {
    String reason = String.valueOf(failed.why().getMessage());
    return failed.revs().stream()
        .map(rev -> new Refusal(failed.id().text(), rev.toString(), Refusal.SOURCE_FAILS, reason));
  }

  private final class Gathering implements FetchSink {
    private final Consumer<List<FetchedRevision>> heaps;
    private List<FetchedRevision> heap = new ArrayList<>();
    private long weight;
    private final List<Failed> failed = new ArrayList<>();

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
    public void failing(DocId id, List<RevId> revs, PeerException why) {
      failed.add(new Failed(id, revs, why));
      if (failed.size() > Tuning.MOST_FAILING) {
        throw why;
      }
    }

    @Override
    public void readInBulk(int asked, int given) {
      progress.readInBulk(asked, given);
    }

    void flush() {
      if (!heap.isEmpty()) {
        List<FetchedRevision> full = heap;
        heap = new ArrayList<>();
        weight = 0;
        heaps.accept(full);
      }
    }
  }
}
