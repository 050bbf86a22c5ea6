package org.skerry.http.couch.conflict;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import org.skerry.conflict.Conflicts;
import org.skerry.conflict.SettlementPage;
import org.skerry.conflict.SettlementRow;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.Query;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import tools.jackson.core.JsonGenerator;

/** {@code GET /{db}/_settlements}: who or what settled which conflicts. */
final class ListSettlements implements DatabaseEndpoint {
  private final Conflicts conflicts;

  ListSettlements(Conflicts conflicts) {
    this.conflicts = conflicts;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    Query query = exchange.query();
    SettlementPage page =
        conflicts.settlements(
            database,
            query.text("doc").map(DocId::of),
            Parameters.bookmark(query),
            Parameters.limit(query),
            query.flag("descending", true));
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeArrayPropertyStart("rows");
              page.rows().forEach(row -> write(out, row));
              out.writeEndArray();
              page.bookmark()
                  .ifPresent(key -> out.writeStringProperty("bookmark", Parameters.bookmark(key)));
              out.writeEndObject();
            }));
  }

  private static void write(JsonGenerator out, SettlementRow row) {
    out.writeStartObject();
    out.writeStringProperty("id", row.id().text());
    out.writeStringProperty("settlement", row.into().toString());
    out.writeName("by");
    row.by().write(out);
    out.writeStringProperty("seen", row.seen().truncatedTo(ChronoUnit.SECONDS).toString());
    out.writeArrayPropertyStart("leaves");
    row.leaves()
        .forEach(
            leaf -> {
              out.writeStartObject();
              out.writeStringProperty("rev", leaf.leaf().toString());
              out.writeStringProperty("kept_in", leaf.tombstone().toString());
              ListConflicts.texts(out, "taken", leaf.taken());
              ListConflicts.texts(out, "set_aside", leaf.setAside());
              out.writeEndObject();
            });
    out.writeEndArray();
    out.writeBooleanProperty("undone", row.undone().isPresent());
    row.undone()
        .ifPresent(
            by -> {
              out.writeName("undone_by");
              by.write(out);
            });
    out.writeEndObject();
  }
}
