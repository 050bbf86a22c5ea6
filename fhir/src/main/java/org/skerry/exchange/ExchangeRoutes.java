package org.skerry.exchange;

import java.util.List;
import org.skerry.exchange.parent.RunWrapped;
import org.skerry.http.Endpoint;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;

/** Exchanges through HTTP, for server administrators. */
public final class ExchangeRoutes {
  private static final String MESSAGES = "/ws/rest/sync2/messages";

  private ExchangeRoutes() {}

  /** The routes. */
  public static List<Route> of(Exchanges exchanges) {
    Surroundings node = exchanges.surroundings();
    return List.of(
        new Route(
            Method.POST,
            "/ws/rest/sync2",
            new RunWrapped(node.databases(), Partner.DATABASE, node.node())),
        new Route(
            Method.POST,
            "/ws/rest/sync2/conflict/resolve",
            forAdmins(new ResolveConflict(exchanges))),
        new Route(Method.GET, MESSAGES, forAdmins(new ListMessages(exchanges))),
        new Route(Method.GET, MESSAGES + "/{uuid}", forAdmins(new ReadMessage(exchanges))),
        new Route(Method.POST, MESSAGES + "/{uuid}/retry", forAdmins(new RetryMessage(exchanges))),
        new Route(Method.GET, "/_exchange/_status", forAdmins(new ReadStatus(exchanges))),
        new Route(
            Method.POST, "/_exchange/_status/{partner}/run", forAdmins(new RunPartner(exchanges))),
        new Route(
            Method.POST, "/_exchange/_status/{partner}/retry", forAdmins(new RetryAll(exchanges))));
  }

  private static Endpoint forAdmins(Endpoint endpoint) {
    return exchange -> {
      if (!exchange.user().isServerAdmin()) {
        throw HttpProblem.unauthorized("You are not a server admin.");
      }
      endpoint.handle(exchange);
    };
  }
}
