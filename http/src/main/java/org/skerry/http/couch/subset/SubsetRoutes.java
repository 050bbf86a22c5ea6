package org.skerry.http.couch.subset;

import java.util.List;
import org.skerry.database.Databases;
import org.skerry.fingerprint.Fingerprints;
import org.skerry.http.Endpoint;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.admin.Administration;
import org.skerry.http.couch.mango.FindDocuments;
import org.skerry.index.Indexes;
import org.skerry.subset.SubsetKeeper;
import org.skerry.subset.Subsetting;

/** Scope rules, and what sites get by them. */
public final class SubsetRoutes {
  private SubsetRoutes() {}

  /** The routes. */
  public static List<Route> of(
      AccessControl access,
      Administration administration,
      Databases databases,
      Subsetting subsets,
      SubsetKeeper keeper,
      FindDocuments find,
      Indexes indexes) {
    Asking.Desk desk = new Asking.Desk(databases, subsets);
    Endpoint grant = access.member(new GrantDocument(desk, keeper, administration));
    return List.of(
        new Route(
            Method.POST,
            "/{db}/_fingerprint",
            access.member(new ReadFingerprint(new Fingerprints(indexes)))),
        new Route(Method.GET, "/{db}/_subset", access.member(new ReadSubset(desk, keeper))),
        new Route(Method.GET, "/{db}/_subset/held", access.member(new ListHeld(desk))),
        new Route(
            Method.DELETE,
            "/{db}/_subset/held/{doc*}",
            access.databaseAdmin(new DiscardHeld(desk, administration))),
        new Route(
            Method.POST,
            "/{db}/_centre/_find",
            access.member(new SearchCentre(desk, find, administration))),
        new Route(Method.GET, "/{db}/_centre", access.member(new ListGranted(desk))),
        new Route(Method.PUT, "/{db}/_centre/{doc*}", grant),
        new Route(Method.DELETE, "/{db}/_centre/{doc*}", grant),
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
