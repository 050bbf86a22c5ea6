package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.replication.http.PlayedDatabase;
import org.skerry.replication.http.PlayedPeer;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Refusal;

/** A target that lets a document with attachments in at one time, and at another not. */
@Timeout(300)
class StrayDenialTest extends PlayedClinicTest {
  private static final String JSON = "application/json";

  private final AtomicInteger asked = new AtomicInteger();
  private volatile int denied;
  private volatile int status = 401;
  private volatile String type = JSON;
  private volatile String said = "{\"error\":\"unauthorized\",\"reason\":\"who is it?\"}";

  @BeforeEach
  void start() throws IOException {
    server = new PlayedPeer(new PlayedDatabase(centre.peer(), this::isDenied));
    clinic.attach("scan", "bones", "bones and more bones");
    clinic.edit("behind", "{}");
  }

  private boolean isDenied(String step, HttpExchange exchange) throws IOException {
    if (!step.equals("PUT scan") || asked.incrementAndGet() > denied) {
      return false;
    }
    exchange.getRequestBody().readAllBytes();
    PlayedPeer.say(exchange, status, type, said);
    return true;
  }

  private Replication replicate() {
    ReplicationSpec spec =
        ReplicationSpec.of(new Endpoint.Local("clinic"), new Endpoint.Local("centre"));
    Replication replication =
        AtOnce.replication(clinic.peer(), peers.open(server.endpoint()), spec);
    assertThat(replication.run()).isEqualTo(Replication.State.COMPLETED);
    assertThat(centre.document("behind")).isPresent();
    return replication;
  }

  private void isRefused(String error, int times) {
    denied = Integer.MAX_VALUE;
    assertThat(replicate().status().refusals())
        .extracting(Refusal::id, Refusal::error)
        .containsExactly(tuple("scan", error));
    assertThat(asked).hasValue(times);
  }

  @Test
  void isAskedOnceMore() {
    denied = 1;
    assertThat(replicate().status().refusals()).isEmpty();
    assertThat(centre.attachment("scan", "bones")).isEqualTo("bones and more bones");
  }

  @Test
  void isBelievedTheSecondTime() {
    isRefused("unauthorized", 2);
  }

  @Test
  void isAskedOnceMoreWhereAGatewayForbids() {
    status = 403;
    type = "text/html";
    said = "<h1>Blocked: suspicious request</h1>";
    isRefused("unauthorized", 2);
  }

  /** Its attachments would be sent again for nothing. */
  @Test
  void isBelievedWhereItsDatabaseForbids() {
    status = 403;
    said = "{\"error\":\"forbidden\",\"reason\":\"no scans here\"}";
    isRefused("forbidden", 1);
  }
}
