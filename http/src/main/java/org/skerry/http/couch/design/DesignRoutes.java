package org.skerry.http.couch.design;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.skerry.design.Designs;
import org.skerry.http.Endpoint;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.CouchSettings;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.FunctionRequests;
import org.skerry.http.couch.admin.Administration;
import org.skerry.http.couch.document.DocumentWriting;

/** Functions of design documents. All of it is for a database's members. */
public final class DesignRoutes {
  private static final String DESIGN = "/{db}/_design/{ddoc}";
  private static final String INSTEAD = "let the client make the page";

  private DesignRoutes() {}

  /**
   * The routes.
   *
   * @param forMembers lets only a database's members pass
   * @param administration notes writes that administer something
   */
  public static List<Route> of(
      Function<DatabaseEndpoint, Endpoint> forMembers,
      CouchSettings settings,
      Administration administration,
      Designs designs,
      FunctionRequests requests) {
    DocumentWriting writing = new DocumentWriting(settings, administration);
    List<Route> routes = new ArrayList<>();
    Endpoint unnamed =
        forMembers.apply(
            new UpdateDocument(designs, requests, writing, exchange -> Optional.empty()));
    Endpoint named =
        forMembers.apply(
            new UpdateDocument(
                designs, requests, writing, exchange -> Optional.of(exchange.variable("doc"))));
    for (Method method : List.of(Method.POST, Method.PUT, Method.DELETE, Method.PATCH)) {
      routes.add(new Route(method, DESIGN + "/_update/{function}", unnamed));
      routes.add(new Route(method, DESIGN + "/_update/{function}/{doc*}", named));
    }
    Endpoint show = forMembers.apply(new RefusedFunction("show", INSTEAD));
    Endpoint list = forMembers.apply(new RefusedFunction("list", INSTEAD));
    Endpoint rewrite =
        forMembers.apply(new RefusedFunction("rewrite", "let a proxy rewrite addresses"));
    for (Method method : List.of(Method.GET, Method.POST, Method.PUT, Method.DELETE)) {
      routes.add(new Route(method, DESIGN + "/_show/{rest*}", show));
      routes.add(new Route(method, DESIGN + "/_list/{rest*}", list));
      routes.add(new Route(method, DESIGN + "/_rewrite", rewrite));
      routes.add(new Route(method, DESIGN + "/_rewrite/{rest*}", rewrite));
    }
    return List.copyOf(routes);
  }
}
