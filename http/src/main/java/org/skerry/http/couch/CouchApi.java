package org.skerry.http.couch;

import java.util.ArrayList;
import java.util.List;
import org.skerry.database.Databases;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.document.DocumentRoutes;

/** The whole CouchDB API of one node. */
public final class CouchApi {
  private final CouchContext context;

  /** The API over a node's databases. */
  public CouchApi(Databases databases, CouchSettings settings) {
    this.context = new CouchContext(databases, settings);
  }

  /** What works in the background: replications are shown here, too. */
  public ActiveTasks tasks() {
    return context.tasks();
  }

  /** All routes, with the rights that they need. */
  public List<Route> routes() {
    Compactions compactions = new Compactions(context.tasks());
    DatabaseInfo info = new DatabaseInfo(compactions);
    List<Route> routes = new ArrayList<>();
    routes.addAll(ServerRoutes.of(context, info));
    routes.addAll(DatabaseRoutes.of(context, compactions, info));
    routes.addAll(DocumentRoutes.of(context.access()::member, context.settings()));
    return List.copyOf(routes);
  }
}
