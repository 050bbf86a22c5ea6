package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;

/** {@code GET /_up}: for load balancers and supervisors, without signing in. */
final class Up implements Endpoint {
  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeStringProperty("status", "ok");
              out.writeObjectPropertyStart("seeds");
              out.writeEndObject();
              out.writeEndObject();
            }));
  }
}
