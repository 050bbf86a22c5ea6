package org.skerry.http.couch.schedule;

import java.util.Optional;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.replication.schedule.Schedule;

/**
 * Where a path below {@code _scheduler/docs} leads: a replicator database, whose name may have
 * slashes in it, and perhaps one of its documents. No document's id begins with an underscore, so
 * the last part of the database's name is where it ends.
 */
record DocumentPlace(String database, Optional<String> document) {
  /** Of a request to do something with a document, whose path ends in what is to be done. */
  static DocumentPlace before(Exchange exchange, String action) {
    String path = exchange.variable("path");
    if (!path.endsWith(action)) {
      throw JobIds.missing();
    }
    return of(path.substring(0, path.length() - action.length()));
  }

  String documentOrMissing() {
    return document.orElseThrow(JobIds::missing);
  }

  /** As the audit log names it. */
  String subject() {
    return database + "/" + documentOrMissing();
  }

  static DocumentPlace of(String path) {
    String name = Schedule.DATABASE;
    int at = path.startsWith(name) ? 0 : path.indexOf("/" + name) + 1;
    int end = at + name.length();
    boolean found =
        path.startsWith(name, at)
            && (at == 0 || path.charAt(at - 1) == '/')
            && (end == path.length() || path.charAt(end) == '/');
    if (!found) {
      throw HttpProblem.notFound("missing");
    }
    String rest = end + 1 < path.length() ? path.substring(end + 1) : "";
    return new DocumentPlace(
        path.substring(0, end), rest.isEmpty() ? Optional.empty() : Optional.of(rest));
  }
}
