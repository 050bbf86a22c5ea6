package org.skerry.replication.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.DocId;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Refusal;
import org.skerry.replication.peer.Selection;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionQuery;

/** Peers that answer nonsense, break off, or do not let us in. */
class OddPeerTest {
  private static final RevId REV = RevId.parse("1-11111111111111111111111111111111");
  private static final MissingRevisions WANTED =
      new MissingRevisions(DocId.of("a"), List.of(REV), List.of());

  private static final FetchedRevision.AsJson SENT =
      new FetchedRevision.AsJson(
          DocId.of("a"), REV, ("{\"_id\":\"a\",\"_rev\":\"" + REV + "\"}").getBytes());

  private final HttpPeers peers = new HttpPeers();
  private final Island island = new Island("island");
  private final List<Refusal> refusals = new ArrayList<>();

  /** Whether what is asked for is there, whatever is said to what is sent. */
  private boolean hasDatabase;

  private PlayedPeer server;
  private Peer peer;
  private int status = 200;
  private String type = "application/json";
  private String answer = "";
  private Optional<byte[]> packed = Optional.empty();
  private Map<String, String> more = Map.of();
  private List<String> encodings = List.of();

  @BeforeEach
  void start() throws IOException {
    server =
        new PlayedPeer(
            exchange -> {
              exchange.getRequestBody().readAllBytes();
              encodings = exchange.getRequestHeaders().get("Accept-Encoding");
              more.forEach(exchange.getResponseHeaders()::set);
              boolean asked = exchange.getRequestMethod().equals("GET") && hasDatabase;
              PlayedPeer.say(
                  exchange, asked ? 200 : status, type, packed.orElse(answer.getBytes(UTF_8)));
            });
    Endpoint.Credentials secret = new Endpoint.Credentials("nurse", "secret");
    peer = peers.open(server.endpoint(Optional.of(secret), Map.of("x-key", "secret")));
  }

  @AfterEach
  void stop() {
    server.close();
    peers.close();
    island.close();
  }

  /** Writes what it gets to the island. */
  private FetchSink toTheIsland() {
    return new FetchSink() {
      @Override
      public void revision(FetchedRevision revision) {
        refusals.addAll(island.peer().write(List.of(revision)));
      }

      @Override
      public void withAttachments(FetchedRevision revision, FollowingBytes bytes) {
        island.peer().write(revision, bytes).ifPresent(refusals::add);
      }

      @Override
      public void unreadable(DocId id, RevId rev, String reason) {
        throw new AssertionError(reason);
      }
    };
  }

