package org.skerry.http.couch.admin;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.skerry.config.Configuration;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.JsonAnswer;

/** {@code GET /_node/{node}/_config}: all sections. */
final class ReadConfig implements Endpoint {
  private final Configuration configuration;

  ReadConfig(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    SortedMap<String, SortedMap<String, String>> sections = new TreeMap<>();
    configuration
        .view()
        .all()
        .forEach(
            (key, value) ->
                sections
                    .computeIfAbsent(key.section(), unknown -> new TreeMap<>())
                    .put(key.name(), Shown.value(key, value)));
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              sections.forEach(
                  (section, values) -> {
                    out.writeObjectPropertyStart(section);
                    values.forEach(out::writeStringProperty);
                    out.writeEndObject();
                  });
              out.writeEndObject();
            }));
  }
}
