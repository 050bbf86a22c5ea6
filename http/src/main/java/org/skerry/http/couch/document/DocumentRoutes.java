package org.skerry.http.couch.document;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.skerry.http.Endpoint;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.CouchSettings;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.LargeReads;
import org.skerry.http.couch.admin.Administration;

/** Everything about one document, and {@code _bulk_get}. All of it is for a database's members. */
public final class DocumentRoutes {
  private DocumentRoutes() {}

  /** The routes. */
  public static List<Route> of(
      AccessControl access,
      CouchSettings settings,
      Administration administration,
      LargeReads turns) {
    DocumentWriting writing = new DocumentWriting(settings, administration);
    List<Route> routes = new ArrayList<>();
    routes.add(new Route(Method.POST, "/{db}/_bulk_get", access.member(new BulkGet(turns))));
    Endpoint local = access.member(new LocalDocument(DocumentPath.LOCAL, settings));
    Endpoint attached = access.member(LocalOrNot.NO_ATTACHMENTS);
    for (Method method : List.of(Method.GET, Method.PUT, Method.DELETE)) {
      routes.add(new Route(method, DocumentPath.LOCAL.pattern(), local));
      routes.add(new Route(method, DocumentPath.LOCAL.attachmentPattern(), attached));
    }
    DatabaseEndpoint slashed = new LocalDocument(DocumentPath.DOCUMENT, settings);
    UserDocumentAccess users = new UserDocumentAccess(administration.access());
    Function<DatabaseEndpoint, Endpoint> forMembers =
        endpoint ->
            access.documentMember(
                users.guarding(
                    DocumentPath.DESIGN,
                    ReplicatorDocumentAccess.guarding(DocumentPath.DESIGN, endpoint)));
    Function<DatabaseEndpoint, Endpoint> orLocal =
        endpoint ->
            access.documentMember(
                users.guarding(
                    DocumentPath.DOCUMENT,
                    ReplicatorDocumentAccess.guarding(
                        DocumentPath.DOCUMENT, new LocalOrNot(slashed, endpoint))));
    addDocument(routes, orLocal, DocumentPath.DOCUMENT, writing);
    addAttachments(
        routes,
        endpoint ->
            access.documentMember(
                users.guarding(
                    DocumentPath.DOCUMENT,
                    ReplicatorDocumentAccess.guarding(
                        DocumentPath.DOCUMENT,
                        new LocalOrNot(LocalOrNot.NO_ATTACHMENTS, endpoint)))),
        DocumentPath.DOCUMENT,
        writing);
    addDocument(routes, forMembers, DocumentPath.DESIGN, writing);
    addAttachments(routes, forMembers, DocumentPath.DESIGN, writing);
    return List.copyOf(routes);
  }

  private static void addDocument(
      List<Route> routes,
      Function<DatabaseEndpoint, Endpoint> forMembers,
      DocumentPath path,
      DocumentWriting writing) {
    String pattern = path.pattern();
    DatabaseEndpoint get = new GetDocument(path, new OpenRevs());
    routes.add(new Route(Method.GET, pattern, forMembers.apply(get)));
    DatabaseEndpoint put = new PutDocument(path, writing);
    routes.add(new Route(Method.PUT, pattern, forMembers.apply(put)));
    DatabaseEndpoint delete = new DeleteDocument(path, writing);
    routes.add(new Route(Method.DELETE, pattern, forMembers.apply(delete)));
    DatabaseEndpoint copy = new CopyDocument(path, writing);
    routes.add(new Route(Method.COPY, pattern, forMembers.apply(copy)));
  }

  private static void addAttachments(
      List<Route> routes,
      Function<DatabaseEndpoint, Endpoint> forMembers,
      DocumentPath path,
      DocumentWriting writing) {
    String pattern = path.attachmentPattern();
    routes.add(new Route(Method.GET, pattern, forMembers.apply(new GetAttachment(path))));
    DatabaseEndpoint put = new PutAttachment(path, writing);
    routes.add(new Route(Method.PUT, pattern, forMembers.apply(put)));
    DatabaseEndpoint delete = new DeleteAttachment(path, writing);
    routes.add(new Route(Method.DELETE, pattern, forMembers.apply(delete)));
  }
}
