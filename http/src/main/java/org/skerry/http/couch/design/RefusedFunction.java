package org.skerry.http.couch.design;

import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;

/**
 * A kind of function that this node does not run: 501, so that a client is not told that its
 * document or view is missing.
 *
 * @param kind what it is called
 * @param instead what does the same
 */
record RefusedFunction(String kind, String instead) implements DatabaseEndpoint {
  @Override
  public void handle(Exchange exchange, Database database) {
    throw new HttpProblem(
        501,
        "not_implemented",
        kind + " functions are obsolete in CouchDB and are not run by this node; " + instead);
  }
}
