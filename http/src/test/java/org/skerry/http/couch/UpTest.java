package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.skerry.http.FakeExchange;
import org.skerry.http.Method;
import org.skerry.http.Query;
import org.skerry.store.StoreHealth;

/** A node tells those who send it work whether it can do any. */
class UpTest {
  private final AtomicReference<StoreHealth> health = new AtomicReference<>(StoreHealth.WELL);
  private Optional<String> maintenance = Optional.empty();
  private final NodeState state = new NodeState(() -> maintenance);

  private String ask() throws IOException {
    FakeExchange exchange =
        new FakeExchange(
            Method.GET, "/_up", Query.EMPTY, Map.of(), Map.of(), CouchNode.ADMIN, new byte[0]);
    new Up(health::get, state).handle(exchange);
    return exchange.status()
        + " "
        + new String(exchange.sentBytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void aNodeThatWorksSaysSo() throws IOException {
    assertThat(ask()).isEqualTo("200 {\"status\":\"ok\",\"seeds\":{}}");
  }

  @Test
  void aFullDiskIsToldUntilThereIsRoom() throws IOException {
    health.set(new StoreHealth(StoreHealth.State.FULL, "no room in /secret/place"));
    assertThat(ask()).isEqualTo("503 {\"status\":\"disk_full\"}");
    health.set(StoreHealth.WELL);
    assertThat(ask()).startsWith("200 ");
  }

  @Test
  void aStoreThatFailedIsTold() throws IOException {
    health.set(new StoreHealth(StoreHealth.State.FAILED, "broken"));
    assertThat(ask()).isEqualTo("503 {\"status\":\"store_failed\"}");
  }

  @Test
  void maintenanceIsToldAsInCouchDb() throws IOException {
    maintenance = Optional.of("true");
    assertThat(ask()).isEqualTo("404 {\"status\":\"maintenance_mode\"}");
    maintenance = Optional.of("nolb");
    assertThat(ask()).isEqualTo("404 {\"status\":\"nolb\"}");
    maintenance = Optional.of("false");
    assertThat(ask()).startsWith("200 ");
  }

  @Test
  void aNodeThatEndsSaysSoFirst() throws IOException {
    state.stopping();
    assertThat(ask()).isEqualTo("503 {\"status\":\"stopping\"}");
  }
}
