package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.Manner;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerContract;
import org.skerry.revision.RevId;

/** Our client against our server: both sides of the protocol at once. */
class HttpPeerTest extends PeerContract {
  private final ServedIsland served = new ServedIsland(island.databases());

  @AfterEach
  void stop() {
    served.close();
  }

  @Override
  protected Peer peer() {
    return served.peer("island");
  }

  /** Counts what was asked for together, and what came. */
  private static final class Counting implements FetchSink {
    private int came;
    private int asked;
    private int given;

    @Override
    public void revision(FetchedRevision revision) {
      came++;
    }

    @Override
    public void withAttachments(FetchedRevision revision, FollowingBytes bytes) {
      came++;
    }

    @Override
    public void unreadable(DocId id, RevId rev, String reason) {}

    @Override
    public void readInBulk(int revisions, int read) {
      asked += revisions;
      given += read;
    }
  }

  private Counting fetched(boolean bulkGet) {
    List<MissingRevisions> wanted =
        List.of(
            new MissingRevisions(DocId.of("a"), List.of(island.edit("a", "{}")), List.of()),
            new MissingRevisions(DocId.of("b"), List.of(island.edit("b", "{}")), List.of()),
            new MissingRevisions(DocId.of("c"), List.of(RevId.parse("1-a")), List.of()));
    Counting counting = new Counting();
    Manner manner = new Manner(Optional.empty(), bulkGet, Map.of());
    try (Peer peer = served.peer("island", manner)) {
      peer.fetch(wanted, counting);
    }
    return counting;
  }

  @Test
  void whatIsReadInBulkIsCounted() {
    Counting counting = fetched(true);
    assertThat(counting.came).isEqualTo(2);
    assertThat(counting.asked).isEqualTo(3);
    assertThat(counting.given).isEqualTo(2);
  }

  @Test
  void nothingIsReadInBulkWhenThatIsNotWanted() {
    Counting counting = fetched(false);
    assertThat(counting.came).isEqualTo(2);
    assertThat(counting.asked).isZero();
  }
}
