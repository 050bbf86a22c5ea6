package org.skerry.http.couch.conflict;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.skerry.conflict.ConflictPage;
import org.skerry.conflict.ConflictRow;
import org.skerry.conflict.Conflicts;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import tools.jackson.core.JsonGenerator;

/** {@code GET /{db}/_conflicts}: the open conflicts, counted and paged. */
final class ListConflicts implements DatabaseEndpoint {
  private final Conflicts conflicts;

  ListConflicts(Conflicts conflicts) {
    this.conflicts = conflicts;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    ConflictPage page = conflicts.list(database, Parameters.conflicts(exchange.query()));
    exchange.answer(JsonAnswer.of(200, out -> write(out, page)));
  }

  private static void write(JsonGenerator out, ConflictPage page) {
    out.writeStartObject();
    out.writeNumberProperty("total", page.total());
    out.writeNumberProperty("matching", page.matching());
    out.writeBooleanProperty("complete", page.complete());
    out.writeObjectPropertyStart("kinds");
    page.kinds().forEach(out::writeNumberProperty);
    out.writeEndObject();
    out.writeArrayPropertyStart("rows");
    page.rows().forEach(row -> write(out, row));
    out.writeEndArray();
    page.bookmark().ifPresent(key -> out.writeStringProperty("bookmark", Parameters.bookmark(key)));
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, ConflictRow row) {
    out.writeStartObject();
    out.writeStringProperty("id", row.id().text());
    out.writeStringProperty("kind", row.kind());
    out.writeStringProperty("since", row.since().truncatedTo(ChronoUnit.SECONDS).toString());
    texts(out, "leaves", row.leaves());
    texts(out, "open", row.open());
    out.writeStringProperty("pattern", row.pattern());
    out.writeStringProperty("state", row.state().text());
    out.writeStringProperty("reason", row.reason());
    out.writeEndObject();
  }

  static void texts(JsonGenerator out, String name, List<String> texts) {
    out.writeArrayPropertyStart(name);
    texts.forEach(out::writeString);
    out.writeEndArray();
  }
}