  private void fails(PeerException.Kind kind, Consumer<Peer> step) {
    assertThatThrownBy(() -> step.accept(peer))
        .isInstanceOfSatisfying(
            PeerException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .message()
        .contains("127.0.0.1")
        .doesNotContain("secret");
  }

  private void odd(Consumer<Peer> step) {
    assertThatThrownBy(() -> step.accept(peer))
        .isInstanceOfSatisfying(PeerException.class, e -> assertThat(e.isTransient()).isTrue())
        .message()
        .doesNotContain("secret");
  }

  private static ChangesQuery everything() {
    return new ChangesQuery("0", 10, Selection.EVERYTHING, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Please log in</html>",
        "[]",
        "{}",
        "{\"results\":[{\"seq\":\"1\",\"id\":\"a\",\"changes\":[{\"rev\":\"1-a\"}]}",
        "{\"results\":[{\"id\":\"a\"}],\"last_seq\":\"1\"}",
        "{\"results\":7,\"last_seq\":\"1\"}"
      })
  void oddChangesAreNoChanges(String text) {
    answer = text;
    odd(odd -> odd.changes(everything()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"a\":{\"missing\":[\"1-",
        "{\"a\":{\"missing\":[\"x\"]}}",
        "{\"a\":{\"missing\":[null,\"1-a\"]}}",
        "{\"a\":{\"missing\":\"1-a\"}}",
        "{\"a\":7,\"b\":{\"missing\":[\"1-a\"]}}",
        "{\"a\":null}"
      })
  void oddDifferencesAreNone(String text) {
    answer = text;
    odd(odd -> odd.missing(List.of(new RevisionQuery(DocId.of("a"), List.of(REV)))));
  }

  /** The document would be taken for one that nobody asked for, and passed by a checkpoint. */
  @Test
  void aDifferenceWhoseIdIsDamagedIsNone() {
    byte[] damaged = ("{\"caf?\":{\"missing\":[\"" + REV + "\"]}}").getBytes(UTF_8);
    damaged[5] = (byte) 0xe9; // Latin-1
    packed = Optional.of(damaged);
    odd(odd -> odd.missing(List.of(new RevisionQuery(DocId.of("caf\u00e9"), List.of(REV)))));
  }

  /** Then a replication begins anew, which is always right. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "7", "{}", "{\"_rev\":7}", "{\"a\":{\"_rev\":\"0-1\"}}"})
  void whatIsNoCheckpointIsNone(String text) {
    answer = text;
    assertThat(peer.checkpoint("x")).isEmpty();
  }

  @Test
  void aCheckpointMayNameAMemberTwice() {
    answer = "{\"a\":1,\"_rev\":\"0-1\",\"a\":[{\"b\":1,\"b\":2}],\"_rev\":\"0-2\"}";
    assertThat(peer.checkpoint("x").orElseThrow().rev()).isEqualTo("0-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "{\"_rev\":\"0-1\"", "{\"_rev\":\"0-1\"} x", "[1"})
  void aBrokenCheckpointIsNonsense(String text) {
    answer = text;
    odd(odd -> odd.checkpoint("x"));
  }

  /** What was not asked for would be asked of the source, which has not listed it. */
  @Test
  void aDifferenceIsOfWhatWasAskedFor() {
    RevId other = RevId.parse("2-22222222222222222222222222222222");
    answer =
        """
        {"b":{"missing":["%1$s"]},"a":{"missing":["%1$s","3-c"]},"a":{"missing":["%2$s"]}}\
        """
            .formatted(REV, other);
    List<MissingRevisions> missing =
        peer.missing(List.of(new RevisionQuery(DocId.of("a"), List.of(REV, other))));
    assertThat(missing)
        .containsExactly(new MissingRevisions(DocId.of("a"), List.of(REV, other), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "{\"results\":[{\"id\":\"a\",\"docs\":[{\"ok\":{\"_id\":\"a\",\"_rev\":\"1-1",
        "{\"results\":[{\"id\":\"unasked\",\"docs\":[]}]}",
        "{\"results\":[{\"id\":\"a\",\"docs\":[{\"ok\":{\"_id\":\"b\","
            + "\"_rev\":\"1-11111111111111111111111111111111\"}}]}]}",
        "{\"results\":[{\"id\":\"a\",\"docs\":[{\"ok\":{\"_id\":\"a\"}}]}]}"
      })
  void oddDocumentsAreNotWritten(String text) {
    answer = text;
    odd(odd -> odd.fetch(List.of(WANTED), toTheIsland()));
    assertThat(island.fingerprint()).isEmpty();
  }

  /** Nor is it asked for ever by one whose feed does not move. */
  @Test
  void aPageThatIsShorterThanAskedForIsTheLastOnlyIfNothingIsPending() {
    answer =
        "{\"results\":[{\"seq\":\"5-x\",\"id\":\"a\",\"changes\":[{\"rev\":\"1-a\"}]}],"
            + "\"last_seq\":\"5-x\",\"pending\":3}";
    assertThat(peer.changes(everything()).last()).isFalse();
    assertThat(peer.changes(new ChangesQuery("5-x", 10, Selection.EVERYTHING, false)).last())
        .isTrue();
    answer = "{\"results\":[],\"last_seq\":\"5-x\",\"pending\":3}";
    assertThat(peer.changes(everything()).last()).isFalse();
    assertThat(peer.changes(new ChangesQuery("5-x", 10, Selection.EVERYTHING, false)).last())
        .isTrue();
    answer = answer.replace("\"pending\":3", "\"pending\":0");
    assertThat(peer.changes(everything()).last()).isTrue();
  }

  @Test
  void halfAMultipartIsNotWritten() {
    String whole =
        """
        --o
        Content-Type: multipart/related; boundary="i"

        --i
        Content-Type: application/json

        {"_id":"a","_rev":"%s","_attachments":{"scan":{"content_type":"text/plain",\
        "revpos":1,"digest":"md5-d18XKGnUDWBb4kGlBwsK+g==","length":5,"follows":true}}}
        --i

        bones
        --i--
        --o--\
        """
            .formatted(REV)
            .replace("\n", "\r\n");
    type = "multipart/mixed; boundary=\"o\"";
    OpenRevs openRevs = new OpenRevs(((HttpPeer) peer).calls());
    for (int cut = 0; cut < whole.indexOf("bones") + 5; cut += 7) {
      answer = whole.substring(0, cut);
      odd(odd -> openRevs.fetch(WANTED, toTheIsland()));
      assertThat(island.fingerprint()).as("cut at %s", cut).isEmpty();
    }
    answer = whole.replace("bones", "bonez");
    openRevs.fetch(WANTED, toTheIsland());
    assertThat(refusals).extracting(Refusal::error).containsExactly(Refusal.SPOILT);
    assertThat(island.fingerprint()).isEmpty();
    answer = whole;
    openRevs.fetch(WANTED, toTheIsland());
    assertThat(island.attachment("a", "scan")).isEqualTo("bones");
  }

  @Test
  void refusalsOfThePeerSayWhy() {
    answer = "{\"error\":\"unauthorized\",\"reason\":\"Name or password is incorrect.\"}";
    status = 401;
    fails(PeerException.Kind.DENIED, odd -> odd.info());
    status = 503;
    fails(PeerException.Kind.FAILING, odd -> odd.changes(everything()));
    status = 302;
    more = Map.of("Location", "https://elsewhere.example/db/");
    fails(PeerException.Kind.NONSENSE, odd -> odd.info());
    assertThatThrownBy(() -> peer.info()).hasMessageContaining("https://elsewhere.example/db/");
    status = 404;
    fails(PeerException.Kind.NO_DATABASE, odd -> odd.changes(everything()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"ok\":true}", "[null]", "[7]", "7", "<p>ok</p>"})
  void whatIsNoListOfResultsHasWrittenNothing(String text) {
    answer = text;
    FetchedRevision.AsJson revision =
        new FetchedRevision.AsJson(
            DocId.of("a"), REV, ("{\"_id\":\"a\",\"_rev\":\"" + REV + "\"}").getBytes());
    odd(odd -> odd.write(List.of(revision)));
  }

  /** A row whose document cannot be understood is the document's fault, and stops no others. */
  @ParameterizedTest
  @ValueSource(strings = {"7", "{\"scan\":7}", "{\"scan\":{\"stub\":7}}"})
  void oddAttachmentsAreRefusedByWhoeverStoresThem(String attachments) {
    answer =
        "{\"results\":[{\"id\":\"a\",\"docs\":[{\"ok\":{\"_id\":\"a\",\"_rev\":\""
            + REV
            + "\",\"_attachments\":"
            + attachments
            + "}}]}]}";
    peer.fetch(List.of(WANTED), toTheIsland());
    assertThat(refusals).hasSize(1);
    assertThat(island.fingerprint()).isEmpty();
  }

  /** Revisions under their own names have no conflicts: a peer that finds one does so each time. */
  @Test
  void aConflictIsWordOfADocument() {
    answer = "{\"error\":\"conflict\",\"reason\":\"Document update conflict.\"}";
    status = 409;
    assertThat(peer.write(SENT, OddPeerTest::noAttachment))
        .map(Refusal::error)
        .contains("conflict");
    assertThat(peer.write(List.of(SENT, SENT)))
        .extracting(Refusal::error)
        .containsExactly("conflict", "conflict");
  }

  private static InputStream noAttachment(String name) {
    throw new AssertionError("there is no attachment " + name);
  }

  /** Else its documents would be passed over, and a checkpoint would be written behind them. */
  @ParameterizedTest
  @ValueSource(ints = {503, 507, 429})
  void aTargetThatIsFullOrBusyHasRefusedNoDocument(int answered) {
    answer = "{\"error\":\"insufficient_storage\",\"reason\":\"The disk is full\"}";
    more = Map.of("Retry-After", "0");
    status = answered;
    fails(PeerException.Kind.FAILING, odd -> odd.write(List.of(SENT)));
    fails(PeerException.Kind.FAILING, odd -> odd.write(List.of(SENT, SENT)));
    fails(PeerException.Kind.FAILING, odd -> odd.write(SENT, OddPeerTest::noAttachment));
    fails(PeerException.Kind.FAILING, Peer::ensureFullCommit);
  }

  /** It may be one document over which it does. */
  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504, 408})
  void aTargetThatFailsTwiceSaysOverWhat(int answered) {
    answer = "{\"error\":\"internal_server_error\",\"reason\":\"No reason\"}";
    status = answered;
    hasDatabase = true;
    fails(PeerException.Kind.FAILING, odd -> odd.write(List.of(SENT, SENT)));
    assertThat(peer.write(List.of(SENT, SENT)))
        .hasSize(2)
        .allMatch(Refusal::isFailing)
        .extracting(Refusal::reason)
        .contains(
            "POST /_bulk_docs at "
                + peer.name()
                + " was answered "
                + answered
                + ": internal_server_error: No reason");
    assertThat(peer.write(List.of(SENT))).hasSize(1).allMatch(Refusal::isFailing);
    assertThat(peer.write(SENT, OddPeerTest::noAttachment)).matches(one -> one.get().isFailing());
  }

  /** Of what is not said nothing can be tried again. */
  @Test
  void aTargetThatFailsOverNobodyKnowsWhatFails() {
    answer = "[{\"error\":\"internal_server_error\",\"reason\":\"a node is down\"}]";
    fails(PeerException.Kind.FAILING, odd -> odd.write(List.of(SENT, SENT)));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aPeerThatIsBusySaysWhenToComeAgain(int answered) {
    answer = "{\"error\":\"busy\",\"reason\":\"later\"}";
    status = answered;
    more = Map.of("Retry-After", "120");
    assertThatThrownBy(() -> peer.changes(everything()))
        .isInstanceOfSatisfying(
            PeerException.class, e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofMinutes(2)));
  }

  /** A gateway on the same machine may compress whether or not somebody asked. */
  @Test
  void whatIsCompressedThoughNobodyAskedIsUnderstood() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write("{\"update_seq\":\"7-x\"}".getBytes(UTF_8));
    }
    packed = Optional.of(bytes.toByteArray());
    more = Map.of("Content-Encoding", "gzip");
    assertThat(peer.info().orElseThrow().updateSeq()).isEqualTo("7-x");
    assertThat(encodings).isEqualTo(List.of("identity"));
    packed = Optional.of(Arrays.copyOf(bytes.toByteArray(), 15));
    odd(Peer::info);
    more = Map.of("Content-Encoding", "compress");
    odd(Peer::info);
  }

  @Test
  void nobodyAtHomeIsUnreachable() {
    server.close();
    fails(PeerException.Kind.UNREACHABLE, odd -> odd.info());
  }
}
