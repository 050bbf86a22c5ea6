package org.skerry.http.couch;

import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;

/** {@code GET /favicon.ico}: browsers ask; it is not a database. */
final class Favicon implements Endpoint {
  @Override
  public void handle(Exchange exchange) {
    throw HttpProblem.notFound("missing");
  }
}
