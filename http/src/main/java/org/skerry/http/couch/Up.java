package org.skerry.http.couch;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.store.StoreHealth;

/**
 * {@code GET /_up}: for load balancers and supervisors, without signing in. 404 is for a node that
 * was set aside, as in CouchDB; 503 for one that cannot do its work, or ends.
 */
final class Up implements Endpoint {
  private static final int SET_ASIDE = 404;
  private static final int UNFIT = 503;

  private final Supplier<StoreHealth> health;
  private final NodeState state;

  Up(Supplier<StoreHealth> health, NodeState state) {
    this.health = health;
    this.state = state;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Optional<String> setAside = state.setAside();
    if (state.isStopping()) {
      answer(exchange, UNFIT, "stopping");
    } else if (setAside.isPresent()) {
      answer(exchange, SET_ASIDE, setAside.get());
    } else {
      switch (health.get().state()) {
        case WELL -> answer(exchange, 200, "ok");
        case FULL -> answer(exchange, UNFIT, "disk_full");
        case FAILED -> answer(exchange, UNFIT, "store_failed");
      }
    }
  }

  private static void answer(Exchange exchange, int status, String text) throws IOException {
    exchange.answer(
        JsonAnswer.of(
            status,
            out -> {
              out.writeStartObject();
              out.writeStringProperty("status", text);
              if (status == 200) {
                out.writeObjectPropertyStart("seeds");
                out.writeEndObject();
              }
              out.writeEndObject();
            }));
  }
}
