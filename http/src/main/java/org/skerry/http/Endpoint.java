package org.skerry.http;

import java.io.IOException;

/** Answers the requests of one route. Called by many threads at once. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers one request: by {@link Exchange#answer} or {@link Exchange#stream}, exactly once.
   *
   * @throws HttpProblem what the client is told; only before an answer was begun
   * @throws IOException when the client is gone, or sent a body that ends early: nobody is left to
   *     tell
   */
  void handle(Exchange exchange) throws IOException;
}
