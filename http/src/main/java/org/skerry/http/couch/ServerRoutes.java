package org.skerry.http.couch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.skerry.http.Endpoint;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.replication.Replicator;
import org.skerry.replication.schedule.Schedule;

/** What concerns the node as a whole, and the right that each needs. */
final class ServerRoutes {
  private ServerRoutes() {}

  static List<Route> of(
      CouchContext context,
      Optional<Replicator> replicator,
      Optional<Schedule> schedule,
      DatabaseInfo info,
      NodeState state) {
    AccessControl access = context.access();
    DbsInfo dbsInfo = new DbsInfo(context.databases(), info);
    List<Route> routes = new ArrayList<>();
    Collections.addAll(
        routes,
        new Route(Method.GET, "/", access.everybody(new Welcome(context))),
        new Route(
            Method.GET,
            "/_up",
            access.everybody(new Up(context.databases().store()::health, state))),
        new Route(Method.GET, "/favicon.ico", access.everybody(new Favicon())),
        new Route(Method.GET, "/_uuids", access.everybody(new Uuids(context.uuids()))),
        new Route(Method.GET, "/_membership", access.signedIn(new Membership())),
        new Route(
            Method.GET,
            "/_db_updates",
            access.serverAdmin(new DbUpdates(context.databases().events()))),
        new Route(Method.GET, "/_all_dbs", access.serverAdmin(new AllDbs(context.databases()))),
        new Route(Method.GET, "/_dbs_info", access.serverAdmin(dbsInfo)),
        new Route(Method.POST, "/_dbs_info", access.serverAdmin(dbsInfo)),
        new Route(
            Method.GET,
            "/_active_tasks",
            access.serverAdmin(new TasksEndpoint(context, replicator))),
        new Route(
            Method.DELETE,
            "/_active_tasks/{pid}",
            access.serverAdmin((Endpoint) new CancelTask(context))));
    replicator.ifPresent(
        runs ->
            routes.add(
                new Route(
                    Method.POST,
                    "/_replicate",
                    access.serverAdmin(new Replicate(runs, schedule, context.administration())))));
    return List.copyOf(routes);
  }
}
