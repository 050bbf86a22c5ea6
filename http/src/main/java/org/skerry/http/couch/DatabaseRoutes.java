package org.skerry.http.couch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.skerry.database.Database;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;

/** What concerns one database as a whole, and the right that each needs. */
final class DatabaseRoutes {
  private DatabaseRoutes() {}

  static List<Route> of(
      CouchContext context, Compactions compactions, DatabaseInfo info, ChangesFilters filters) {
    AccessControl access = context.access();
    List<Route> routes = new ArrayList<>();
    routes.add(
        new Route(
            Method.PUT,
            "/{db}",
            access.serverAdmin(new CreateDatabase(context.databases(), context.administration()))));
    routes.add(
        new Route(
            Method.DELETE,
            "/{db}",
            access.serverAdmin(new DeleteDatabase(context.databases(), context.administration()))));
    add(routes, access, Method.GET, "", info);
    addContributor(routes, access, "", new PostDocument(context));
    addListings(routes, context);
    addContributor(routes, access, "/_bulk_docs", new BulkDocs(context));
    ReadChanges changes = new ReadChanges(filters, context.largeReads());
    add(routes, access, Method.GET, "/_changes", changes);
    add(routes, access, Method.POST, "/_changes", changes);
    add(routes, access, Method.POST, "/_revs_diff", new RevsDiff());
    add(routes, access, Method.POST, "/_missing_revs", new MissingRevs());
    add(routes, access, Method.POST, "/_ensure_full_commit", new EnsureFullCommit());
    add(routes, access, Method.GET, "/_revs_limit", new ReadRevsLimit());
    add(routes, access, Method.GET, "/_security", new ReadSecurity());
    addAdmin(routes, access, Method.PUT, "/_revs_limit", new WriteRevsLimit());
    addAdmin(routes, access, Method.PUT, "/_security", new WriteSecurity(context.administration()));
    addAdmin(routes, access, Method.POST, "/_compact", new CompactDatabase(compactions));
    addAdmin(routes, access, Method.GET, "/_active_tasks", new DatabaseTasks(context.tasks()));
    addAdmin(routes, access, Method.DELETE, "/_active_tasks/{pid}", new CancelTask(context));
    return List.copyOf(routes);
  }

  private static void addListings(List<Route> routes, CouchContext context) {
    addListing(routes, context, "/_all_docs", StoredListing::all);
    addListing(routes, context, "/_design_docs", StoredListing::design);
    addListing(
        routes, context, "/_local_docs", database -> new LocalListing(database.store().local()));
  }

  private static void addListing(
      List<Route> routes,
      CouchContext context,
      String path,
      Function<Database, DocumentListing> listing) {
    AccessControl access = context.access();
    ListDocuments documents = new ListDocuments(listing, context.largeReads());
    add(routes, access, Method.GET, path, documents);
    add(routes, access, Method.POST, path, documents);
    ListQueries queries = new ListQueries(listing, context.largeReads());
    add(routes, access, Method.POST, path + "/queries", queries);
  }

  private static void add(
      List<Route> routes,
      AccessControl access,
      Method method,
      String path,
      DatabaseEndpoint endpoint) {
    routes.add(new Route(method, "/{db}" + path, access.member(endpoint)));
  }

  private static void addContributor(
      List<Route> routes, AccessControl access, String path, DatabaseEndpoint endpoint) {
    routes.add(new Route(Method.POST, "/{db}" + path, access.contributor(endpoint)));
  }

  private static void addAdmin(
      List<Route> routes,
      AccessControl access,
      Method method,
      String path,
      DatabaseEndpoint endpoint) {
    routes.add(new Route(method, "/{db}" + path, access.databaseAdmin(endpoint)));
  }
}
