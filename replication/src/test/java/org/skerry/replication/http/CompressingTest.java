package org.skerry.replication.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.revision.RevId;

/** What goes to a peer compressed. */
class CompressingTest {
  private static final RevId REV = RevId.parse("1-11111111111111111111111111111111");
  private static final String TEXT = "The same words again. ".repeat(500);

  /** A request as it came. */
  private record Came(String encoding, String accepted, byte[] body) {
    boolean isGzip() {
      return encoding.equals("gzip");
    }

    String unzipped() throws IOException {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
        return new String(in.readAllBytes(), UTF_8);
      }
    }
  }

  private final HttpPeers peers = new HttpPeers();
  private final List<Came> came = new ArrayList<>();
  private Optional<String> takes = Optional.of("gzip");
  private boolean refusesGzip;
  private int status = 201;
  private PlayedPeer server;
  private Peer peer;

  private void play(boolean far) throws IOException {
    server = far ? PlayedPeer.far(this::answer) : new PlayedPeer(this::answer);
    peer = peers.open(server.endpoint());
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("GET")) {
      takes.ifPresent(all -> exchange.getResponseHeaders().set("Accept-Encoding", all));
      PlayedPeer.say(exchange, 200, "application/json", "{\"update_seq\":\"0\"}");
      return;
    }
    Came one =
        new Came(header(exchange, "Content-Encoding"), header(exchange, "Accept-Encoding"), body);
    came.add(one);
    boolean odd = refusesGzip && one.isGzip();
    PlayedPeer.say(exchange, odd ? 415 : status, "application/json", odd ? "{}" : "[]");
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  @AfterEach
  void stop() {
    server.close();
    peers.close();
  }

  private void write(String text) {
    String json = "{\"_id\":\"a\",\"_rev\":\"" + REV + "\",\"text\":\"" + text + "\"}";
    FetchedRevision revision = new FetchedRevision.AsJson(DocId.of("a"), REV, json.getBytes(UTF_8));
    assertThat(peer.write(List.of(revision))).isEmpty();
  }

  @Test
  void longBodiesGoCompressedToAPeerThatSaysThatItTakesThem() throws IOException {
    play(true);
    peer.info();
    write(TEXT);
    assertThat(came).singleElement().satisfies(one -> assertThat(one.isGzip()).isTrue());
    assertThat(came.getFirst().body().length).isLessThan(TEXT.length() / 10);
    assertThat(came.getFirst().unzipped())
        .startsWith("{\"new_edits\":false,\"docs\":[")
        .contains(TEXT);
    assertThat(came.getFirst().accepted()).contains("gzip");
  }

  @Test
  void toOneThatSaysNothingAllIsSentAsItIs() throws IOException {
    takes = Optional.empty();
    play(true);
    peer.info();
    write(TEXT);
    assertThat(came).singleElement().satisfies(one -> assertThat(one.encoding()).isEmpty());
  }

  @Test
  void soItIsBeforeThePeerSaidSoAndWhenItTakesOthers() throws IOException {
    takes = Optional.of("br, zstd");
    play(true);
    write(TEXT);
    peer.info();
    write(TEXT);
    assertThat(came).extracting(Came::encoding).containsExactly("", "");
  }

  @Test
  void shortBodiesAreSentAsTheyAre() throws IOException {
    play(true);
    peer.info();
    write("short");
    assertThat(came).singleElement().satisfies(one -> assertThat(one.encoding()).isEmpty());
  }

  @Test
  void onOneMachineNothingIsCompressedNorAskedFor() throws IOException {
    play(false);
    peer.info();
    write(TEXT);
    assertThat(came.getFirst().encoding()).isEmpty();
    assertThat(came.getFirst().accepted()).isEqualTo("identity");
  }

  @Test
  void whatRefusesTheFormGetsTheBodyAsItIsFromThenOn() throws IOException {
    refusesGzip = true;
    play(true);
    peer.info();
    write(TEXT);
    write(TEXT);
    assertThat(came).extracting(Came::encoding).containsExactly("gzip", "", "");
  }

  @Test
  void whatRefusesItAllTheSameIsAnError() throws IOException {
    status = 415;
    play(true);
    peer.info();
    assertThatThrownBy(() -> write(TEXT)).isInstanceOf(PeerException.class);
    assertThat(came).extracting(Came::encoding).containsExactly("gzip", "");
  }
}
