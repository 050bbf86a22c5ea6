package org.skerry.http.couch;

import java.io.IOException;
import java.util.List;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionQuery;
import tools.jackson.core.JsonGenerator;

/** {@code POST /{db}/_revs_diff}: which of these revisions are not here. */
final class RevsDiff implements DatabaseEndpoint {
  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    List<RevisionQuery> queries = RevisionQueries.read(RequestJson.object(exchange));
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              database
                  .store()
                  .missing(
                      queries,
                      (id, missing, possibleAncestors) -> {
                        out.writeObjectPropertyStart(id.text());
                        writeRevs(out, "missing", missing);
                        if (!possibleAncestors.isEmpty()) {
                          writeRevs(out, "possible_ancestors", possibleAncestors);
                        }
                        out.writeEndObject();
                      });
              out.writeEndObject();
            }));
  }

  static void writeRevs(JsonGenerator out, String name, List<RevId> revs) {
    out.writeArrayPropertyStart(name);
    for (RevId rev : revs) {
      out.writeString(rev.toString());
    }
    out.writeEndArray();
  }
}
