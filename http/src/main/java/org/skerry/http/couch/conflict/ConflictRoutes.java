package org.skerry.http.couch.conflict;

import java.util.List;
import java.util.function.Function;
import org.skerry.conflict.Conflicts;
import org.skerry.http.Endpoint;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.admin.Administration;

/** Conflicts, their settlements, policies and options. */
public final class ConflictRoutes {
  private ConflictRoutes() {}

  /**
   * The routes.
   *
   * @param forMembers lets only a database's members pass
   * @param forAdmins lets only those pass who administer a database
   */
  public static List<Route> of(
      Function<DatabaseEndpoint, Endpoint> forMembers,
      Function<DatabaseEndpoint, Endpoint> forAdmins,
      Conflicts conflicts,
      Administration administration) {
    Wishes wishes = new Wishes(administration);
    return List.of(
        new Route(Method.GET, "/{db}/_conflicts", forMembers.apply(new ListConflicts(conflicts))),
        new Route(
            Method.GET, "/{db}/_conflicts/{doc*}", forMembers.apply(new ReadConflict(conflicts))),
        new Route(
            Method.POST,
            "/{db}/_conflicts/_settle",
            forMembers.apply(new SettleMany(conflicts, wishes))),
        new Route(
            Method.POST,
            "/{db}/_conflicts/{doc*}",
            forMembers.apply(new SettleConflict(conflicts, wishes))),
        new Route(
            Method.GET, "/{db}/_settlements", forMembers.apply(new ListSettlements(conflicts))),
        new Route(
            Method.POST,
            "/{db}/_settlements/{doc}/_undo",
            forMembers.apply(new UndoSettlement(conflicts, wishes))),
        new Route(
            Method.GET, "/{db}/_conflict_policy", forMembers.apply(new ReadPolicy(conflicts))),
        new Route(
            Method.PUT,
            "/{db}/_conflict_policy",
            forAdmins.apply(new WritePolicy(conflicts, administration))),
        new Route(Method.GET, "/{db}/_options", forMembers.apply(new ReadOptions())),
        new Route(Method.PUT, "/{db}/_options", forAdmins.apply(new WriteOptions(administration))));
  }
}
