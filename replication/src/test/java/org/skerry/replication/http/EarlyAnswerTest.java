package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.DocId;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Refusal;
import org.skerry.revision.RevId;

/** A peer, or a proxy before it, that finds a request too large and throws the rest of it away. */
class EarlyAnswerTest {
  private static final RevId REV = RevId.parse("1-11111111111111111111111111111111");
  private static final String BODY = "{\"error\":\"too_large\",\"reason\":\"the limit is 1 MB\"}";
  private static final long HUGE = 1L << 40;

  private final HttpPeers peers = new HttpPeers();
  private Gate gate;
  private Peer peer;

  @BeforeEach
  void start() throws IOException {
    gate =
        new Gate(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            guest -> {
              Relay.head(guest.getInputStream());
              Relay.say(
                  guest,
                  "HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\n"
                      + "Content-Type: application/json\r\nContent-Length: "
                      + BODY.length()
                      + "\r\n\r\n"
                      + BODY);
              guest.getInputStream().transferTo(OutputStream.nullOutputStream());
            });
    URI url = URI.create("http://127.0.0.1:" + gate.port() + "/db");
    peer = peers.open(new Endpoint.Remote(url, Optional.empty(), Map.of()));
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    gate.close();
    peers.close();
  }

  /** So many zeros. */
  private static final class Zeros extends InputStream {
    private long left = HUGE;

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      left -= length;
      return left > 0 ? length : -1;
    }
  }

  @Test
  void anAttachmentThatIsTooLargeIsRefusedBeforeAllOfItIsSent() {
    String json =
        """
        {"_id":"a","_rev":"%s","_attachments":{"scan":{"content_type":"text/plain",\
        "revpos":1,"digest":"md5-d18XKGnUDWBb4kGlBwsK+g==","length":%d,"follows":true}}}\
        """
            .formatted(REV, HUGE);
    FetchedRevision revision = new FetchedRevision.AsJson(DocId.of("a"), REV, json.getBytes());
    assertThat(peer.write(revision, name -> new Zeros())).map(Refusal::error).contains("too_large");
  }
}
