package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.replication.http.PlayedDatabase;
import org.skerry.replication.http.PlayedPeer;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerInfo;

/** A target that is too busy now and then, whatever it is asked for. */
@Timeout(300)
class ThrottledTargetTest extends PlayedClinicTest {
  private Peer target;
  private volatile String busy = "";
  private volatile int status;
  private final AtomicInteger times = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    server = new PlayedPeer(new PlayedDatabase(centre.peer(), this::isBusy));
    target = peers.open(server.endpoint());
    clinic.edit("a", "{\"n\":1}");
    clinic.edit("b", "{\"n\":2}");
    clinic.attach("scan", "bones", "bones and more bones");
  }

  private boolean isBusy(String step, HttpExchange exchange) throws IOException {
    if (!step.equals(busy) || times.get() == 0) {
      return false;
    }
    times.decrementAndGet();
    exchange.getResponseHeaders().set("Retry-After", "0");
    PlayedDatabase.fail(exchange, status, "too_many_requests");
    return true;
  }

  /** A session would be begun anew for one request in a few that is turned away. */
  @Test
  void isAskedAgainWithinASession() {
    busy = "POST _revs_diff";
    status = 429;
    times.set(3);
    AtomicInteger sessions = new AtomicInteger();
    Peer source =
        new DelegatingPeer(clinic.peer()) {
          @Override
          public Optional<PeerInfo> info() {
            sessions.incrementAndGet();
            return super.info();
          }
        };
    ReplicationSpec spec =
        ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"));
    assertThat(AtOnce.replication(source, target, spec).run())
        .isEqualTo(Replication.State.COMPLETED);
    assertThat(sessions).hasValue(1);
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  /** Nothing counts as refused, nothing is passed over, and the checkpoint says so. */
  @ParameterizedTest
  @CsvSource({
    "GET, 429",
    "GET _local, 503",
    "PUT _local, 429",
    "PUT _local, 503",
    "POST _revs_diff, 429",
    "POST _revs_diff, 503",
    "POST _bulk_docs, 429",
    "POST _bulk_docs, 503",
    "PUT scan, 429",
    "PUT scan, 503",
    "POST _ensure_full_commit, 503"
  })
  void isAskedAgain(String step, int answered) {
    busy = step;
    status = answered;
    times.set(6);
    ReplicationSpec spec =
        ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"));
    Replication replication = AtOnce.replication(clinic.peer(), target, spec);
    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    assertThat(times).hasValue(0);
    assertThat(replication.status().refusals()).isEmpty();
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint()).hasSize(3);
    assertThat(centre.attachment("scan", "bones")).isEqualTo("bones and more bones");
    assertThat(replication.status().checkpointedSeq()).startsWith("3-");
  }
}
