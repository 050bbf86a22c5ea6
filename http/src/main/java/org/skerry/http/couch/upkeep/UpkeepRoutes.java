package org.skerry.http.couch.upkeep;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.skerry.http.Endpoint;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.admin.Administration;
import org.skerry.store.Store;

/** Upkeep of one database, and the right that each needs. */
public final class UpkeepRoutes {
  private UpkeepRoutes() {}

  /**
   * What concerns the whole node.
   *
   * @param forAdmins lets only server administrators pass
   * @param folder for copies on their way to a backup
   */
  public static List<Route> ofNode(
      UnaryOperator<Endpoint> forAdmins, Store store, Path folder, Administration administration) {
    Checkpoints checkpoints = new Checkpoints(store, folder, administration);
    return List.of(
        new Route(Method.POST, "/_node/{node}/_checkpoint", forAdmins.apply(checkpoints::make)),
        new Route(
            Method.DELETE,
            "/_node/{node}/_checkpoint/{name}",
            forAdmins.apply(checkpoints::remove)));
  }

  /**
   * The routes.
   *
   * @param forMembers lets only a database's members pass
   * @param forMembersOfAll of those only whoever sees all of the database
   * @param forAdmins lets only a database's administrators pass
   */
  public static List<Route> of(
      Function<DatabaseEndpoint, Endpoint> forMembers,
      Function<DatabaseEndpoint, Endpoint> forMembersOfAll,
      Function<DatabaseEndpoint, Endpoint> forAdmins) {
    return List.of(
        new Route(Method.POST, "/{db}/_purge", forAdmins.apply(new Purge())),
        new Route(Method.GET, "/{db}/_purged_infos", forMembersOfAll.apply(new PurgedInfos())),
        new Route(
            Method.GET, "/{db}/_purged_infos_limit", forMembers.apply(new ReadPurgedInfosLimit())),
        new Route(
            Method.PUT, "/{db}/_purged_infos_limit", forAdmins.apply(new WritePurgedInfosLimit())));
  }
}
