package org.skerry.http.couch.mango;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.mango.IndexAdministration;
import org.skerry.mango.IndexRequest;

/** {@code POST /{db}/_index}: creates an index, unless the same is there. */
final class CreateIndex implements DatabaseEndpoint {
  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    IndexRequest request = IndexRequest.parse(RequestJson.object(exchange));
    boolean created =
        new IndexAdministration(database, AccessControl.author(exchange)).create(request);
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeStringProperty("result", created ? "created" : "exists");
              out.writeStringProperty("id", request.designId());
              out.writeStringProperty("name", request.name());
              out.writeEndObject();
            }));
  }
}
