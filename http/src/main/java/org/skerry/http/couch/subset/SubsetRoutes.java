package org.skerry.http.couch.subset;

import java.util.List;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.admin.Administration;
import org.skerry.subset.SubsetKeeper;
import org.skerry.subset.Subsetting;

/** Scope rules, and what sites get by them. */
public final class SubsetRoutes {
  private SubsetRoutes() {}

  /** The routes. */
  public static List<Route> of(
      AccessControl access,
      Administration administration,
      Subsetting subsets,
      SubsetKeeper keeper) {
    return List.of(
        new Route(Method.GET, "/{db}/_scope", access.memberOfAll(new ReadScope())),
        new Route(
            Method.PUT,
            "/{db}/_scope",
            access.databaseAdmin(new WriteScope(subsets, keeper, administration))),
        new Route(
            Method.DELETE,
            "/{db}/_scope",
            access.databaseAdmin(new DeleteScope(keeper, administration))));
  }
}
