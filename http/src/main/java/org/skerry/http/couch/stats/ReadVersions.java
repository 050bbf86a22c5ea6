package org.skerry.http.couch.stats;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.JsonAnswer;

/** {@code GET /_node/{node}/_versions}: what the node is made of. */
final class ReadVersions implements Endpoint {
  private final Map<String, Map<String, String>> versions;

  ReadVersions(Map<String, Map<String, String>> versions) {
    this.versions = new TreeMap<>(versions);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              versions.forEach(
                  (part, members) -> {
                    out.writeObjectPropertyStart(part);
                    new TreeMap<>(members).forEach(out::writeStringProperty);
                    out.writeEndObject();
                  });
              out.writeEndObject();
            }));
  }
}
