package org.skerry.postgres.task;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.postgres.apply.Waiting;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /_postgres/_status/{satellite}/waiting}: documents that cannot be rows yet, and why,
 * in the order of their ids; {@code after} an id, {@code limit} of them.
 */
final class ListWaiting implements Endpoint {
  private static final long USUAL = 100;
  private static final long MOST = 1_000;

  private final Satellites satellites;

  ListWaiting(Satellites satellites) {
    this.satellites = satellites;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Runner runner = SatelliteRoutes.runner(satellites, exchange);
    int limit = limit(exchange);
    List<Waiting> waiting;
    try {
      waiting = runner.waiting(exchange.query().text("after").orElse(""), limit);
    } catch (SQLException e) {
      throw unreachable(e);
    }
    exchange.answer(
        SatelliteRoutes.answer(
            200,
            out -> {
              out.writeStartObject();
              out.writeName("waiting");
              out.writeStartArray();
              waiting.forEach(one -> write(out, one));
              out.writeEndArray();
              out.writeEndObject();
            }));
  }

  static int limit(Exchange exchange) {
    return (int) Math.clamp(exchange.query().number("limit").orElse(USUAL), 1, MOST);
  }

  static HttpProblem unreachable(SQLException problem) {
    return new HttpProblem(503, "satellite_unreachable", Explanation.of(problem));
  }

  private static void write(JsonGenerator out, Waiting waiting) {
    out.writeStartObject();
    out.writeStringProperty("id", waiting.name());
    out.writeStringProperty("table", waiting.table());
    out.writeStringProperty("reason", waiting.reason().toString());
    out.writeStringProperty("detail", waiting.detail());
    out.writeName("lacks");
    out.writeStartArray();
    waiting.lacks().stream().sorted().forEach(out::writeString);
    out.writeEndArray();
    out.writeStringProperty("since", waiting.since().toString());
    out.writeNumberProperty("attempts", waiting.attempts());
    out.writeStringProperty("next", waiting.next().toString());
    out.writeEndObject();
  }
}
