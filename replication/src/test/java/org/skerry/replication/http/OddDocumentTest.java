package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.DocId;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.revision.RevId;

/** Documents that nobody can store, at a peer that is well otherwise: told of, one by one. */
class OddDocumentTest {
  private static final String REV = "1-11111111111111111111111111111111";
  private static final String NAME = "\"_id\":\"a\",\"_rev\":\"" + REV + "\"";
  private static final String GOOD = "{\"_id\":\"b\",\"_rev\":\"" + REV + "\"}";

  private final HttpPeers peers = new HttpPeers();
  private final List<String> told = new ArrayList<>();
  private PlayedPeer server;
  private Peer peer;
  private String bulk = "{\"results\":[]}";
  private String odd = "";

  @BeforeEach
  void start() throws IOException {
    server =
        new PlayedPeer(
            exchange -> {
              exchange.getRequestBody().readAllBytes();
              String path = exchange.getRequestURI().getPath();
              boolean many = path.endsWith("_bulk_get");
              String part = path.endsWith("/a") ? odd : "\r\n" + GOOD;
              String said = many ? bulk : "---\r\n" + part + "\r\n-----";
              String type = many ? "application/json" : "multipart/mixed; boundary=\"-\"";
              PlayedPeer.say(exchange, 200, type, said);
            });
    peer = peers.open(server.endpoint());
  }

  @AfterEach
  void stop() {
    server.close();
    peers.close();
  }

  private void fetch() {
    List<RevId> revs = List.of(RevId.parse(REV));
    peer.fetch(
        List.of(
            new MissingRevisions(DocId.of("a"), revs, List.of()),
            new MissingRevisions(DocId.of("b"), revs, List.of())),
        new FetchSink() {
          @Override
          public void revision(FetchedRevision revision) {
            told.add("read " + revision.id());
          }

          @Override
          public void withAttachments(FetchedRevision revision, FollowingBytes bytes) {
            throw new AssertionError("nobody can write it: " + revision.id());
          }

          @Override
          public void unreadable(DocId id, RevId rev, String reason) {
            told.add("unreadable " + id);
            assertThat(reason).startsWith("not understood: ");
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{" + NAME + ",\"n\":1,\"n\":2}",
        "{" + NAME + ",\"_unheard\":1}",
        "{" + NAME + ",\"n\":",
        "{\"_id\":\"a\"}",
        "{\"_id\":\"a\",\"_rev\":\"no revision\"}",
        "[]",
        ""
      })
  void aDocumentThatIsNoneIsToldOfAndOthersCome(String document) {
    odd = "Content-Type: application/json\r\n\r\n" + document;
    fetch();
    assertThat(told).containsExactly("unreadable a", "read b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{" + NAME + ",\"_attachments\":{\"x\":7}}",
        "{" + NAME + ",\"_attachments\":{\"x\":{\"follows\":true}},\"n\":1,\"n\":2}"
      })
  void soIsOneWithAttachments(String document) {
    odd =
        "Content-Type: multipart/related; boundary=\"=\"\r\n\r\n"
            + "--=\r\nContent-Type: application/json\r\n\r\n"
            + document
            + "\r\n--=\r\n\r\nbytes\r\n--=--";
    fetch();
    assertThat(told).containsExactly("unreadable a", "read b");
  }

  @Test
  void aRowOfManyIsAskedForByItself() {
    bulk =
        "{\"results\":[{\"id\":\"a\",\"docs\":[{\"ok\":{"
            + NAME
            + ",\"n\":1,\"n\":2}}]},{\"id\":\"b\",\"docs\":[{\"ok\":"
            + GOOD
            + "}]}]}";
    odd = "\r\n{" + NAME + ",\"n\":1,\"n\":2}";
    fetch();
    assertThat(told).containsExactly("read b", "unreadable a");
  }

  /** It may not belong to the replication; what was asked for has its answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"c\",\"docs\":[{\"ok\":{\"_id\":\"c\",\"_rev\":\"" + REV + "\"}}]}",
        "{\"id\":\"c\",\"docs\":[]}",
        "{\"id\":\"b\",\"docs\":[{\"ok\":{\"_id\":\"c\",\"_rev\":\"" + REV + "\"}}]}"
      })
  void whatNobodyAskedForIsPassedOver(String row) {
    bulk =
        "{\"results\":["
            + row
            + ",{\"id\":\"a\",\"docs\":[{\"ok\":{"
            + NAME
            + "}}]},"
            + row
            + ",{\"id\":\"b\",\"docs\":[{\"ok\":"
            + GOOD
            + "}]}]}";
    fetch();
    assertThat(told).containsExactly("read a", "read b");
  }

  @Test
  void aPeerThatGoesOnWithWhatNobodyAskedForIsNotReadForEver() {
    bulk =
        "{\"results\":["
            + "{\"id\":\"c\",\"docs\":[]},".repeat(10_001)
            + "{\"id\":\"b\",\"docs\":[]}]}";
    assertThatThrownBy(this::fetch)
        .isInstanceOfSatisfying(
            PeerException.class, e -> assertThat(e.kind()).isEqualTo(PeerException.Kind.NONSENSE));
  }

  /** It is neither written under its name nor taken for the one that was asked for. */
  @Test
  void anotherDocumentInThePlaceOfOneIsTold() {
    bulk =
        "{\"results\":[{\"id\":\"a\",\"docs\":[{\"ok\":"
            + GOOD
            + "}]},{\"id\":\"b\",\"docs\":[{\"ok\":"
            + GOOD
            + "}]}]}";
    odd = "\r\n" + GOOD;
    fetch();
    assertThat(told).containsExactly("read b", "unreadable a");
  }
}
