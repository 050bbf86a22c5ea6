package org.skerry.http.couch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionQuery;
import org.skerry.store.subset.Echo;
import tools.jackson.core.JsonGenerator;

/**
 * {@code POST /{db}/_revs_diff}: which of these revisions are not here. Asked for each document
 * that is replicated, so its answer is written as rows are.
 */
final class RevsDiff implements DatabaseEndpoint {
  /** A document of which something is not here. */
  private record Lacking(DocId id, List<RevId> missing, List<RevId> possibleAncestors) {
    void write(RowOut out) throws IOException {
      out.id(id);
      out.raw(":{\"missing\":");
      writeRevs(out, missing);
      if (!possibleAncestors.isEmpty()) {
        out.raw(",\"possible_ancestors\":");
        writeRevs(out, possibleAncestors);
      }
      out.write('}');
    }
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    List<Lacking> lacking = lacking(database, RevisionQueries.read(exchange.readBody()));
    exchange.answer(
        JsonAnswer.ofRows(
            200,
            out -> {
              String before = "{";
              for (Lacking one : lacking) {
                out.raw(before);
                one.write(out);
                before = ",";
              }
              out.raw(lacking.isEmpty() ? "{}" : "}");
            }));
  }

  private static List<Lacking> lacking(Database database, List<RevisionQuery> queries) {
    List<Lacking> lacking = new ArrayList<>(queries.size());
    database
        .store()
        .missing(
            queries,
            (id, revs, possibleAncestors) -> {
              List<RevId> missing = news(id, revs, possibleAncestors);
              if (!missing.isEmpty()) {
                lacking.add(new Lacking(id, missing, possibleAncestors));
              }
            });
    return lacking;
  }

  /** An echo of what is here tells nothing new, and would not be written. */
  private static List<RevId> news(DocId id, List<RevId> revs, List<RevId> possibleAncestors) {
    return possibleAncestors.isEmpty()
        ? revs
        : revs.stream().filter(rev -> Echo.find(id, rev, possibleAncestors).isEmpty()).toList();
  }

  private static void writeRevs(RowOut out, List<RevId> revs) throws IOException {
    String before = "[";
    for (RevId rev : revs) {
      out.raw(before);
      out.rev(rev);
      before = ",";
    }
    out.write(']');
  }

  static void writeRevs(JsonGenerator out, String name, List<RevId> revs) {
    out.writeArrayPropertyStart(name);
    for (RevId rev : revs) {
      out.writeString(rev.toString());
    }
    out.writeEndArray();
  }
}
