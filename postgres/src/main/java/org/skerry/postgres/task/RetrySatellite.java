package org.skerry.postgres.task;

import java.io.IOException;
import java.sql.SQLException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;

/**
 * {@code POST /_postgres/_status/{satellite}/retry}: has everything tried again that waits to be a
 * row, or was refused as a document.
 */
final class RetrySatellite implements Endpoint {
  private final Satellites satellites;

  RetrySatellite(Satellites satellites) {
    this.satellites = satellites;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Runner runner = SatelliteRoutes.runner(satellites, exchange);
    try {
      runner.retry();
    } catch (SQLException e) {
      throw ListWaiting.unreachable(e);
    }
    exchange.answer(
        SatelliteRoutes.answer(
            202,
            out -> {
              out.writeStartObject();
              out.writeBooleanProperty("ok", true);
              out.writeEndObject();
            }));
  }
}
