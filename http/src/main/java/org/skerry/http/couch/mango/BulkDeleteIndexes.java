package org.skerry.http.couch.mango;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.mango.IndexAdministration;
import tools.jackson.core.JsonGenerator;

/** {@code POST /{db}/_index/_bulk_delete}: deletes all indexes of some design documents. */
final class BulkDeleteIndexes implements DatabaseEndpoint {
  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    List<String> designs = IndexAdministration.designs(RequestJson.object(exchange));
    IndexAdministration administration =
        new IndexAdministration(database, AccessControl.author(exchange));
    List<String> deleted = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String design : designs) {
      (administration.deleteAll(design) ? deleted : missing).add(design);
    }
    exchange.answer(JsonAnswer.of(200, out -> write(out, deleted, missing)));
  }

  private static void write(JsonGenerator out, List<String> deleted, List<String> missing) {
    out.writeStartObject();
    out.writeArrayPropertyStart("success");
    for (String id : deleted) {
      out.writeStartObject();
      out.writeStringProperty("id", id);
      out.writeBooleanProperty("ok", true);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayPropertyStart("fail");
    for (String id : missing) {
      out.writeStartObject();
      out.writeStringProperty("id", id);
      out.writeStringProperty("error", "not_found");
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
