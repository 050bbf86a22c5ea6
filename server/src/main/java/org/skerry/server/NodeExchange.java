package org.skerry.server;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.skerry.conflict.Conflicts;
import org.skerry.database.Databases;
import org.skerry.document.DocumentLimits;
import org.skerry.exchange.ExchangeRoutes;
import org.skerry.exchange.Exchanges;
import org.skerry.exchange.Surroundings;
import org.skerry.http.InnerRequests;
import org.skerry.http.Router;
import org.skerry.http.Router.Route;

/** A node's exchanges with servers that are no replicas. */
final class NodeExchange implements AutoCloseable {
  private final InnerRequests node = new InnerRequests();
  private final Exchanges exchanges;

  NodeExchange(Databases databases, Supplier<DocumentLimits> documents, Conflicts conflicts) {
    this.exchanges =
        new Exchanges(
            new Surroundings(databases, documents, conflicts, node, InstantSource.system()));
  }

  List<Route> routes() {
    return ExchangeRoutes.of(exchanges);
  }

  /** Says where requests go that other servers have this node make of itself. */
  Router serve(Router routes) {
    node.serve(routes);
    return routes;
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
