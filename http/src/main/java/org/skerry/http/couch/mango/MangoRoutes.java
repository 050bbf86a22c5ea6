package org.skerry.http.couch.mango;

import java.util.List;
import java.util.function.Function;
import org.skerry.http.Endpoint;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.mango.Mango;

/** Queries and their indexes. */
public final class MangoRoutes {
  private MangoRoutes() {}

  /**
   * The routes.
   *
   * @param forMembers lets only a database's members pass
   * @param forAdmins lets only those pass who administer a database
   * @param find answers {@code _find}
   */
  public static List<Route> of(
      Function<DatabaseEndpoint, Endpoint> forMembers,
      Function<DatabaseEndpoint, Endpoint> forAdmins,
      Mango mango,
      FindDocuments find) {
    Endpoint delete = forAdmins.apply(new DeleteIndex());
    return List.of(
        new Route(Method.POST, "/{db}/_find", forMembers.apply(find)),
        new Route(Method.POST, "/{db}/_explain", forMembers.apply(new ExplainQuery(mango))),
        new Route(Method.GET, "/{db}/_index", forMembers.apply(new ListIndexes(mango))),
        new Route(Method.POST, "/{db}/_index", forAdmins.apply(new CreateIndex())),
        new Route(
            Method.POST, "/{db}/_index/_bulk_delete", forAdmins.apply(new BulkDeleteIndexes())),
        new Route(Method.DELETE, "/{db}/_index/{design}/{type}/{name}", delete),
        new Route(Method.DELETE, "/{db}/_index/_design/{design}/{type}/{name}", delete));
  }
}
