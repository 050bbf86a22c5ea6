package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Refusal;
import org.skerry.revision.RevId;

/** Sources whose attachments are not what they say. */
class SpoiltAttachmentTest {
  private static final Backoff AT_ONCE = new Backoff(Duration.ZERO, Duration.ZERO);

  private final Island clinic = new Island("clinic");
  private final Island centre = new Island("centre");

  @AfterEach
  void close() {
    clinic.close();
    centre.close();
  }

  /** Gives other bytes of one document, so many times. */
  private static final class Spoiling extends DelegatingPeer {
    private int times;

    Spoiling(Peer peer, int times) {
      super(peer);
      this.times = times;
    }

    @Override
    public void fetch(List<MissingRevisions> wanted, FetchSink sink) {
      super.fetch(
          wanted,
          new FetchSink() {
            @Override
            public void revision(FetchedRevision revision) {
              sink.revision(revision);
            }

            @Override
            public void withAttachments(FetchedRevision revision, FollowingBytes bytes) {
              boolean spoils = revision.id().text().equals("spoilt") && times-- > 0;
              FollowingBytes other = name -> new ByteArrayInputStream("other".getBytes());
              sink.withAttachments(revision, spoils ? other : bytes);
            }

            @Override
            public void unreadable(DocId id, RevId rev, String reason) {
              sink.unreadable(id, rev, reason);
            }
          });
    }
  }

  private Replication replicate(int spoiltTimes) {
    clinic.edit("before", "{}");
    clinic.attach("spoilt", "scan", "bones");
    clinic.attach("behind", "scan", "teeth");
    clinic.edit("last", "{}");
    Peer source = new Spoiling(clinic.peer(), spoiltTimes);
    Peer target = centre.peer();
    ReplicationSpec spec =
        ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"));
    Replication replication =
        new Replication(
            ReplicationId.of("node", source, target, spec),
            source,
            target,
            spec,
            Surroundings.system(),
            AT_ONCE,
            Pipeline::new);
    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    return replication;
  }

  @Test
  void whatTheLineSpoiltComesLater() {
    Replication replication = replicate(2);
    assertThat(replication.status().refusals()).isEmpty();
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  @Test
  void whatIsSpoiltAtItsSourceIsReportedAndKeepsNobodyBack() {
    Replication replication = replicate(4);
    assertThat(replication.status().refusals())
        .extracting(Refusal::id, Refusal::error)
        .containsExactly(tuple("spoilt", "content_md5_mismatch"));
    assertThat(centre.fingerprint()).containsOnlyKeys("before", "behind", "last");

    assertThat(replication.retryRefused()).isZero();
    assertThat(replication.retryRefused()).isEqualTo(1);
    assertThat(replication.status().refusals()).isEmpty();
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }
}
