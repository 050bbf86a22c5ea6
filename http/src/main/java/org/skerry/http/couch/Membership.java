package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;

/** {@code GET /_membership}: a cluster of one, which is what test set-ups ask for a node's name. */
final class Membership implements Endpoint {
  /** The name that a CouchDB of one node has unless it is told another. */
  static final String NODE = "nonode@nohost";

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              for (String nodes : new String[] {"all_nodes", "cluster_nodes"}) {
                out.writeArrayPropertyStart(nodes);
                out.writeString(NODE);
                out.writeEndArray();
              }
              out.writeEndObject();
            }));
  }
}
