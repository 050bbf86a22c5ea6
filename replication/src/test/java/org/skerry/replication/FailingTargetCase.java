package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.skerry.replication.http.PlayedDatabase;
import org.skerry.replication.http.PlayedPeer;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Refusal;

/** A target that fails when it is sent some documents, and takes the others; a test plays it. */
abstract class FailingTargetCase extends FailingEndCase {
  /** What it answers where it says nothing and hangs up. */
  static final int NOTHING = 0;

  final List<String> steps = new CopyOnWriteArrayList<>();
  final AtomicInteger failures = new AtomicInteger();
  Peer target;
  volatile int status = 500;

  /** What a row of a good answer says of a document, by its id. */
  final Map<String, String> rows = new ConcurrentHashMap<>();

  /** Whether such a row names another revision than was sent. */
  volatile boolean misnamed;

  /** Whether nothing at all gets through. */
  volatile boolean down;

  @BeforeEach
  void start() throws IOException {
    Peer taking =
        new DelegatingPeer(centre.peer()) {
          @Override
          public List<Refusal> write(List<FetchedRevision> revisions) {
            super.write(revisions.stream().filter(one -> word(one).isEmpty()).toList());
            return revisions.stream()
                .filter(one -> !word(one).isEmpty())
                .map(one -> new Refusal(one.id().text(), named(one), word(one), "played"))
                .toList();
          }
        };
    server = new PlayedPeer(new PlayedDatabase(taking, this::fails));
    target = peers.open(server.endpoint());
    thirty();
  }

  private String word(FetchedRevision revision) {
    return rows.getOrDefault(revision.id().text(), "");
  }

  private String named(FetchedRevision revision) {
    return misnamed ? "7-11111111111111111111111111111111" : revision.rev().toString();
  }

  private boolean fails(String step, HttpExchange exchange) throws IOException {
    steps.add(step);
    if (down) {
      return true;
    }
    boolean odd = failing.contains(step) || failing.contains(step.replace("PUT ", ""));
    if (step.equals("POST _bulk_docs")) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.setStreams(new ByteArrayInputStream(body), null);
      String docs = new String(body, StandardCharsets.UTF_8);
      odd = failing.stream().anyMatch(id -> docs.contains("\"_id\":\"" + id + "\""));
    }
    if (odd) {
      failures.incrementAndGet();
    }
    if (odd && status != NOTHING) {
      PlayedDatabase.fail(exchange, status, "internal_server_error");
    }
    return odd;
  }

  /** As a schedule begins it, which knows it from before. */
  Replication replicate(int attempts) {
    return replicate(clinic.peer(), attempts);
  }

  Replication replicate(Peer source, int attempts) {
    return replicate(source, target, attempts);
  }

  static void isRefused(Replication replication, String... ids) {
    isRefused(replication, Refusal.TARGET_FAILS, ids);
  }

  void equal() {
    assertThat(centre.fingerprint()).isEqualTo(clinic.fingerprint());
  }

  /** Pages of what the target has already, as where both write and pull. */
  void shared(int documents) {
    for (int i = 0; i < documents; i++) {
      clinic.edit("p" + i, "{}");
      centre.edit("p" + i, "{}");
    }
  }
}
