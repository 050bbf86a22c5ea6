package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.document.DocId;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Refusal;
import org.skerry.revision.RevId;

/** A peer that hangs up behind its answers, and says nothing of it in them. */
@Timeout(300)
class HangingUpTest {
  private static final RevId REV = RevId.parse("1-11111111111111111111111111111111");
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  private final HttpPeers peers = new HttpPeers();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private int answers = 1;
  private Gate gate;
  private Peer peer;

  @BeforeEach
  void start() throws IOException {
    gate = new Gate(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), this::serve);
    URI url = URI.create("http://127.0.0.1:" + gate.port() + "/db");
    peer = peers.open(new Endpoint.Remote(url, Optional.empty(), Map.of()));
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    gate.close();
    peers.close();
  }

  private void serve(Socket guest) throws IOException {
    InputStream in = guest.getInputStream();
    for (int i = 0; i < answers; i++) {
      String head = Relay.head(in);
      if (head.isEmpty()) {
        return;
      }
      asked.add(head.substring(0, head.indexOf("\r\n")));
      Matcher length = LENGTH.matcher(head);
      if (length.find()) {
        in.readNBytes(Integer.parseInt(length.group(1)));
      } else if (head.contains("chunked")) {
        readChunks(in);
      }
      Relay.say(
          guest,
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]");
    }
  }

  private static void readChunks(InputStream in) throws IOException {
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf("0\r\n\r\n") < 0) {
      seen.append((char) in.read());
    }
  }

  private void write(String id) {
    String json = "{\"_id\":\"" + id + "\",\"_rev\":\"" + REV + "\"}";
    FetchedRevision revision = new FetchedRevision.AsJson(DocId.of(id), REV, json.getBytes());
    assertThat(peer.write(List.of(revision))).isEmpty();
  }

  /** Returns whether it got through. */
  private boolean attach(String id) {
    String json = "{\"_id\":\"" + id + "\",\"_rev\":\"" + REV + "\"}";
    FetchedRevision revision = new FetchedRevision.AsJson(DocId.of(id), REV, json.getBytes());
    Optional<Refusal> refusal = peer.write(revision, name -> InputStream.nullInputStream());
    assertThat(refusal.stream()).allMatch(Refusal::isFailing);
    return refusal.isEmpty();
  }

  @Test
  void everyRequestGetsThroughAtOnce() {
    for (int i = 0; i < 10; i++) {
      write("d" + i);
    }
    assertThat(asked).hasSize(10);
  }

  @Test
  void whatCannotBeSentAgainGetsThrough() {
    write("a");
    // That is how it is found out; the session that follows asks again.
    attach("b");
    for (int i = 0; i < 10; i++) {
      assertThat(attach("d" + i)).isTrue();
      write("e" + i);
    }
    assertThat(asked.getLast()).startsWith("POST");
  }

  /** As a proxy that is set up anew; it had kept the connections until then. */
  @Test
  void whoBeginsToHangUpIsAskedOverNewConnections() {
    answers = 5;
    write("a");
    write("b");
    answers = 1;
    int broken = 0;
    for (int i = 0; i < 50; i++) {
      if (!attach("d" + i)) {
        broken++;
      }
    }
    assertThat(broken).isLessThan(5);
  }

  /** As a server does when a connection has been used often enough. */
  @Test
  void whoHangsUpNowAndThenKeepsItsConnections() {
    answers = 5;
    for (int i = 0; i < 20; i++) {
      write("d" + i);
    }
    assertThat(asked).hasSize(20);
  }
}
