package org.skerry.replication.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionQuery;
import tools.jackson.databind.json.JsonMapper;

/** What every peer does, whatever it is made of. */
public abstract class PeerContract {
  /** What the peer is a peer of. */
  protected final Island island = new Island("island");

  private final Island other = new Island("other");
  private final Collecting collected = new Collecting();

  /** A peer of the island's database {@code island}; the contract closes it. */
  protected abstract Peer peer();

  @AfterEach
  void closeIslands() {
    island.close();
    other.close();
  }

  private static ChangesQuery everything() {
    return new ChangesQuery(ChangesQuery.START, 1000, Selection.EVERYTHING, false);
  }

  /** Keeps what comes; reads attachments as text. */
  private static final class Collecting implements FetchSink {
    private final List<FetchedRevision> revisions = new ArrayList<>();
    private final List<String> attachments = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    @Override
    public void revision(FetchedRevision revision) {
      revisions.add(revision);
    }

    @Override
    public void withAttachments(FetchedRevision revision, FollowingBytes bytes) {
      revisions.add(revision);
      try (var in = bytes.next("scan")) {
        attachments.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void unreadable(DocId id, RevId rev, String reason) {
      unreadable.add(id + " " + rev);
    }
  }

  @Test
  void infoIsThereAsLongAsTheDatabaseIs() {
    try (Peer peer = peer()) {
      assertThat(peer.info()).isPresent();
      assertThat(peer.create()).isFalse();
      island.databases().drop("island");
      assertThat(peer.info()).isEmpty();
      assertThat(peer.checkpoint("abc")).isEmpty();
      assertThat(peer.create()).isTrue();
      assertThat(peer.info()).isPresent();
    }
  }

  @Test
  void aCheckpointIsWrittenOverOnlyByWhoSawIt() {
    byte[] one = "{\"session_id\":\"1\"}".getBytes(StandardCharsets.UTF_8);
    byte[] two = "{\"session_id\":\"2\",\"n\":1.50}".getBytes(StandardCharsets.UTF_8);
    try (Peer peer = peer()) {
      assertThat(peer.checkpoint("abc")).isEmpty();
      Optional<String> first = peer.writeCheckpoint("abc", Optional.empty(), one);
      assertThat(first).isPresent();
      assertThat(peer.writeCheckpoint("abc", Optional.empty(), two)).isEmpty();
      assertThat(peer.writeCheckpoint("abc", first, two)).isPresent();
      LocalRevision found = peer.checkpoint("abc").orElseThrow();
      assertThat(new JsonMapper().readTree(found.json()).path("session_id").asString())
          .isEqualTo("2");
    }
  }

  @Test
  void aFilterFunctionIsFoundByItsName() {
    island.edit("_design/desk", "{\"filters\":{\"mine\":\" (doc) => true \"}}");
    island.edit("_design/gone", "{\"filters\":{\"mine\":\"(doc) => true\"}}");
    island.delete("_design/gone");
    try (Peer peer = peer()) {
      assertThat(peer.filterSource(new FilterName("desk", "mine"))).contains("(doc) => true");
      for (FilterName none :
          List.of(
              new FilterName("desk", "other"),
              new FilterName("gone", "mine"),
              new FilterName("none", "mine"))) {
        assertThat(peer.filterSource(none)).as("%s", none).isEmpty();
      }
    }
  }

  @Test
  void changesComeInPagesAndInOrder() {
    for (int i = 0; i < 5; i++) {
      island.edit("doc-" + i, "{}");
    }
    RevId second = island.edit("doc-1", "{\"v\":2}");
    try (Peer peer = peer()) {
      ChangesPage first =
          peer.changes(new ChangesQuery(ChangesQuery.START, 3, Selection.EVERYTHING, false));
      assertThat(first.rows()).extracting(ChangeRow::id).containsExactly("doc-0", "doc-2", "doc-3");
      assertThat(first.last()).isFalse();
      ChangesPage rest =
          peer.changes(new ChangesQuery(first.lastSeq(), 3, Selection.EVERYTHING, false));
      assertThat(rest.rows()).extracting(ChangeRow::id).containsExactly("doc-4", "doc-1");
      assertThat(rest.rows().getLast().revs()).containsExactly(second.toString());
      assertThat(rest.last()).isTrue();
    }
  }

  @Test
  void everyLeafIsAChangeUnlessOnlyWinnersAreWanted() {
    RevId winner = island.edit("a", "{}");
    RevId loser = island.conflict("a", "1-00000000000000000000000000000000", "{\"x\":1}");
    try (Peer peer = peer()) {
      assertThat(peer.changes(everything()).rows().getFirst().revs())
          .containsExactlyInAnyOrder(winner.toString(), loser.toString());
      assertThat(
              peer.changes(new ChangesQuery(ChangesQuery.START, 10, Selection.EVERYTHING, true))
                  .rows()
                  .getFirst()
                  .revs())
          .hasSize(1);
    }
  }

  @Test
  void selectionsAreTheSources() {
    island.edit("a", "{\"kind\":\"x\"}");
    island.edit("b ä/?", "{\"kind\":\"y\"}");
    island.edit("_design/d", "{}");
    try (Peer peer = peer()) {
      assertThat(selected(peer, new Selection.DocIds(List.of("b ä/?")))).containsExactly("b ä/?");
      assertThat(
              selected(
                  peer, new Selection.BySelector(new JsonMapper().readTree("{\"kind\":\"x\"}"))))
          .containsExactly("a");
      assertThat(selected(peer, new Selection.ByFilter("_design", Map.of())))
          .containsExactly("_design/d");
      assertThatThrownBy(() -> selected(peer, new Selection.ByFilter("no/such", Map.of())))
          .isInstanceOf(PeerException.class);
    }
  }

  private static List<String> selected(Peer peer, Selection selection) {
    return peer.changes(new ChangesQuery(ChangesQuery.START, 100, selection, false)).rows().stream()
        .map(ChangeRow::id)
        .toList();
  }

  @Test
  void aLiveFeedBringsWhatIsWrittenLater() throws InterruptedException {
    island.edit("before", "{}");
    try (Peer peer = peer();
        LiveChanges live = peer.follow(everything().from(peer.changes(everything()).lastSeq()))) {
      island.edit("after", "{}");
      Optional<ChangesPage> page = live.next(10, Duration.ofMinutes(5));
      assertThat(page.orElseThrow().rows()).extracting(ChangeRow::id).containsExactly("after");
    }
  }

  @Test
  void whatIsNotThereIsMissing() {
    RevId first = island.edit("a", "{}");
    RevId unknown = RevId.parse("2-11111111111111111111111111111111");
    try (Peer peer = peer()) {
      List<MissingRevisions> missing =
          peer.missing(
              List.of(
                  new RevisionQuery(DocId.of("a"), List.of(first, unknown)),
                  new RevisionQuery(DocId.of("new"), List.of(first))));
      assertThat(missing)
          .containsExactlyInAnyOrder(
              new MissingRevisions(DocId.of("a"), List.of(unknown), List.of(first)),
              new MissingRevisions(DocId.of("new"), List.of(first), List.of()));
      assertThat(peer.missing(List.of(new RevisionQuery(DocId.of("a"), List.of(first))))).isEmpty();
    }
  }

  @Test
  void revisionsTravelWithTheirHistory() {
    island.edit("a ä/+%", "{\"n\":1.500,\"text\":\"\\\"}{\"}");
    RevId second = island.edit("a ä/+%", "{\"n\":12345678901234567890}");
    island.delete("gone");
    RevId tombstone = island.document("gone").orElseThrow().winner().rev();
    try (Peer peer = peer()) {
      peer.fetch(
          List.of(
              new MissingRevisions(DocId.of("a ä/+%"), List.of(second), List.of()),
              new MissingRevisions(DocId.of("gone"), List.of(tombstone), List.of())),
          collected);
      assertThat(other.peer().write(collected.revisions)).isEmpty();
    }
    assertThat(other.fingerprint()).isEqualTo(island.fingerprint());
    assertThat(other.document("a ä/+%").orElseThrow().tree().orElseThrow().size()).isEqualTo(2);
  }

  @Test
  void anUnknownRevisionIsSaidToBeSo() {
    island.edit("a", "{}");
    RevId unknown = RevId.parse("2-11111111111111111111111111111111");
    try (Peer peer = peer()) {
      peer.fetch(
          List.of(new MissingRevisions(DocId.of("a"), List.of(unknown), List.of())), collected);
    }
    assertThat(collected.revisions).isEmpty();
    assertThat(collected.unreadable).containsExactly("a " + unknown);
  }

  @Test
  void attachmentsComeUnlessTheyAreKnown() {
    RevId first = island.attach("a", "scan", "bones");
    MissingRevisions all = new MissingRevisions(DocId.of("a"), List.of(first), List.of());
    try (Peer peer = peer()) {
      peer.fetch(List.of(all), collected);
      assertThat(collected.attachments).containsExactly("bones");
      RevId second = island.attach("a", "scan", "teeth");
      peer.fetch(
          List.of(new MissingRevisions(DocId.of("a"), List.of(second), List.of(first))), collected);
      assertThat(collected.attachments).containsExactly("bones", "teeth");
    }
  }

  @Test
  void revisionsAreWrittenUnderTheirNames() {
    other.edit("a", "{\"v\":1}");
    other.edit("a", "{\"v\":2}");
    other.edit("ü/ü", "{}");
    other.delete("ü/ü");
    try (Peer peer = peer()) {
      other.peer().fetch(wantedOf(other, "a", "ü/ü"), collected);
      assertThat(peer.write(collected.revisions)).isEmpty();
      assertThat(peer.write(collected.revisions)).isEmpty();
      peer.ensureFullCommit();
    }
    assertThat(island.fingerprint()).isEqualTo(other.fingerprint());
  }

  private static List<MissingRevisions> wantedOf(Island from, String... ids) {
    List<MissingRevisions> wanted = new ArrayList<>();
    for (String id : ids) {
      RevId winner = from.document(id).orElseThrow().winner().rev();
      wanted.add(new MissingRevisions(DocId.of(id), List.of(winner), List.of()));
    }
    return wanted;
  }

  @Test
  void attachmentsAreWrittenWithTheirDocument() {
    other.attach("a/b", "scan", "bones ".repeat(50_000));
    try (Peer peer = peer()) {
      other.peer().fetch(wantedOf(other, "a/b"), new Handing(peer));
    }
    assertThat(island.fingerprint()).isEqualTo(other.fingerprint());
    assertThat(island.attachment("a/b", "scan")).isEqualTo("bones ".repeat(50_000));
  }

  /** Hands documents with attachments to a peer. */
  private record Handing(Peer peer) implements FetchSink {
    @Override
    public void revision(FetchedRevision revision) {
      throw new AssertionError("without its attachments: " + revision);
    }

    @Override
    public void withAttachments(FetchedRevision revision, FollowingBytes bytes) {
      assertThat(peer.write(revision, bytes)).isEmpty();
    }

    @Override
    public void unreadable(DocId id, RevId rev, String reason) {
      throw new AssertionError(reason);
    }
  }

  @Test
  void anAttachmentThatBreaksOffLeavesNothing() {
    other.attach("a", "scan", "bones");
    try (Peer peer = peer()) {
      FetchSink breaking =
          new FetchSink() {
            @Override
            public void revision(FetchedRevision revision) {
              throw new AssertionError("without its attachments");
            }

            @Override
            public void withAttachments(FetchedRevision revision, FollowingBytes bytes) {
              peer.write(
                  revision,
                  name -> {
                    throw new IOException("the source broke off");
                  });
            }

            @Override
            public void unreadable(DocId id, RevId rev, String reason) {
              throw new AssertionError(reason);
            }
          };
      assertThatThrownBy(() -> other.peer().fetch(wantedOf(other, "a"), breaking))
          .isInstanceOf(PeerException.class);
    }
    assertThat(island.document("a")).isEmpty();
  }

  @Test
  void aStubWhoseBytesAreNotThereIsRefusedAndNamed() {
    RevId first = other.attach("a", "scan", "bones");
    other.edit("unrelated", "{}");
    RevId second = other.attach("a", "scan", "bones");
    try (Peer peer = peer()) {
      FetchedRevision stub =
          new FetchedRevision.AsJson(
              DocId.of("a"),
              second,
              ("{\"_id\":\"a\",\"_rev\":\""
                      + second
                      + "\",\"_revisions\":{\"start\":2,\"ids\":[\""
                      + second.hash()
                      + "\",\""
                      + first.hash()
                      + "\"]},\"_attachments\":{\"scan\":{\"content_type\":\"text/plain\","
                      + "\"revpos\":1,\"digest\":\"md5-AAAAAAAAAAAAAAAAAAAAAA==\",\"length\":5,"
                      + "\"stub\":true}}}")
                  .getBytes(StandardCharsets.UTF_8));
      List<Refusal> refusals = peer.write(List.of(stub));
      assertThat(refusals).hasSize(1);
      assertThat(refusals.getFirst().id()).isEqualTo("a");
      assertThat(refusals.getFirst().mayHealWhenReadAgain()).isTrue();
    }
  }

  @Test
  void aDatabaseThatIsGoneIsSaidToBeSo() {
    try (Peer peer = peer()) {
      island.databases().drop("island");
      assertThatThrownBy(() -> peer.changes(everything()))
          .isInstanceOfSatisfying(
              PeerException.class,
              e -> assertThat(e.kind()).isEqualTo(PeerException.Kind.NO_DATABASE));
    }
  }
}
