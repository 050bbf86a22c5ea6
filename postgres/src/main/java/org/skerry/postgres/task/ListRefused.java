package org.skerry.postgres.task;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.postgres.capture.Refusals.Refusal;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /_postgres/_status/{satellite}/refused}: rows that a rule of the database does not let
 * be documents, with what they say, the oldest first.
 */
final class ListRefused implements Endpoint {
  private final Satellites satellites;

  ListRefused(Satellites satellites) {
    this.satellites = satellites;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Runner runner = SatelliteRoutes.runner(satellites, exchange);
    List<Refusal> refused;
    try {
      refused = runner.refused(ListWaiting.limit(exchange));
    } catch (SQLException e) {
      throw ListWaiting.unreachable(e);
    }
    exchange.answer(
        SatelliteRoutes.answer(
            200,
            out -> {
              out.writeStartObject();
              out.writeName("refused");
              out.writeStartArray();
              refused.forEach(one -> write(out, one));
              out.writeEndArray();
              out.writeEndObject();
            }));
  }

  private static void write(JsonGenerator out, Refusal refusal) {
    out.writeStartObject();
    out.writeStringProperty("id", refusal.name());
    out.writeStringProperty("table", refusal.row().table());
    out.writeStringProperty("key", refusal.row().id());
    out.writeStringProperty("reason", refusal.reason());
    out.writeBooleanProperty("deleted", refusal.deleted());
    out.writeName("document");
    out.writeRawValue(refusal.body());
    out.writeStringProperty("since", refusal.since().toString());
    out.writeEndObject();
  }
}
