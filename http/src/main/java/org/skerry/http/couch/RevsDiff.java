package org.skerry.http.couch;

import java.io.IOException;
import java.util.List;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionQuery;
import org.skerry.store.subset.Echo;
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
                      (id, revs, possibleAncestors) -> {
                        List<RevId> missing = news(id, revs, possibleAncestors);
                        if (missing.isEmpty()) {
                          return;
                        }
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

  /** An echo of what is here tells nothing new, and would not be written. */
  private static List<RevId> news(DocId id, List<RevId> revs, List<RevId> possibleAncestors) {
    return revs.stream().filter(rev -> Echo.find(id, rev, possibleAncestors).isEmpty()).toList();
  }

  static void writeRevs(JsonGenerator out, String name, List<RevId> revs) {
    out.writeArrayPropertyStart(name);
    for (RevId rev : revs) {
      out.writeString(rev.toString());
    }
    out.writeEndArray();
  }
}
