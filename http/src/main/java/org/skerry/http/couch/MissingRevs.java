package org.skerry.http.couch;

import java.io.IOException;
import java.util.List;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.store.RevisionQuery;

/** {@code POST /{db}/_missing_revs}: the older form of {@code _revs_diff}. */
final class MissingRevs implements DatabaseEndpoint {
  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    List<RevisionQuery> queries = RevisionQueries.read(exchange.readBody());
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeObjectPropertyStart("missing_revs");
              database
                  .store()
                  .missing(
                      queries,
                      (id, missing, possibleAncestors) ->
                          RevsDiff.writeRevs(out, id.text(), missing));
              out.writeEndObject();
              out.writeEndObject();
            }));
  }
}
