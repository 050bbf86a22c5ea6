package org.skerry.http.couch.view;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.skerry.http.Endpoint;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.LargeReads;
import org.skerry.view.Views;

/** Views and their indexes. */
public final class ViewRoutes {
  private static final String VIEW = "/{db}/_design/{ddoc}/_view/{view}";

  private ViewRoutes() {}

  /**
   * The routes.
   *
   * @param forMembers lets only a database's members pass
   * @param forAdmins lets only those pass who administer a database
   * @param reads whose turn it is to read much
   */
  public static List<Route> of(
      Function<DatabaseEndpoint, Endpoint> forMembers,
      Function<DatabaseEndpoint, Endpoint> forAdmins,
      Views views,
      LargeReads reads) {
    List<Route> routes = new ArrayList<>();
    Endpoint query = forMembers.apply(new QueryView(views, reads));
    routes.add(new Route(Method.GET, VIEW, query));
    routes.add(new Route(Method.POST, VIEW, query));
    Endpoint several = forMembers.apply(new QueriesOfView(views, reads));
    routes.add(new Route(Method.POST, VIEW + "/queries", several));
    routes.add(
        new Route(
            Method.GET, "/{db}/_design/{ddoc}/_info", forMembers.apply(new IndexInfo(views))));
    routes.add(
        new Route(Method.POST, "/{db}/_view_cleanup", forAdmins.apply(new CleanUpViews(views))));
    routes.add(
        new Route(Method.POST, "/{db}/_compact/{ddoc}", forAdmins.apply(new CompactViews(views))));
    routes.add(
        new Route(
            Method.POST,
            "/{db}/_temp_view",
            forMembers.apply(
                (exchange, database) -> {
                  throw new HttpProblem(
                      410, "gone", "Temporary views are not supported in CouchDB");
                })));
    return List.copyOf(routes);
  }
}
