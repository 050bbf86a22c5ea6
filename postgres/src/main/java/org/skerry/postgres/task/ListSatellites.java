package org.skerry.postgres.task;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;

/** {@code GET /_postgres/_status}: how all satellites stand. */
final class ListSatellites implements Endpoint {
  private final Satellites satellites;

  ListSatellites(Satellites satellites) {
    this.satellites = satellites;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.answer(
        SatelliteRoutes.answer(
            200,
            out -> {
              out.writeStartObject();
              out.writeName("satellites");
              out.writeStartArray();
              satellites.runners().forEach(runner -> SatelliteJson.write(out, runner));
              out.writeEndArray();
              out.writeEndObject();
            }));
  }
}
