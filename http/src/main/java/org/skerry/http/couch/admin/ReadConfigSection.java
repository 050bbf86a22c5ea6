package org.skerry.http.couch.admin;

import java.io.IOException;
import org.skerry.config.ConfigKey;
import org.skerry.config.Configuration;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.JsonAnswer;

/** {@code GET /_node/{node}/_config/{section}}: empty for a section that nobody knows. */
final class ReadConfigSection implements Endpoint {
  private final Configuration configuration;

  ReadConfigSection(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String section = exchange.variable("section");
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              configuration
                  .view()
                  .section(section)
                  .forEach(
                      (name, value) ->
                          out.writeStringProperty(
                              name, Shown.value(new ConfigKey(section, name), value)));
              out.writeEndObject();
            }));
  }
}
