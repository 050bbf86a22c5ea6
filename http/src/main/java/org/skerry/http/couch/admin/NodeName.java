package org.skerry.http.couch.admin;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.JsonAnswer;

/** {@code GET /_node/_local}: how this node is called. It knows no other. */
public final class NodeName implements Endpoint {
  /** The name that a CouchDB of one node has unless it is told another. */
  public static final String NODE = "nonode@nohost";

  private static final String LOCAL = "_local";

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeStringProperty("name", NODE);
              out.writeEndObject();
            }));
  }

  /** Refuses requests to other nodes. */
  public Endpoint required(Endpoint endpoint) {
    return exchange -> {
      String name = exchange.variable("node");
      if (!name.equals(LOCAL) && !name.equals(NODE)) {
        throw HttpProblem.notFound("no such node: " + name);
      }
      endpoint.handle(exchange);
    };
  }
}
