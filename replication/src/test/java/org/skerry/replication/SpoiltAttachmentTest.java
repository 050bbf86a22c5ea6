package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Island clinic = new Island("clinic");
  private final Island centre = new Island("centre");

  @AfterEach
  void close() {
    clinic.close();
    centre.close();
  }

  /** Gives other bytes of each document named so, so many times. */
  private static class Spoiling extends DelegatingPeer {
    private final int times;
    private final Map<String, Integer> given = new ConcurrentHashMap<>();

    Spoiling(Peer peer, int times) {
      super(peer);
      this.times = times;
    }

    private boolean spoils(FetchedRevision revision) {
      String id = revision.id().text();
      return id.startsWith("spoilt") && given.merge(id, 1, Integer::sum) <= times;
    }

    void spoil(FetchedRevision revision, FetchSink sink) {
      sink.withAttachments(revision, name -> new ByteArrayInputStream("other".getBytes()));
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
              if (spoils(revision)) {
                spoil(revision, sink);
              } else {
                sink.withAttachments(revision, bytes);
              }
            }

            @Override
            public void unreadable(DocId id, RevId rev, String reason) {
              sink.unreadable(id, rev, reason);
            }
          });
    }
  }

  /** Gives documents as a peer without multipart does, with base64 that is none. */
  private static final class SpoilingBase64 extends Spoiling {
    SpoilingBase64(Peer peer, int times) {
      super(peer, times);
    }

    @Override
    void spoil(FetchedRevision revision, FetchSink sink) {
      String json = new String(revision.json(), StandardCharsets.UTF_8);
      String odd = json.replace("\"follows\":true", "\"data\":\"b*nes\"");
      sink.revision(new FetchedRevision.AsJson(revision.id(), revision.rev(), odd.getBytes()));
    }
  }

  private void write(int spoilt) {
    clinic.edit("before", "{}");
    for (int i = 0; i < spoilt; i++) {
      clinic.attach("spoilt" + i, "scan", "bones");
    }
    clinic.attach("behind", "scan", "teeth");
    clinic.edit("last", "{}");
  }

  private Replication replicate(Peer source) {
    Peer target = centre.peer();
    ReplicationSpec spec =
        ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"));
    Replication replication = AtOnce.replication(source, target, spec);
    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    return replication;
  }

  @Test
  void whatTheLineSpoiltComesLater() {
    write(1);
    Replication replication = replicate(new Spoiling(clinic.peer(), 2));
    assertThat(replication.status().refusals()).isEmpty();
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  @Test
  void whatIsSpoiltAtItsSourceIsReportedAndKeepsNobodyBack() {
    write(1);
    Replication replication = replicate(new Spoiling(clinic.peer(), 4));
    assertThat(replication.status().refusals())
        .extracting(Refusal::id, Refusal::error)
        .containsExactly(tuple("spoilt0", "content_md5_mismatch"));
    assertThat(centre.fingerprint()).containsOnlyKeys("before", "behind", "last");

    assertThat(replication.retryRefused()).isZero();
    assertThat(replication.retryRefused()).isEqualTo(1);
    assertThat(replication.status().refusals()).isEmpty();
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  /** More than there are attempts for a replication that gets nowhere, and no other between. */
  @Test
  void anyNumberOfSpoiltDocumentsSideBySideIsReported() {
    write(50);
    Replication replication = replicate(new Spoiling(clinic.peer(), Integer.MAX_VALUE));
    assertThat(replication.status().refusals()).hasSize(50);
    assertThat(centre.fingerprint()).containsOnlyKeys("before", "behind", "last");
    assertThat(replication.status().counts().docWriteFailures()).isEqualTo(50);
  }

  @Test
  void spoiltBase64KeepsNobodyBackEither() {
    write(3);
    Replication replication = replicate(new SpoilingBase64(clinic.peer(), 4));
    assertThat(replication.status().refusals())
        .extracting(Refusal::id)
        .containsExactly("spoilt0", "spoilt1", "spoilt2");
    assertThat(centre.fingerprint()).containsOnlyKeys("before", "behind", "last");
    assertThat(replication.retryRefused()).isZero();
    assertThat(replication.retryRefused()).isEqualTo(3);
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }
}
