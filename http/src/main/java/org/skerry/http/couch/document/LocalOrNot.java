package org.skerry.http.couch.document;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;

/**
 * Sends a request for {@code /db/_local%2Fid} to where {@code /db/_local/id} goes: stored among the
 * other documents, a local one would be replicated.
 *
 * @param local for local documents
 * @param other for all others
 */
record LocalOrNot(DatabaseEndpoint local, DatabaseEndpoint other) implements DatabaseEndpoint {
  /** Local documents have none. */
  static final DatabaseEndpoint NO_ATTACHMENTS =
      (exchange, database) -> {
        throw HttpProblem.badRequest("bad_request", "_local documents do not accept attachments.");
      };

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    boolean isLocal = DocumentPath.DOCUMENT.id(exchange).isLocal();
    (isLocal ? local : other).handle(exchange, database);
  }
}
