package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.skerry.revision.RevId;

/** Peers that pass over some of what they are asked for: whatever has no answer is told. */
class SilentPeerTest {
  private static final String OLD = "1-11111111111111111111111111111111";
  private static final String NEW = "2-22222222222222222222222222222222";
  private static final MissingRevisions WANTED =
      new MissingRevisions(DocId.of("a"), List.of(RevId.parse(OLD)), List.of());

  private final HttpPeers peers = new HttpPeers();
  private final List<String> asked = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private PlayedPeer server;
  private Peer peer;
  private String bulk = "{\"results\":[]}";
  private String single = "[]";
  private String one = "{}";
  private int status = 200;
  private int longest;

  @BeforeEach
  void start() throws IOException {
    server =
        new PlayedPeer(
            exchange -> {
              exchange.getRequestBody().readAllBytes();
              String path = exchange.getRequestURI().getPath();
              boolean many = path.endsWith("_bulk_get");
              boolean named = String.valueOf(exchange.getRequestURI().getQuery()).contains("&rev=");
              asked.add(path);
              longest = Math.max(longest, exchange.getRequestURI().toString().length());
              boolean alone = named && !one.equals("{}");
              String said = many ? bulk : alone ? one : single;
              PlayedPeer.say(exchange, many || alone ? 200 : status, "application/json", said);
            });
    peer = peers.open(server.endpoint());
  }

  @AfterEach
  void stop() {
    server.close();
    peers.close();
  }

  private final FetchSink sink =
      new FetchSink() {
        @Override
        public void revision(FetchedRevision revision) {
          told.add("read " + revision.rev());
        }

        @Override
        public void withAttachments(FetchedRevision revision, FollowingBytes bytes) {
          throw new AssertionError("there is no attachment");
        }

        @Override
        public void unreadable(DocId id, RevId rev, String reason) {
          told.add("unreadable " + rev + " " + reason);
        }
      };

  private void fetch() {
    peer.fetch(List.of(WANTED), sink);
  }

  private static String document(String rev) {
    return "{\"_id\":\"a\",\"_rev\":\""
        + rev
        + "\",\"_revisions\":{\"start\":2,\"ids\":["
        + "\"22222222222222222222222222222222\",\"11111111111111111111111111111111\"]}}";
  }

  @Test
  void whatABulkPassesOverIsAskedForByItself() {
    single = "[{\"ok\":" + document(NEW) + "}]";
    fetch();
    assertThat(asked).containsExactly("/db/_bulk_get", "/db/a");
    assertThat(told).containsExactly("read " + NEW);
  }

  @Test
  void whatAPeerFailsToReadIsAskedForByItself() {
    bulk =
        "{\"results\":[{\"id\":\"a\",\"docs\":[{\"error\":{\"id\":\"a\",\"rev\":\""
            + OLD
            + "\",\"error\":\"timeout\",\"reason\":\"too busy\"}}]}]}";
    single = "[{\"ok\":" + document(NEW) + "}]";
    fetch();
    assertThat(told).containsExactly("read " + NEW);
  }

  @Test
  void whatIsNeverGivenIsToldAsUnreadable() {
    fetch();
    assertThat(told).containsExactly("unreadable " + OLD + " listed, and not given");
  }

  @Test
  void whatIsPassedOverBesideAnotherIsToldAsUnreadable() {
    String other = "1-33333333333333333333333333333333";
    single = "[{\"ok\":{\"_id\":\"a\",\"_rev\":\"" + other + "\"}}]";
    List<RevId> both = List.of(RevId.parse(other), RevId.parse(OLD));
    peer.fetch(List.of(new MissingRevisions(DocId.of("a"), both, List.of())), sink);
    assertThat(told)
        .containsExactly("read " + other, "unreadable " + OLD + " listed, and not given");
  }

  /** Asked for both, CouchDB gives the newest of the branch once. */
  @Test
  void aRevisionThatIsAskedForAnswersForTheOlderBesideIt() {
    single = "[{\"ok\":" + document(NEW) + "}]";
    List<RevId> both = List.of(RevId.parse(OLD), RevId.parse(NEW));
    peer.fetch(List.of(new MissingRevisions(DocId.of("a"), both, List.of())), sink);
    assertThat(told).containsExactly("read " + NEW);
  }

  @Test
  void aPeerThatRefusesOpenRevsIsAskedForOneRevisionAfterTheOther() {
    status = 400;
    single = "{\"error\":\"bad_request\",\"reason\":\"open_revs?\"}";
    one = document(NEW);
    fetch();
    assertThat(asked).containsExactly("/db/_bulk_get", "/db/a", "/db/a");
    assertThat(told).containsExactly("read " + NEW);
  }

  /** It passes over what it does not know, and gives the document as it is for everybody. */
  @Test
  void aPeerThatKnowsNoOpenRevsIsAskedForOneRevisionAfterTheOther() {
    String winner = "3-33333333333333333333333333333333";
    single = "{\"_id\":\"a\",\"_rev\":\"" + winner + "\"}";
    one = document(NEW);
    fetch();
    assertThat(told).containsExactly("read " + NEW);
    told.clear();
    one = single;
    fetch();
    assertThat(told)
        .containsExactly("read " + winner, "unreadable " + OLD + " listed, and not given");
  }

  /** The document is gone, and not its database. */
  @Test
  void aDocumentThatIsNotThereKeepsNoOthersBack() {
    status = 404;
    single = "{\"error\":\"not_found\",\"reason\":\"missing\"}";
    fetch();
    assertThat(told).containsExactly("unreadable " + OLD + " not_found: missing");
  }

  /** A name that is none in a URL, or too long for one. */
  @ParameterizedTest
  @ValueSource(ints = {400, 414, 431})
  void aDocumentThatCannotBeAskedForKeepsNoOthersBack(int answered) {
    status = answered;
    single = "{\"error\":\"bad_request\",\"reason\":\"Bad Request\"}";
    fetch();
    assertThat(told).containsExactly("unreadable " + OLD + " bad_request: Bad Request");
  }

  @Test
  void manyRevisionsAreAskedForInSeveralUrls() {
    List<RevId> many = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      many.add(RevId.parse("1-" + "%032x".formatted(i)));
    }
    single = "[{\"ok\":" + document(NEW) + "}]";
    new OpenRevs(((HttpPeer) peer).calls())
        .fetch(new MissingRevisions(DocId.of("a"), many, many), sink);
    assertThat(asked).hasSize(3);
    assertThat(longest).isLessThan(8000);
  }

  @Test
  void aNewerRevisionOfTheBranchAnswersForTheOlder() {
    bulk = "{\"results\":[{\"id\":\"a\",\"docs\":[{\"ok\":" + document(NEW) + "}]}]}";
    fetch();
    assertThat(asked).containsExactly("/db/_bulk_get");
    assertThat(told).containsExactly("read " + NEW);
  }

  @Test
  void aRevisionThatNobodyAskedForAnswersForNone() {
    String other = "1-33333333333333333333333333333333";
    bulk =
        "{\"results\":[{\"id\":\"a\",\"docs\":[{\"ok\":{\"_id\":\"a\",\"_rev\":\""
            + other
            + "\"}}]}]}";
    single = "[{\"missing\":\"" + OLD + "\"}]";
    fetch();
    assertThat(told).containsExactly("read " + other, "unreadable " + OLD + " missing");
  }
}
