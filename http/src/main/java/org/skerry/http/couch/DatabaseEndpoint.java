package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;

/**
 * Answers the requests of one route below {@code /{db}}, for a database that exists and may be used
 * so.
 */
@FunctionalInterface
public interface DatabaseEndpoint {
  /**
   * Answers one request, exactly once.
   *
   * @throws IOException when the client is gone, or sent a body that ends early
   */
  void handle(Exchange exchange, Database database) throws IOException;
}
