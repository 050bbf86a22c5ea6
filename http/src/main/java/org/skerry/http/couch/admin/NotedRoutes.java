package org.skerry.http.couch.admin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.audit.AuditAction;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.NotingExchange;
import org.skerry.http.Router.Route;

/**
 * Which routes change a database as a whole: what they do is noted before they answer, unless they
 * answer with a problem. Endpoints that know more of their subject than the path note it
 * themselves.
 */
public final class NotedRoutes {
  private static final Map<String, AuditAction> ACTIONS =
      Map.ofEntries(
          Map.entry("POST /{db}/_purge", AuditAction.PURGED),
          Map.entry("POST /{db}/_compact", AuditAction.COMPACTED),
          Map.entry("PUT /{db}/_revs_limit", AuditAction.DATABASE_CHANGED),
          Map.entry("PUT /{db}/_purged_infos_limit", AuditAction.DATABASE_CHANGED),
          Map.entry("POST /{db}/_index", AuditAction.DESIGN_DOCUMENT_CHANGED),
          Map.entry("POST /{db}/_index/_bulk_delete", AuditAction.DESIGN_DOCUMENT_CHANGED),
          Map.entry(
              "DELETE /{db}/_index/{design}/{type}/{name}", AuditAction.DESIGN_DOCUMENT_CHANGED),
          Map.entry(
              "DELETE /{db}/_index/_design/{design}/{type}/{name}",
              AuditAction.DESIGN_DOCUMENT_CHANGED));

  private NotedRoutes() {}

  /** The same routes, of which some note what they do. */
  public static List<Route> of(List<Route> routes, Administration administration) {
    return routes.stream().map(route -> noted(route, administration)).toList();
  }

  private static Route noted(Route route, Administration administration) {
    return Optional.ofNullable(ACTIONS.get(route.method() + " " + route.pattern()))
        .map(action -> new Noting(route.endpoint(), action, administration))
        .map(endpoint -> new Route(route.method(), route.pattern(), endpoint))
        .orElse(route);
  }

  private record Noting(Endpoint endpoint, AuditAction action, Administration administration)
      implements Endpoint {
    @Override
    public void handle(Exchange exchange) throws IOException {
      String subject = exchange.variable("db");
      endpoint.handle(
          new NotingExchange(exchange, () -> administration.note(exchange, action, subject)));
    }
  }
}
