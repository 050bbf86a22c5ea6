package org.skerry.http.couch.subset;

import java.util.List;
import java.util.function.UnaryOperator;
import org.skerry.database.Databases;
import org.skerry.fingerprint.Fingerprints;
import org.skerry.http.Endpoint;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.admin.Administration;
import org.skerry.index.Indexes;
import org.skerry.replication.site.SiteCheck;

/** What a node that is a site of others tells of itself and its centres. */
public final class VerifyRoutes {
  private VerifyRoutes() {}

  /**
   * The routes.
   *
   * @param forAdmins lets only server administrators pass, whose documents say where centres are
   */
  public static List<Route> of(
      UnaryOperator<Endpoint> forAdmins,
      SiteCheck check,
      Databases databases,
      Indexes indexes,
      Administration administration) {
    return List.of(
        new Route(Method.GET, "/_centres", forAdmins.apply(new ListCentres(check))),
        new Route(
            Method.POST,
            "/{db}/_verify",
            forAdmins.apply(
                new VerifyDatabase(check, databases, new Fingerprints(indexes), administration))));
  }
}
