package org.skerry.server;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.skerry.database.Databases;
import org.skerry.document.DocumentLimits;
import org.skerry.exchange.ExchangeRoutes;
import org.skerry.exchange.Exchanges;
import org.skerry.exchange.Surroundings;
import org.skerry.http.Router.Route;

/** A node's exchanges with servers that are no replicas. */
final class NodeExchange implements AutoCloseable {
  private final Exchanges exchanges;

  NodeExchange(Databases databases, Supplier<DocumentLimits> documents) {
    this.exchanges = new Exchanges(new Surroundings(databases, documents, InstantSource.system()));
  }

  List<Route> routes() {
    return ExchangeRoutes.of(exchanges);
  }

  /** Begins, when the node can be reached: a partner may be at its own address. */
  void start() {
    exchanges.start();
  }

  @Override
  public void close() {
    exchanges.close();
  }
}
