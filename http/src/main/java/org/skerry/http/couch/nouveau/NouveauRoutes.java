package org.skerry.http.couch.nouveau;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.skerry.http.Endpoint;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.search.FullText;

/** Full-text search, and the right that each of its routes needs. */
public final class NouveauRoutes {
  private NouveauRoutes() {}

  /**
   * The routes.
   *
   * @param forUsers lets only those pass who signed in
   * @param forMembers lets only a database's members pass
   * @param forAdmins lets only a database's administrators pass
   */
  public static List<Route> of(
      FullText fullText,
      UnaryOperator<Endpoint> forUsers,
      Function<DatabaseEndpoint, Endpoint> forMembers,
      Function<DatabaseEndpoint, Endpoint> forAdmins) {
    Endpoint search = forMembers.apply(new Search(fullText));
    String design = "/{db}/_design/{ddoc}";
    return List.of(
        new Route(Method.GET, design + "/_nouveau/{index}", search),
        new Route(Method.POST, design + "/_nouveau/{index}", search),
        new Route(
            Method.GET,
            design + "/_nouveau_info/{index}",
            forMembers.apply(new SearchInfo(fullText))),
        new Route(Method.POST, "/_nouveau_analyze", forUsers.apply(new Analyze(fullText))),
        new Route(
            Method.POST, "/{db}/_nouveau_cleanup", forAdmins.apply(new SearchCleanup(fullText))));
  }
}
