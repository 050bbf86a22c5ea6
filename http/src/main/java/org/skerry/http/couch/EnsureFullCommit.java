package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;

/**
 * {@code POST /{db}/_ensure_full_commit}: nothing to do, since what was acknowledged is durable.
 */
final class EnsureFullCommit implements DatabaseEndpoint {
  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    exchange.answer(
        JsonAnswer.of(
            201,
            out -> {
              out.writeStartObject();
              out.writeBooleanProperty("ok", true);
              out.writeStringProperty("instance_start_time", InstanceStart.of(database));
              out.writeEndObject();
            }));
  }
}
