package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.admin.NodeName;

/** {@code GET /_membership}: a cluster of one, which is what test set-ups ask for a node's name. */
final class Membership implements Endpoint {
  static final String NODE = NodeName.NODE;

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
