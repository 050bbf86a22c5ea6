package org.skerry.http.couch.document;

import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.replication.schedule.Ownership;
import org.skerry.replication.schedule.Schedule;

/**
 * Who sees which document of a replicator database: administrators all, members their own; that
 * another one exists nobody learns. CouchDB shows those of others without passwords, and its
 * listings too; here members have single documents alone. What may be written stands at the
 * database's guard.
 */
final class ReplicatorDocumentAccess {
  private ReplicatorDocumentAccess() {}

  /** The endpoint, for those who may use it on the document that the path names. */
  static DatabaseEndpoint guarding(DocumentPath path, DatabaseEndpoint endpoint) {
    return (exchange, database) -> {
      if (Schedule.isReplicator(database.name())
          && !AccessControl.isDatabaseAdmin(exchange.user(), database)) {
        check(exchange, database, path.id(exchange));
      }
      endpoint.handle(exchange, database);
    };
  }

  private static void check(Exchange exchange, Database database, DocId id) {
    if (id.isLocal()) {
      throw HttpProblem.forbidden("You are not a db or server admin.");
    }
    boolean reads = exchange.method() == Method.GET || exchange.method() == Method.COPY;
    if (id.isDesign() || !reads) {
      return;
    }
    // An earlier revision may have been somebody else's.
    boolean earlier = exchange.query().has("rev") || exchange.query().has("open_revs");
    if (earlier || Ownership.isOfOthers(database, id, exchange.user().name())) {
      throw HttpProblem.notFound("missing");
    }
  }
}
