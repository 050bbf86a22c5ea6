package org.skerry.postgres.task;

import java.io.IOException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;

/** {@code GET /_postgres/_status/{satellite}}: how one satellite stands. */
final class ReadSatellite implements Endpoint {
  private final Satellites satellites;

  ReadSatellite(Satellites satellites) {
    this.satellites = satellites;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Runner runner = SatelliteRoutes.runner(satellites, exchange);
    exchange.answer(SatelliteRoutes.answer(200, out -> SatelliteJson.write(out, runner)));
  }
}
