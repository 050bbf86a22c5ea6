package org.skerry.replication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
  private final Settling settling;

  Fetcher(Peer source, Inserter inserter, Progress progress, Settling settling) {
    this.source = source;
    this.inserter = inserter;
    this.progress = progress;
    this.settling = settling;
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
        inserter.settle(gathering.sent);
        throw e;
      }
      gathering.flush();
      settle(work, gathering);
    }
  }

  /** All was read, and written where it was alone, but for what an end failed over. */
  private void settle(Work work, Gathering gathering) {
    Map<DocId, List<Refusal>> failed = new HashMap<>();
    for (Failed one : gathering.failed) {
      failed.computeIfAbsent(one.id(), first -> new ArrayList<>()).addAll(refusals(one));
    }
    Tried asked = new Tried();
    for (MissingRevisions one : work.missing()) {
      asked.add(one.id(), failed.getOrDefault(one.id(), List.of()));
    }
    try {
      settling.settle(progress.failing().source(), asked, () -> gathering.failed.getFirst().why());
    } finally {
      inserter.settle(gathering.sent);
    }
  }

  /** A document that its source failed to give. */
  private record Failed(DocId id, List<RevId> revs, PeerException why) {}

  private static List<Refusal> refusals(Failed failed) {
    String reason = String.valueOf(failed.why().getMessage());
    return failed.revs().stream()
        .map(rev -> new Refusal(failed.id().text(), rev.toString(), Refusal.SOURCE_FAILS, reason))
        .toList();
  }

  private final class Gathering implements FetchSink {
    private final Consumer<List<FetchedRevision>> heaps;
    private List<FetchedRevision> heap = new ArrayList<>();
    private long weight;
    private final List<Failed> failed = new ArrayList<>();

    /** What was written alone. */
    private final Tried sent = new Tried();

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
      sent.add(revision.id(), inserter.write(revision, bytes));
      if (sent.failing().size() > Tuning.MOST_FAILING) {
        throw new PeerException(PeerException.Kind.FAILING, sent.failing().getFirst().reason());
      }
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
