package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.DocId;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;
import org.skerry.replication.peer.Refusal;
import org.skerry.revision.RevId;

/**
 * A document with attachments that is answered with 401 or 403: its own fault, or that of whoever
 * sends it.
 */
class DeniedWriteTest {
  private static final RevId REV = RevId.parse("1-11111111111111111111111111111111");

  private final HttpPeers peers = new HttpPeers();
  private final List<String> asked = new ArrayList<>();
  private PlayedPeer server;
  private Peer peer;
  private int document;
  private int others;

  @BeforeEach
  void start() throws IOException {
    server =
        new PlayedPeer(
            exchange -> {
              String body =
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
              boolean put = exchange.getRequestMethod().equals("PUT");
              asked.add(exchange.getRequestMethod() + " " + (put ? "" : body));
              int status = put ? document : others;
              String said =
                  status < 400
                      ? "[]"
                      : "{\"error\":\""
                          + (status == 403 ? "forbidden" : "unauthorized")
                          + "\",\"reason\":\"no\"}";
              exchange.getResponseHeaders().set("Retry-After", "0");
              PlayedPeer.say(exchange, status, "application/json", said);
            });
    peer = peers.open(server.endpoint());
  }

  @AfterEach
  void stop() {
    server.close();
    peers.close();
  }

  private Optional<Refusal> write() {
    String json =
        "{\"_id\":\"a\",\"_rev\":\""
            + REV
            + "\",\"_attachments\":{\"scan\":{\"content_type\":\"text/plain\",\"revpos\":1,"
            + "\"digest\":\"md5-d18XKGnUDWBb4kGlBwsK+g==\",\"length\":0,\"follows\":true}}}";
    FetchedRevision revision = new FetchedRevision.AsJson(DocId.of("a"), REV, json.getBytes());
    return peer.write(revision, name -> InputStream.nullInputStream());
  }

  /** A guard such as {@code validate_doc_update} said it; or nobody can be asked. */
  @ParameterizedTest
  @CsvSource({"401, 201", "403, 201", "403, 404", "401, 405", "403, 400"})
  void isTheDocumentsWhereOthersMayBeWritten(int said, int empty) {
    document = said;
    others = empty;
    assertThat(write()).map(Refusal::error).contains(said == 403 ? "forbidden" : "unauthorized");
    assertThat(asked).containsExactly("PUT ", "POST {\"new_edits\":false,\"docs\":[]}");
  }

  /** A password that was changed, or a right that was taken, while the replication ran. */
  @ParameterizedTest
  @CsvSource({
    "401, 401, DENIED",
    "403, 403, DENIED",
    "401, 403, DENIED",
    "403, 500, FAILING",
    "401, 429, FAILING",
    "403, 503, FAILING"
  })
  void isTheSendersWhereNothingMayBeWritten(int said, int empty, Kind kind) {
    document = said;
    others = empty;
    assertThatThrownBy(this::write)
        .isInstanceOfSatisfying(PeerException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 413})
  void otherAnswersAreNotLookedInto(int said) {
    document = said;
    assertThat(write().isPresent()).isEqualTo(said == 413);
    assertThat(asked).containsExactly("PUT ");
  }
}
